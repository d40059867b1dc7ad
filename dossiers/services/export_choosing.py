"""Which dossiers a declared export holds: those its `where` is true of, judged some at a time, as of the export's instant."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from decimal import Decimal

from dossiers.changes import facts
from dossiers.services.desk import Work
from dossiers.services.export_plans import Plan, Sheet
from dossiers.services.export_rows import CHUNK, Chunk, Reading
from engine.asked import read_answers
from engine.facts import known
from engine.language.export_model import Column
from engine.language.expressions import Expression
from engine.language.leaves import leaves

ABOUT = ("state", "filed_at", "granted", "reversed")  # what it may read besides the form


def meeting(
    work: Work, plan: Plan, where: Expression, ids: array[int], progress: Callable[[int], None]
) -> array[int]:
    """The ids of those it is true of, in order; one of which it isn't known is left out. `progress` is told how many were read."""
    every = (Column(leaf.name, leaf=leaf) for field in plan.scheme.fields.values() for leaf in leaves(field))
    # the whole form is read: what isn't asked is absent from every rule
    reading = Reading(work, plan, Sheet("where", (*(Column(name, about=name) for name in ABOUT), *every)))
    found = array("q")
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        found.extend(_true_of(work, plan, where, reading.chunk(some)))
        progress(len(some))
    return found


def _true_of(work: Work, plan: Plan, where: Expression, chunk: Chunk) -> Iterator[int]:
    sealed = facts.sealed_of(work.session, list(chunk.kept["id"])) if plan.scheme.facts else {}
    granted, reversed = chunk.more["granted"], chunk.more["reversed"]
    organisation = work.office.organisation
    for row, answers in zip(chunk.rows, chunk.answers, strict=True):
        kept = facts.opened(work.office.vault, row.public_id, sealed.get(row.id, {}))
        day = organisation.local_date(row.filed_at)
        read = read_answers(
            plan.scheme,
            answers,
            now=work.now,
            organisation=organisation,
            deposited_on=day,
            facts=known(plan.scheme, kept),
        )
        held = Decimal(str(granted.get(row.id, 0))) - Decimal(str(reversed.get(row.id, 0)))
        besides = {"dossier": {"state": row.state, "deposited_on": day}, "award": {"granted": held}}
        if where.holds({**read.values, **besides}, work.now, organisation.zone):
            yield row.id

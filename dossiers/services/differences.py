"""What changes between two versions, and whom each change touches on the real drafts and dossiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from authoring.difference import Change, Counted, Side, compare
from dossiers.changes.corrections import draft_context
from dossiers.changes.filing import filing_context
from dossiers.changes.sealing import open_answers
from dossiers.database import Dossier, Draft, Filing, SchemeRow, SchemeVersion
from dossiers.services import ledger, older
from dossiers.services.desk import Work, as_of_one_instant
from dossiers.services.ledger import EnvelopeView
from dossiers.services.refusals import NotFound
from engine.asked import read_answers
from engine.kinds import Json
from engine.kinds.kind import items
from engine.language import Bundle, Scheme, SchemeError, examine
from engine.language.model import Text


@dataclass(frozen=True, slots=True)
class Numbered:
    """A published version, as a comparison reads it."""

    id: int
    number: int
    side: Side


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a change touches: `what` they have in common, how many drafts, and the dossiers by the label of their state."""

    what: str
    drafts: int
    dossiers: tuple[tuple[Text | str, int], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes from a version to the next one, each with whom it touches (None where nobody is to be counted); and the
    envelopes into which a text that isn't published votes less than dossiers hold already."""

    before: int
    after: int | None
    changes: tuple[tuple[Change, Touched | None], ...]
    overdrawn: tuple[EnvelopeView, ...] = ()
    currency: str = "EUR"


def published(work: Work, slug: str, number: int | None = None) -> Numbered:
    """A version of a scheme by its number, or the one in force. Raises NotFound, SchemeError (a text this release no longer
    understands)."""
    row: Any = SchemeVersion
    query = select(row.id, row.number, row.files).join(SchemeRow, SchemeRow.id == row.scheme_id)
    which = row.retired_at.is_(None) if number is None else row.number == number
    found = work.session.execute(query.where(SchemeRow.slug == slug, which)).first()
    if found is None:
        raise NotFound("version")
    read = examine(Bundle(found.files, f"{slug}@{found.number}/"))
    if read.scheme is None:
        raise SchemeError(read.problems)
    return Numbered(found.id, found.number, Side(read.scheme, read.source))


@as_of_one_instant
def between(work: Work, slug: str, first: int, last: int) -> Difference:
    """What changes between two published versions. Raises NotFound, SchemeError."""
    before, after = published(work, slug, first), published(work, slug, last)
    return Difference(
        before.number, after.number, counted(work, slug, compare(before.side, after.side), after.side.scheme)
    )


@as_of_one_instant
def with_text(work: Work, side: Side, number: int | None = None) -> Difference:
    """What a text that isn't published would change in the version in force, or in the one of that number.

    Raises NotFound when its scheme was never published, SchemeError.
    """
    before = published(work, side.scheme.id, number)
    changes = compare(before.side, side)
    touched = counted(work, side.scheme.id, changes, side.scheme)
    award = side.scheme.award
    overdrawn = ledger.overdrawn(work, side.scheme)
    return Difference(before.number, None, touched, overdrawn, award.currency if award else "EUR")


def counted(
    work: Work, slug: str, changes: Sequence[Change], new: Scheme
) -> tuple[tuple[Change, Touched | None], ...]:
    """Each change with whom it touches: everything of the scheme that isn't anonymised is looked at once."""
    wanted = [one.counted for one in changes if one.counted is not None]
    if not wanted:
        return tuple((one, None) for one in changes)
    in_force = published(work, slug)
    found: dict[Counted, Counter[str]] = {one: Counter() for one in wanted}
    for dossier, answers in _everyone(work, slug, in_force, wanted):
        for one in wanted:
            if _touches(work, one, dossier, answers, new):
                found[one][dossier.state if dossier.filed_at else ""] += 1
    return tuple(
        (one, _told(found[one.counted], one.counted, in_force) if one.counted else None) for one in changes
    )


def _told(counts: Mapping[str, int], one: Counted, in_force: Numbered) -> Touched:
    states = in_force.side.scheme.workflow.states
    named = [id for id in (*states, *sorted(set(counts) - set(states) - {""})) if counts.get(id)]
    dossiers = tuple((states[id].label if id in states else id, counts[id]) for id in named)
    return Touched(one.what, counts.get("", 0), dossiers)


def _everyone(
    work: Work, slug: str, in_force: Numbered, wanted: Sequence[Counted]
) -> Iterator[tuple[Dossier, Mapping[str, Json]]]:
    """The drafts and dossiers of a scheme with their answers, under the names of the version in force."""
    query = select(Dossier).join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
    mine = work.session.scalars(
        query.where(SchemeRow.slug == slug, Dossier.purged_at.is_(None)).order_by(Dossier.id)
    )
    needs_answers = any(one.what != "stand" for one in wanted)
    for dossier in mine.all():
        yield dossier, _answers(work, dossier, in_force) if needs_answers else {}


def _answers(work: Work, dossier: Dossier, in_force: Numbered) -> Mapping[str, Json]:
    row, context, version = _kept(work, dossier)
    if row is None:
        return {}
    answers = open_answers(work.office.vault, row.answers, row.sealed, context)
    return older.carry(work, dossier.scheme_id, answers, (version, in_force.id), dossier.filed_at)


def _kept(work: Work, dossier: Dossier) -> tuple[Any, str, int]:
    """The last filing, or the draft of what was never filed; what seals it, and the version it was given under."""
    if dossier.filed_at is None:
        draft = work.session.get(Draft, dossier.id)
        return draft, draft_context(dossier), dossier.version_id
    last = select(func.max(Filing.number)).where(Filing.dossier_id == dossier.id).scalar_subquery()
    query = select(Filing).where(Filing.dossier_id == dossier.id, Filing.number == last)
    filing = work.session.scalars(query).one()
    return filing, filing_context(dossier, filing.number), filing.version_id


def _touches(work: Work, one: Counted, dossier: Dossier, answers: Mapping[str, Json], new: Scheme) -> bool:
    if one.what == "stand":
        return dossier.filed_at is not None and dossier.state == one.name
    answer = answers.get(one.name)
    if one.what == "answered":
        return answer is not None
    if one.what == "chose":
        return answer == one.option or one.option in items(answer)
    return answer is None and _is_asked(work, one, dossier, answers, new)


def _is_asked(work: Work, one: Counted, dossier: Dossier, answers: Mapping[str, Json], new: Scheme) -> bool:
    """Whether the newer version asks the field of this dossier."""
    field = new.fields.get(one.new or one.name)
    if field is None:
        return False
    if field.when is None and new.form[field.page].when is None:
        return True
    organisation = work.office.organisation
    day = organisation.local_date(dossier.filed_at) if dossier.filed_at else None
    return read_answers(new, answers, now=work.now, organisation=organisation, deposited_on=day).is_asked(
        field.id
    )

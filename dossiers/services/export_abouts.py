"""What an export tells of dossiers beside their answers: dates, states, who has them, the money, tags and groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from dossiers.changes.amounts import from_cents
from dossiers.database import (
    Account,
    AmountStep,
    GroupMark,
    Party,
    SchemeVersion,
    Tag,
    VerdictRow,
    core,
)
from dossiers.services.desk import Work
from dossiers.services.export_plans import Plan
from dossiers.services.parties import APPLICANT
from engine.language import Scheme
from renderers.exports import Cell, Sort
from renderers.words.exports import yes_or_no

if TYPE_CHECKING:
    from dossiers.services.export_rows import Read

MOMENTS = ("filed_at", "complete_at", "state_since", "decided_at", "ended_at")
# what stands in the dossier's own row under these names; and under another one
KEPT = frozenset(
    {*MOMENTS, "reference", "state", "email", "language", "channel", "assigned_to", "version_id"}
)
NEEDED = {"status": "state", "version": "version_id", "applicant": "email"}
MONEY = ("requested", "computed", "granted", "paid", "reversed")
ADDED_UP = frozenset({"granted", "paid", "reversed"})  # of the others the last one holds
SORTS: Mapping[str, Sort] = {
    **dict.fromkeys(MOMENTS, "moment"),
    **dict.fromkeys(MONEY, "number"),
    "eligible": "yes_no",
    "tags": "list",
    "groups": "list",
    "version": "whole",
    "row": "whole",
}
Found = Mapping[int, Cell]


def about_reader(work: Work, plan: Plan, name: str, words: str) -> Callable[[Read], Cell]:
    """What reads one of these columns; in `words` of a language, "" for codes."""
    if name in MOMENTS:
        return _moment(work, name)
    if name == "state":
        return _state(plan.scheme, words)
    if name == "status":
        return _status(plan.scheme, words)
    if name == "assigned_to":
        names = dict(_pairs(work, select(Account.id, Account.name)))
        return lambda dossier: names.get(dossier.row.assigned_to)
    if name == "version":
        numbers = dict(_pairs(work, select(SchemeVersion.id, SchemeVersion.number)))
        return lambda dossier: numbers.get(dossier.row.version_id)
    if name == "applicant":
        return lambda dossier: dossier.more.get("applicant") or dossier.row.email or None
    if name in MORE:
        return _labelled(plan.scheme, name, words) if words else lambda dossier: dossier.more.get(name)
    return lambda dossier: getattr(dossier.row, name) or None


def _moment(work: Work, name: str) -> Callable[[Read], Cell]:
    zone = work.office.organisation.zone

    def read(dossier: Read) -> Cell:
        at: datetime | None = getattr(dossier.row, name)
        return None if at is None else at.astimezone(zone)

    return read


def _state(scheme: Scheme, words: str) -> Callable[[Read], Cell]:
    states = scheme.workflow.states
    labels = {id: one.label.plain(words) for id, one in states.items()} if words else {}
    return lambda dossier: labels.get(dossier.row.state, dossier.row.state)


def _status(scheme: Scheme, words: str) -> Callable[[Read], Cell]:
    """What the applicant reads of it."""
    said = {
        state: one.label.plain(words) if words else one.id
        for one in scheme.workflow.public.values()
        for state in one.states
    }
    return lambda dossier: said.get(dossier.row.state)


def _labelled(scheme: Scheme, name: str, words: str) -> Callable[[Read], Cell]:
    if name == "eligible":
        yes_no = {answer: yes_or_no(answer, words) for answer in (True, False)}
        return lambda dossier: (
            yes_no.get(dossier.more.get(name) is True)
            if name in dossier.more and dossier.more[name] is not None
            else None
        )
    labels = {"tags": scheme.tags, "groups": {id: one.label for id, one in scheme.groups.items()}}.get(name)
    if labels is None:
        return lambda dossier: dossier.more.get(name)
    said = {id: label.plain(words) for id, label in labels.items()}

    def read(dossier: Read) -> Cell:
        found = dossier.more.get(name)
        return tuple(said.get(one, one) for one in found) if isinstance(found, tuple) else None

    return read


def _applicants(work: Work, plan: Plan, ids: Sequence[int]) -> Found:
    query = select(Party.dossier_id, Party.name).where(Party.dossier_id.in_(ids), Party.role == APPLICANT)
    return dict(_pairs(work, query))


def _tags(work: Work, plan: Plan, ids: Sequence[int]) -> Found:
    return _lists(work, select(Tag.dossier_id, Tag.word).where(Tag.dossier_id.in_(ids)).order_by(Tag.word))


def _groups(work: Work, plan: Plan, ids: Sequence[int]) -> Found:
    marks = select(GroupMark.dossier_id, GroupMark.group_id).where(GroupMark.dossier_id.in_(ids))
    return _lists(work, marks.order_by(GroupMark.group_id))


def _pairs(work: Work, query: Any) -> list[tuple[int, Any]]:
    return [(row[0], row[1]) for row in core(work.session).execute(query)]


def _lists(work: Work, query: Any) -> Found:
    found: dict[int, tuple[str, ...]] = {}
    for id, word in core(work.session).execute(query):
        found[id] = (*found.get(id, ()), word)
    return found


def _eligible(work: Work, plan: Plan, ids: Sequence[int]) -> Found:
    """What the rules said last."""
    query = select(VerdictRow.dossier_id, VerdictRow.eligible).where(VerdictRow.dossier_id.in_(ids))
    return dict(_pairs(work, query.order_by(VerdictRow.id)))


def _amounts(name: str) -> Callable[[Work, Plan, Sequence[int]], Found]:
    """The chain of amounts comes to this: what was granted, paid and reversed adds up, of the others the last one holds."""

    def read(work: Work, plan: Plan, ids: Sequence[int]) -> Found:
        here = (AmountStep.dossier_id.in_(ids), AmountStep.kind == name)
        if name in ADDED_UP:
            summed = select(AmountStep.dossier_id, func.sum(AmountStep.cents)).where(*here)
            found: Any = core(work.session).execute(summed.group_by(AmountStep.dossier_id))
        else:
            query = select(AmountStep.dossier_id, AmountStep.cents).where(*here)
            found = core(work.session).execute(query.order_by(AmountStep.id))
        return {id: from_cents(int(cents)) for id, cents in found}

    return read


MORE: Mapping[str, Callable[[Work, Plan, Sequence[int]], Found]] = {
    "applicant": _applicants,
    "tags": _tags,
    "groups": _groups,
    "eligible": _eligible,
    **{name: _amounts(name) for name in MONEY},
}

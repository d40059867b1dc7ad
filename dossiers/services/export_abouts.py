"""What an export tells of dossiers beside their answers: dates, states, who has them, the money, tags and groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import case, func, select

from dossiers.changes.amounts import from_cents
from dossiers.database import (
    Account,
    Among,
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
    from dossiers.services.export_rows import Chunk

MOMENTS = ("filed_at", "complete_at", "state_since", "decided_at", "ended_at")
# what stands in the dossier's own row under these names; and under another one
KEPT = frozenset(
    {*MOMENTS, "reference", "state", "email", "language", "channel", "assigned_to", "version_id"}
)
NEEDED = {"status": "state", "version": "version_id", "applicant": "email"}
MONEY = ("requested", "computed", "granted", "paid", "reversed")
ADDED_UP = frozenset({"granted", "paid", "reversed"})  # of the others the last one holds
RETURNED = "returned"  # it is no column: what was paid is less by as much
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
Read: TypeAlias = "Callable[[Chunk], Sequence[Cell]]"  # a column of some dossiers


def about_reader(work: Work, plan: Plan, name: str, words: str) -> Read:
    """What reads one of these columns; in `words` of a language, "" for codes."""
    if name in MOMENTS:
        return _moments(work, name)
    if name in ("state", "status"):
        return (
            _state(plan.scheme, words) if name == "state" else _told(_statuses(plan.scheme, words), "state")
        )
    if name == "assigned_to":
        return _told(dict(_pairs(work, select(Account.id, Account.name))), name)
    if name == "version":
        numbers = dict(_pairs(work, select(SchemeVersion.id, SchemeVersion.number)))
        return _told(numbers, "version_id")
    if name == "applicant":
        return lambda chunk: [
            said or email or None
            for said, email in zip(chunk.beside("applicant"), chunk.kept["email"], strict=True)
        ]
    if name in MORE:
        return _labelled(plan.scheme, name, words) if words else lambda chunk: chunk.beside(name)
    return lambda chunk: [said or None for said in chunk.kept[name]]


def _moments(work: Work, name: str) -> Read:
    zone = work.office.organisation.zone
    return lambda chunk: [None if at is None else at.astimezone(zone) for at in chunk.kept[name]]


def _told(words: Mapping[Any, Cell], name: str) -> Read:
    """What stands in the row of a dossier, as it is told."""
    return lambda chunk: [words.get(said) for said in chunk.kept[name]]


def _state(scheme: Scheme, words: str) -> Read:
    """A state that only an older version has is told by its code."""
    labels = {id: one.label.plain(words) for id, one in scheme.workflow.states.items()} if words else {}
    return lambda chunk: [labels.get(state, state) for state in chunk.kept["state"]]


def _statuses(scheme: Scheme, words: str) -> Mapping[str, str]:
    """What the applicant reads of it."""
    return {
        state: one.label.plain(words) if words else one.id
        for one in scheme.workflow.public.values()
        for state in one.states
    }


def _labelled(scheme: Scheme, name: str, words: str) -> Read:
    if name == "eligible":
        yes_no = {answer: yes_or_no(answer, words) for answer in (True, False)}
        return lambda chunk: [None if said is None else yes_no[said is True] for said in chunk.beside(name)]
    labels = {"tags": scheme.tags, "groups": {id: one.label for id, one in scheme.groups.items()}}.get(name)
    if labels is None:
        return lambda chunk: chunk.beside(name)
    said = {id: label.plain(words) for id, label in labels.items()}
    return lambda chunk: [
        tuple(said.get(one, one) for one in found) if isinstance(found, tuple) else None
        for found in chunk.beside(name)
    ]


def _applicants(work: Work, plan: Plan, ids: Sequence[int]) -> Found:
    query = select(Party.dossier_id, Party.name).where(Among(Party.dossier_id, ids), Party.role == APPLICANT)
    return dict(_pairs(work, query))


def _tags(work: Work, plan: Plan, ids: Sequence[int]) -> Found:
    return _lists(work, select(Tag.dossier_id, Tag.word).where(Among(Tag.dossier_id, ids)).order_by(Tag.word))


def _groups(work: Work, plan: Plan, ids: Sequence[int]) -> Found:
    marks = select(GroupMark.dossier_id, GroupMark.group_id).where(Among(GroupMark.dossier_id, ids))
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
    query = select(VerdictRow.dossier_id, VerdictRow.eligible).where(Among(VerdictRow.dossier_id, ids))
    return dict(_pairs(work, query.order_by(VerdictRow.id)))


def _amounts(name: str) -> Callable[[Work, Plan, Sequence[int]], Found]:
    """The chain of amounts comes to this: what was granted, paid (and didn't come back) and reversed adds up, of the others
    the last one holds."""
    kinds = (name, RETURNED) if name == "paid" else (name,)
    signed = case((AmountStep.kind == RETURNED, -AmountStep.cents), else_=AmountStep.cents)

    def read(work: Work, plan: Plan, ids: Sequence[int]) -> Found:
        here = (Among(AmountStep.dossier_id, ids), AmountStep.kind.in_(kinds))
        if name in ADDED_UP:
            summed = select(AmountStep.dossier_id, func.sum(signed)).where(*here)
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

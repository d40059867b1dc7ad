"""The rows of a list, by the page and by the cursor: those that have waited longest first, in the same time however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, union_all

from dossiers import indexing
from dossiers.access import Viewer
from dossiers.database import Account, DeadlineRow, Dossier, JournalEntry, Message, Party, Searchable, Seen
from dossiers.services import tagging
from dossiers.services.amount_wanted import AWARD, amounts_of
from dossiers.services.desk import Work
from dossiers.services.office_views import InboxRow
from dossiers.services.parties import APPLICANT
from engine.kinds import Json
from engine.language.model import Field

PER_PAGE = 50
MOST_STATES = 30  # each is asked apart, since an index gives one state in order


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two rows: behind a dossier as it stood, or before it."""

    public_id: str
    since: datetime
    before: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of rows, in order; `earlier` and `later`: whether there are more on either side."""

    rows: tuple[InboxRow, ...]
    earlier: bool
    later: bool


def listed(
    work: Work,
    viewer: Viewer,
    conditions: Sequence[Any],
    *,
    states: frozenset[str] | None,
    cursor: Cursor | None = None,
    columns: Sequence[Field] = (),
    most: int | None = None,
    tagged: bool = False,
) -> Listed:
    """The dossiers that meet these conditions in one of these states, from a cursor on; with their tags when there may be any."""
    backward, count = cursor is not None and cursor.before, most or PER_PAGE
    here = [*conditions, *_beyond(work, cursor)]
    ids = list(work.session.execute(_ids(here, states, backward, count + 1)).scalars())
    more = len(ids) > count
    rows = _rows(work, viewer, ids[:count])
    kept = _answers(work, ids[:count], columns)
    unseen = _unseen(work, viewer, rows)
    tags = tagging.of_each(work, ids[:count]) if tagged else {}
    made = tuple(
        replace(_row(work, viewer, row, kept.get(row.id, {}), row.id in unseen), tags=tags.get(row.id, ()))
        for row in rows
    )
    return Listed(made, more if backward else cursor is not None, cursor is not None if backward else more)


def _beyond(work: Work, cursor: Cursor | None) -> list[Any]:
    if cursor is None:
        return []
    id = work.session.scalar(select(Dossier.id).where(Dossier.public_id == cursor.public_id))
    if id is None:
        return []
    since = Dossier.state_since
    if cursor.before:
        return [since <= cursor.since, or_(since < cursor.since, Dossier.id < id)]
    return [since >= cursor.since, or_(since > cursor.since, Dossier.id > id)]


def _ids(conditions: Sequence[Any], states: frozenset[str] | None, backward: bool, count: int) -> Select[Any]:
    """The ids of the first rows in order. An index holds each state in the order wanted, so each gives its first ones."""
    if states is None or len(states) > MOST_STATES:
        narrowed = [*conditions, *([Dossier.state.in_(states)] if states is not None else [])]
        return _ordered(select(Dossier.id).where(*narrowed), Dossier, backward, count)
    firsts = [
        _ordered(
            select(Dossier.id, Dossier.state_since).where(*conditions, Dossier.state == state),
            Dossier,
            backward,
            count,
        )
        for state in sorted(states)
    ]
    if not firsts:
        return select(Dossier.id).where(Dossier.id.is_(None))
    together = union_all(*(select(one.subquery()) for one in firsts)).subquery()
    return _ordered(select(together.c.id), together.c, backward, count)


def _ordered(query: Any, columns: Any, backward: bool, count: int) -> Select[Any]:
    order = (columns.state_since, columns.id)
    return query.order_by(*(one.desc() for one in order) if backward else order).limit(count)


def _rows(work: Work, viewer: Viewer, ids: Sequence[int]) -> list[Any]:
    due = and_(
        DeadlineRow.dossier_id == Dossier.id, DeadlineRow.kind == "due", DeadlineRow.cancelled_at.is_(None)
    )
    unread = select(Message.id).where(
        Message.dossier_id == Dossier.id, Message.direction == "in", Message.read_at.is_(None)
    )
    query = (
        select(
            Dossier.id,
            unread.exists().label("unread"),
            Dossier.public_id,
            Dossier.reference,
            Dossier.state,
            Dossier.state_since,
            Dossier.filed_at,
            Dossier.assigned_to,
            Dossier.email,
            Party.name,
            Account.name.label("assigned"),
            DeadlineRow.local_date,
            DeadlineRow.due_at,
            Seen.number.label("seen"),
        )
        .outerjoin(Party, (Party.dossier_id == Dossier.id) & (Party.role == APPLICANT))
        .outerjoin(Account, Account.id == Dossier.assigned_to)
        .outerjoin(DeadlineRow, due)
        .outerjoin(Seen, (Seen.dossier_id == Dossier.id) & (Seen.account_id == viewer.account_id))
        .where(Dossier.id.in_(ids))
        .order_by(Dossier.state_since, Dossier.id, DeadlineRow.due_at.desc())
    )
    # a part may have a day of its own before that of the state it is in: the first one stands in the list
    return [*{row.id: row for row in work.session.execute(query)}.values()]


def _unseen(work: Work, viewer: Viewer, rows: Sequence[Any]) -> frozenset[int]:
    """Those about which the journal has said something since the viewer read them: what others did."""
    read = {f"dossier:{row.public_id}": row for row in rows if row.seen is not None}
    beyond = [
        and_(JournalEntry.stream == stream, JournalEntry.number > row.seen) for stream, row in read.items()
    ]
    if not beyond:
        return frozenset()
    others = JournalEntry.actor_id != str(viewer.account_id)
    found = work.session.execute(select(JournalEntry.stream).where(or_(*beyond), others).distinct()).scalars()
    return frozenset(read[stream].id for stream in found)


def _answers(work: Work, ids: Sequence[int], columns: Sequence[Field]) -> dict[int, dict[str, Json]]:
    """The answers asked for as columns, for each dossier."""
    found: dict[int, dict[str, Json]] = {}
    fields = {field.id: field for field in columns}
    if not ids or not fields:
        return found
    query = select(Searchable).where(Searchable.dossier_id.in_(ids), Searchable.field.in_(fields))
    for row in work.session.execute(query).scalars():
        answer = indexing.answer_of(fields[row.field], row.text, row.number_cents, row.date)
        found.setdefault(row.dossier_id, {})[row.field] = answer
    if AWARD in fields:
        for id, amount in amounts_of(work, ids).items():
            found.setdefault(id, {})[AWARD] = amount
    return found


def _row(work: Work, viewer: Viewer, row: Any, answers: dict[str, Json], unseen: bool) -> InboxRow:
    return InboxRow(
        public_id=row.public_id,
        reference=row.reference,
        applicant=row.name or row.email,
        state=row.state,
        since=row.state_since,
        filed_at=row.filed_at,
        assigned_to=row.assigned,
        mine=row.assigned_to is not None and row.assigned_to == viewer.account_id,
        due_on=row.local_date,
        overdue=row.due_at is not None and row.due_at <= work.now,
        answers=answers,
        unseen=unseen,
        unread=row.unread,
    )

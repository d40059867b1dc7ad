"""What will happen by itself: the deadlines of the state a dossier is in, put down on arrival, cancelled on leaving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from sqlalchemy import ColumnElement, bindparam, insert, not_, select, tuple_, update
from sqlalchemy.orm import Session

from dossiers.database import DeadlineRow, Dossier, core, table_of
from engine.kinds import Json
from engine.language import Scheme
from engine.organisation import Organisation
from workflows import calendar, deadlines
from workflows.legal_clock import LegalClock

DEADLINES = table_of(DeadlineRow)
GoesOn = frozenset[tuple[deadlines.Kind, str]]
ADD = insert(DEADLINES)
KNOWN = select(DEADLINES.c.dedup).where(DEADLINES.c.dossier_id == bindparam("dossier"))
CANCEL = (
    update(DEADLINES)
    .where(
        DEADLINES.c.dossier_id == bindparam("dossier"),
        DEADLINES.c.done_at.is_(None) | (DEADLINES.c.kind == "due"),
        DEADLINES.c.cancelled_at.is_(None),
    )
    .values(cancelled_at=bindparam("at"))
)


def arrive(
    session: Session,
    scheme: Scheme,
    dossier: Dossier,
    organisation: Organisation,
    clock: LegalClock,
    form: Mapping[str, Json] | None = None,
    *,
    came_from: str | None = None,
    outer_since: datetime | None = None,
) -> tuple[deadlines.Due, ...]:
    """Put down the deadlines of the state a dossier has just entered, and return all it waits for; the caller has called off
    those of the state before. `form`: what was given with the action, where a last day may stand; `came_from`, `outer_since`:
    see `deadlines.on_arrival`."""
    chosen = deadlines.chosen_days(scheme, dossier.state, form or {})
    since = dossier.state_since
    dues = deadlines.on_arrival(
        scheme,
        dossier.state,
        since,
        organisation,
        clock,
        chosen,
        came_from=came_from,
        outer_since=outer_since,
    )
    goes_on = deadlines.going_on(scheme.workflow, came_from, dossier.state)
    if dues:
        _put_down(session, dossier, dues)
    return (*_awaited(session, dossier, goes_on), *dues) if goes_on else dues


def _put_down(session: Session, dossier: Dossier, dues: tuple[deadlines.Due, ...]) -> None:
    known = frozenset(core(session).scalars(KNOWN, {"dossier": dossier.id}))
    keys = {_key(dossier, due): due for due in dues}
    for key in keys.keys() & known:
        _revive(session, key)
    fresh = [_row(dossier, due, key) for key, due in keys.items() if key not in known]
    if fresh:
        core(session).execute(ADD, fresh)


def _awaited(session: Session, dossier: Dossier, which: GoesOn) -> tuple[deadlines.Due, ...]:
    """Those of these a dossier still waits for."""
    waiting = (DEADLINES.c.done_at.is_(None), DEADLINES.c.cancelled_at.is_(None), _is_one_of(which))
    query = select(DeadlineRow).where(DEADLINES.c.dossier_id == dossier.id, *waiting)
    rows = session.scalars(query.order_by(DEADLINES.c.due_at))
    return tuple(
        deadlines.Due(row.name, cast("deadlines.Kind", row.kind), row.local_date, row.due_at) for row in rows
    )


def _is_one_of(which: GoesOn) -> ColumnElement[bool]:
    return tuple_(DEADLINES.c.kind, DEADLINES.c.name).in_(sorted(which))


def cancel(session: Session, dossier: Dossier, at: datetime, goes_on: GoesOn = frozenset()) -> None:
    """Call off what a dossier still waited for, and close the stage it is late in; what `goes_on` is left."""
    statement = CANCEL.where(not_(_is_one_of(goes_on))) if goes_on else CANCEL
    core(session).execute(statement, {"dossier": dossier.id, "at": at})


def draft_ends_on(scheme: Scheme, organisation: Organisation, since: datetime) -> date | None:
    """The last local day a draft last saved at `since` is kept; None when the scheme sets no limit."""
    span = scheme.privacy.drafts
    return (
        None
        if span is None
        else calendar.add(
            span, organisation.local_date(since), scheme.calendar.holidays or organisation.holidays
        )
    )


def _key(dossier: Dossier, due: deadlines.Due) -> str:
    key = f"{dossier.id}/{due.name}/{due.kind}/{due.local_date}"
    return key if due.kind in deadlines.LASTING else f"{key}/{dossier.revision}"


def _row(dossier: Dossier, due: deadlines.Due, key: str) -> dict[str, object]:
    return {
        "dossier_id": dossier.id,
        "name": due.name,
        "kind": due.kind,
        "due_at": due.at,
        "local_date": due.local_date,
        "dedup": key,
    }


def _revive(session: Session, key: str) -> None:
    """Wait again for what was called off; what was done stays done, so nobody is warned twice."""
    called_off = (DeadlineRow.dedup == key, DeadlineRow.done_at.is_(None))
    session.execute(update(DeadlineRow).where(*called_off).values(cancelled_at=None))

"""What will happen by itself: the deadlines of the state a dossier is in, put down on arrival, cancelled on leaving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from dossiers.database import DeadlineRow, Dossier, core, table_of
from engine.kinds import Json
from engine.language import Scheme
from engine.organisation import Organisation
from workflows import calendar, deadlines
from workflows.legal_clock import LegalClock

DEADLINES = table_of(DeadlineRow)
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
) -> tuple[deadlines.Due, ...]:
    """Put down the deadlines of the state a dossier has just entered, and return them; the caller has called off those
    of the state before. `form`: what was given with the action, where a last day may stand."""
    chosen = deadlines.chosen_days(scheme, dossier.state, form or {})
    dues = deadlines.on_arrival(scheme, dossier.state, dossier.state_since, organisation, clock, chosen)
    if not dues:
        return dues
    known = frozenset(core(session).scalars(KNOWN, {"dossier": dossier.id}))
    keys = {_key(dossier, due): due for due in dues}
    for key in keys.keys() & known:
        _revive(session, key)
    fresh = [_row(dossier, due, key) for key, due in keys.items() if key not in known]
    if fresh:
        core(session).execute(ADD, fresh)
    return dues


def cancel(session: Session, dossier: Dossier, at: datetime) -> None:
    """Call off what a dossier still waited for, and close the stage it is late in."""
    core(session).execute(CANCEL, {"dossier": dossier.id, "at": at})


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

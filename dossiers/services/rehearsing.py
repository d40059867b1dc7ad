"""Leading a rehearsal: what time it is there, moving on, beginning again. On a real site none of it exists (NotFound)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from dossiers import journal, sessions
from dossiers.access import Viewer
from dossiers.changes import starting_over
from dossiers.database import DeadlineRow, Dossier, Mail
from dossiers.outside.clock import RehearsalClock
from dossiers.services.accounts import require_administrator
from dossiers.services.desk import Work
from dossiers.services.refusals import NotFound, Refused
from workflows.lifecycle import SYSTEM, Actor

STREAM = "rehearsal"
MOST_DAYS = 1000  # in one move
COMING = 8  # days shown
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A local day on which deadlines fall; moved ahead by `days`, they have fired."""

    day: date
    deadlines: int
    days: int


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """How the rehearsal stands; `days`: how far its clock was moved since it began."""

    today: date
    days: int
    begun: int
    filed: int
    mails: int
    coming: tuple[ComingDay, ...]


def standing(work: Work, viewer: Viewer | None) -> RehearsalView:
    """How the rehearsal stands. Raises NotFound unless an administrator asks (None: the command line)."""
    clock = _clock(work, viewer)
    count = work.session.scalar
    return RehearsalView(
        today=work.office.organisation.local_date(work.now),
        days=clock.days(),
        begun=count(select(func.count()).select_from(Dossier)) or 0,
        filed=count(select(func.count()).where(Dossier.filed_at.is_not(None))) or 0,
        mails=count(select(func.count()).select_from(Mail)) or 0,
        coming=_coming(work),
    )


def move_on(work: Work, viewer: Viewer | None, days: int) -> datetime:
    """Move the business clock ahead by whole days; the instant it shows then. Sessions don't age by it.

    Raises NotFound unless an administrator asks, Refused("not_a_span").
    """
    clock = _clock(work, viewer)
    if not 1 <= days <= MOST_DAYS:
        raise Refused("not_a_span", max=MOST_DAYS)
    _note(work, viewer, "moved_on", {"days": days})
    sessions.shift(work.session, timedelta(days=days))
    clock.move_to(clock.days() + days)
    return clock()


def begin_again(work: Work, viewer: Viewer | None) -> None:
    """Forget every dossier, mail and entry of the journal, and go back to the first day. Accounts, their sessions and the
    published schemes stay. Raises NotFound unless an administrator asks."""
    clock = _clock(work, viewer)
    back = timedelta(days=-clock.days())
    starting_over.empty(work.session, work.now + back)
    _note(work, viewer, "begun_again", {}, work.now + back)
    sessions.shift(work.session, back)
    clock.move_to(0)


def _clock(work: Work, viewer: Viewer | None) -> RehearsalClock:
    """The clock that may be moved: only a rehearsal has one."""
    require_administrator(viewer)
    clock = work.office.clock
    if not work.office.settings.rehearsal or not isinstance(clock, RehearsalClock):
        raise NotFound("rehearsal")
    return clock


def _coming(work: Work) -> tuple[ComingDay, ...]:
    query = (
        select(
            DeadlineRow.local_date,
            func.max(DeadlineRow.due_at).label("due_at"),
            func.count().label("deadlines"),
        )
        .where(
            DeadlineRow.done_at.is_(None), DeadlineRow.cancelled_at.is_(None), DeadlineRow.due_at > work.now
        )
        .group_by(DeadlineRow.local_date)
        .order_by(DeadlineRow.local_date)
        .limit(COMING)
    )
    return tuple(
        ComingDay(row.local_date, row.deadlines, math.ceil((row.due_at - work.now) / A_DAY))
        for row in work.session.execute(query)
    )


def _note(
    work: Work, viewer: Viewer | None, action: str, payload: dict[str, int], at: datetime | None = None
) -> None:
    actor = SYSTEM if viewer is None else Actor("staff", str(viewer.account_id), viewer.name)
    journal.record(
        work.session, stream=STREAM, actor=actor, action=action, at=at or work.now, payload=dict(payload)
    )

"""The figures of a scheme by mail in the morning, for those who ask for them: each day, or on Mondays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select

from dossiers import access, jobs
from dossiers.access import Viewer
from dossiers.database import FigureMail, Job, upsert
from dossiers.services import figures
from dossiers.services.desk import Work
from dossiers.services.figure_views import FiguresAsked, FiguresView
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.wanted import served
from engine.language import Scheme

KIND = "figures"
EVERY = ("day", "monday")
MORNING = time(7)  # in the organisation's time zone
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Morning:
    """A mail that is due: to whom, about which scheme, on which day."""

    account_id: int
    slug: str
    every: str
    day: date

    @property
    def key(self) -> str:
        """The key of its job: one mail a morning, however many workers there are."""
        return f"{KIND}:{self.account_id}:{self.slug}:{self.day.isoformat()}"


def wish(work: Work, viewer: Viewer, slug: str, every: str) -> None:
    """Have the figures of a scheme sent to the viewer ("day", "monday"), or no longer (""). Raises NotFound, Refused("empty")."""
    _watching(work, viewer, slug)
    if every not in (*EVERY, ""):
        raise Refused("empty")
    if every:
        row = {"account_id": viewer.account_id, "scheme_slug": slug}
        change = {"every": every, "since": work.now}
        work.session.execute(upsert(work.session, FigureMail, {**row, **change}, **change))
        return
    mine = (FigureMail.account_id == viewer.account_id, FigureMail.scheme_slug == slug)
    work.session.execute(delete(FigureMail).where(*mine))


def wished(work: Work, viewer: Viewer, slug: str) -> str:
    """How often the viewer has the figures of a scheme sent; "" for never."""
    mine = (FigureMail.account_id == viewer.account_id, FigureMail.scheme_slug == slug)
    return work.session.scalar(select(FigureMail.every).where(*mine)) or ""


def due(work: Work) -> list[Morning]:
    """The mails of this morning that nobody has put in line yet."""
    here = work.now.astimezone(work.office.organisation.zone)
    if here.time() < MORNING:
        return []
    wanted = [one for one in _wanted(work, here) if one.every == "day" or here.weekday() == 0]
    keys = [one.key for one in wanted]
    in_line = set(work.session.scalars(select(Job.key).where(Job.key.in_(keys)))) if keys else set()
    return [one for one in wanted if one.key not in in_line]


def queue(work: Work) -> int:
    """Put this morning's mails in line, each once; how many."""
    return sum(
        jobs.add(
            work.session,
            KIND,
            key=one.key,
            options={
                "account_id": one.account_id,
                "slug": one.slug,
                "every": one.every,
                "day": one.day.isoformat(),
            },
            run_at=work.now,
        )
        for one in due(work)
    )


def told(work: Work, account_id: int, slug: str, every: str, day: date) -> tuple[Viewer, FiguresView] | None:
    """What the mail of a morning says, and to whom: the day before, or the seven days before. None for who has left, asked for
    no more mails, or may no longer see the figures."""
    viewer = access.staff(work.session, account_id, "fr")
    try:
        if wished(work, viewer, slug) == "":
            return None
        _watching(work, viewer, slug)
    except NotFound:
        return None
    first = day - (DAY if every == "day" else 7 * DAY)
    return viewer, figures.shown(work, viewer, slug, FiguresAsked(first, day - DAY))


def _wanted(work: Work, here: datetime) -> Iterator[Morning]:
    """Those who asked before this morning's hour."""
    row: Any = FigureMail
    began = datetime.combine(here.date(), MORNING, here.tzinfo)
    query = select(row.account_id, row.scheme_slug, row.every).where(row.since < began)
    for account_id, slug, every in work.session.execute(query.order_by(row.account_id, row.scheme_slug)):
        yield Morning(account_id, slug, every, here.date())


def _watching(work: Work, viewer: Viewer, slug: str) -> Scheme:
    scheme, _ = served(work, viewer, slug)
    if not figures.may_watch(viewer, scheme):
        raise NotFound("figures")
    return scheme

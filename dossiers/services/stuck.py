"""The jobs that are stuck, for administrators: given up, late, or failing again and again; and another try for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import and_, case, func, select

from dossiers import jobs, journal
from dossiers.access import Viewer
from dossiers.database import Dossier, Job, SchemeRow
from dossiers.services.desk import Work
from dossiers.services.refusals import NotFound
from workflows.lifecycle import Actor

LATE = timedelta(minutes=15)  # what should have been done so long ago has no worker, or not enough of them
PER_PAGE = 50
Standing = Literal["given_up", "late", "failing", "waiting", "done"]


@dataclass(frozen=True, slots=True)
class StuckJob:
    """A job somebody should look at: what it is for, how it stands, what went wrong last.

    `planned_at` is when it should first have been done, `run_at` when it is tried next.
    """

    id: int
    kind: str
    slug: str | None
    public_id: str | None
    reference: str | None
    standing: Standing
    attempts: int
    planned_at: datetime
    run_at: datetime
    failed_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class StuckView:
    """How many jobs stand how, and one page of the stuck ones, those given up first."""

    counts: dict[Standing, int]
    rows: tuple[StuckJob, ...]
    page: int
    pages: int

    @property
    def stuck(self) -> int:
        """How many want somebody."""
        return self.counts["given_up"] + self.counts["late"] + self.counts["failing"]


def stuck(work: Work, viewer: Viewer, *, page: int = 1) -> StuckView:
    """One page of the stuck jobs. Raises NotFound unless an administrator asks."""
    _require_administrator(viewer)
    counts = _counts(work)
    total = counts["given_up"] + counts["late"] + counts["failing"]
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    standing = _standing(work)
    query = _rows(work).where(standing.in_(("given_up", "late", "failing")))
    first = case({"given_up": 0, "late": 1}, value=standing, else_=2)
    query = query.order_by(first, Job.run_at, Job.id).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    rows = tuple(StuckJob(**row) for row in work.session.execute(query).mappings())
    return StuckView(counts, rows, page, pages)


def retry(work: Work, viewer: Viewer, job_id: int) -> bool:
    """Try a job again at once, with those that wait for it; False when it isn't stuck any more. Raises NotFound."""
    _require_administrator(viewer)
    if work.session.scalar(select(Job.id).where(Job.id == job_id)) is None:
        raise NotFound("job")
    tried = jobs.rearm(work.session, job_id, work.now) or jobs.hasten(work.session, job_id, work.now)
    if tried:
        _note(work, viewer, [job_id])
    return tried


def retry_all(work: Work, viewer: Viewer) -> int:
    """Try every job that was given up again; how many. Raises NotFound unless an administrator asks."""
    _require_administrator(viewer)
    ids = list(work.session.scalars(select(Job.id).where(Job.failed_at.is_not(None)).order_by(Job.id)))
    tried = [id for id in ids if jobs.rearm(work.session, id, work.now)]
    if tried:
        _note(work, viewer, tried)
    return len(ids)


def _counts(work: Work) -> dict[Standing, int]:
    standing = _standing(work).label("standing")
    inner = select(standing).where(Job.done_at.is_(None)).subquery()
    found: dict[Any, int] = dict.fromkeys(("given_up", "late", "failing", "waiting", "done"), 0)
    query = select(inner.c.standing, func.count()).group_by(inner.c.standing)
    for name, count in work.session.execute(query):
        found[name] = count
    found["done"] = int(work.session.scalar(select(func.count()).where(Job.done_at.is_not(None))) or 0)
    return found


def _standing(work: Work) -> Any:
    """How a job that isn't done stands. One that waits for another, or is in a worker's hands, isn't late."""
    free = and_(Job.lease_until.is_(None), Job.after_id.is_(None))
    return case(
        (Job.failed_at.is_not(None), "given_up"),
        (and_(Job.error.is_not(None), Job.run_at > work.now), "failing"),
        (and_(free, Job.run_at <= work.now - LATE), "late"),
        else_="waiting",
    )


def _rows(work: Work) -> Any:
    columns = (Job.id, Job.kind, Job.attempts, Job.planned_at, Job.run_at, Job.failed_at)
    return (
        select(*columns, func.coalesce(Job.error, "").label("error"), _standing(work).label("standing"))
        .add_columns(Dossier.public_id, Dossier.reference, SchemeRow.slug)
        .outerjoin(Dossier, Dossier.id == Job.dossier_id)
        .outerjoin(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .where(Job.done_at.is_(None))
    )


def _note(work: Work, viewer: Viewer, ids: list[int]) -> None:
    actor = Actor("staff", str(viewer.account_id), viewer.name, frozenset())
    journal.record(
        work.session,
        stream=f"account:{viewer.account_id}",
        actor=actor,
        action="jobs_tried_again",
        at=work.now,
        payload={"jobs": ids},
    )


def _require_administrator(viewer: Viewer) -> None:
    if viewer.kind != "staff" or not viewer.administrator:
        raise NotFound("page")

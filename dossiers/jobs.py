"""Jobs: effects put in line by an act, in its own transaction, and done by a worker after its commit.

A worker holds a job by a lease of the database's clock; who dies loses it, and another takes over. What it then
acknowledges names the attempt, so that a worker thought dead can't speak for its successor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from dossiers.database import DatabaseNow, Job, insert_or_ignore

LEASE = timedelta(seconds=60)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=6)
MOST_FAILURES = 14  # over about a day
LONGEST_ERROR = 500  # characters


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in a worker's hands. `attempts` counts this one too, `failures` those in a row that failed; `planned_at` is when
    it should first have run."""

    id: int
    kind: str
    key: str
    dossier_id: int | None
    options: Mapping[str, Any]
    attempts: int
    failures: int
    planned_at: datetime


CLAIMED = ("id", "kind", "key", "dossier_id", "options", "attempts", "failures", "planned_at")


def add(
    session: Session,
    kind: str,
    *,
    key: str,
    dossier_id: int | None = None,
    options: Mapping[str, Any] | None = None,
    run_at: datetime,
    after: str | None = None,
) -> bool:
    """Put a job in line, unless one of that key was before; returns whether it is new.

    `options` is JSON and holds nothing sensitive; `run_at` is business time; `after` the key of a job that must be
    done before.
    """
    row: dict[str, Any] = {"kind": kind, "key": key, "dossier_id": dossier_id, "options": dict(options or {})}
    row |= {"run_at": run_at, "planned_at": run_at, "attempts": 0, "failures": 0}
    if after is not None:
        row["after_id"] = session.scalars(select(Job.id).where(Job.key == after)).one()
    return insert_or_ignore(session, Job, row)


def is_due(session: Session, now: datetime, kinds: Collection[str] | None = None) -> bool:
    """Whether there is a job to claim, of these kinds or of any: a look without any lock."""
    return session.scalar(select(Job.id).where(_claimable(now, kinds)).limit(1)) is not None


def claim(
    session: Session, now: datetime, lease: timedelta = LEASE, kinds: Collection[str] | None = None
) -> Claimed | None:
    """Take the job that has waited longest, of these kinds or of any. Two workers never take the same one."""
    waiting = select(Job.id).where(_claimable(now, kinds)).order_by(Job.run_at, Job.id).limit(1)
    table: Table = Job.__table__  # type: ignore[assignment]
    taken = (
        update(table)
        .where(table.c.id == waiting.with_for_update(skip_locked=True).scalar_subquery())
        .values(attempts=table.c.attempts + 1, lease_until=DatabaseNow(lease.total_seconds()))
        .returning(*(table.c[name] for name in CLAIMED))
    )
    row = session.execute(taken).first()
    return None if row is None else Claimed(*row)


def heartbeat(session: Session, held: Iterable[Claimed], lease: timedelta = LEASE) -> None:
    """Keep the jobs that are still being done."""
    for job in held:
        session.execute(_mine(job).values(lease_until=DatabaseNow(lease.total_seconds())))


def done(session: Session, job: Claimed, now: datetime) -> bool:
    """Acknowledge a job; False when another worker has taken it over meanwhile."""
    return _settle(session, job, done_at=now, lease_until=None, error=None)


def retry(session: Session, job: Claimed, now: datetime, error: str, at: datetime | None = None) -> bool:
    """Put a job that failed back in line: at an instant, or after a pause that doubles each time; given up in the end."""
    told = {"lease_until": None, "error": error[:LONGEST_ERROR]}
    if at is not None:
        return _settle(session, job, run_at=at, **told)
    failures = job.failures + 1
    if failures >= MOST_FAILURES:
        return give_up(session, job, now, error)
    return _settle(session, job, run_at=now + pause(failures), failures=failures, **told)


def go_on(session: Session, job: Claimed, at: datetime) -> bool:
    """Put a job that did a part of its work back in line, to do the rest."""
    return _settle(session, job, run_at=at, lease_until=None, error=None, failures=0)


def give_up(session: Session, job: Claimed, now: datetime, error: str) -> bool:
    """Leave a job to people: administrators see it, and those that waited for it, with the reason."""
    if not _settle(session, job, failed_at=now, lease_until=None, error=error[:LONGEST_ERROR]):
        return False
    left = [job.id]
    while left:
        waiting = update(Job).where(Job.after_id.in_(left), Job.done_at.is_(None), Job.failed_at.is_(None))
        said = f"waits for {job.key}, which was given up"
        left = list(
            session.scalars(waiting.values(failed_at=now, error=said[:LONGEST_ERROR]).returning(Job.id))
        )
    return True


def rearm(session: Session, job_id: int, now: datetime) -> bool:
    """Put a job that was given up back in line, with those that waited for it; False when it was not given up."""
    row = update(Job).where(Job.id == job_id, Job.failed_at.is_not(None))
    fresh = {"failed_at": None, "attempts": 0, "failures": 0, "run_at": now, "error": None}
    left = list(session.scalars(row.values(fresh).returning(Job.id)))
    found = bool(left)
    while left:
        waiting = update(Job).where(Job.after_id.in_(left), Job.failed_at.is_not(None))
        left = list(session.scalars(waiting.values(fresh).returning(Job.id)))
    return found


def hasten(session: Session, job_id: int, now: datetime) -> bool:
    """Try a job that was put off after a failure now; False when it waits for nothing but a worker."""
    waiting = (Job.done_at.is_(None), Job.failed_at.is_(None), Job.error.is_not(None), Job.run_at > now)
    found = update(Job).where(Job.id == job_id, *waiting).values(run_at=now).returning(Job.id)
    return session.scalar(found) is not None


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures."""
    return min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)


def _claimable(now: datetime, kinds: Collection[str] | None) -> ColumnElement[bool]:
    before = aliased(Job)
    settled = select(before.id).where(before.id == Job.after_id, before.done_at.is_not(None)).exists()
    return and_(
        Job.done_at.is_(None),
        Job.failed_at.is_(None),
        Job.run_at <= now,
        or_(Job.lease_until.is_(None), Job.lease_until < DatabaseNow()),
        or_(Job.after_id.is_(None), settled),
        true() if kinds is None else Job.kind.in_(kinds),
    )


def _mine(job: Claimed) -> Any:
    """The job, as long as this attempt is the last one."""
    held = (Job.id == job.id, Job.attempts == job.attempts, Job.done_at.is_(None), Job.failed_at.is_(None))
    return update(Job).where(*held).execution_options(synchronize_session=False)


def _settle(session: Session, job: Claimed, **values: Any) -> bool:
    return session.execute(_mine(job).values(values).returning(Job.id)).first() is not None

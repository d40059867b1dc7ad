"""Counting attempts, so that nobody tries passwords out or floods a mailbox. Correct over any number of processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dossiers.database import Throttle, upsert
from dossiers.office import Office

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEPT = timedelta(days=1)  # longer than any window


def allow(office: Office, key: str, *, limit: int, window: timedelta) -> bool:
    """Count one attempt; whether it is among the first `limit` of its window.

    In a transaction of its own: an attempt counts whatever becomes of the act. Only a digest of `key` is kept.
    """
    began = EPOCH + (office.clock() - EPOCH) // window * window
    row = {"key": office.vault.blind_index(f"throttle:{key}"), "window": began, "count": 1}
    with office.database.writing() as session:
        statement = upsert(session, Throttle, row, count=Throttle.count + 1).returning(Throttle.count)
        return int(session.execute(statement).scalar_one()) <= limit


def sweep(session: Session, now: datetime) -> None:
    """Forget the windows that are over."""
    session.execute(delete(Throttle).where(Throttle.window < now - KEPT))

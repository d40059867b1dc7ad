"""Asking the worker to look at a waiting list: when money came back, when some will come in, when somebody joins it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers import jobs
from dossiers.database import Dossier, EnvelopeHold, EnvelopeRow

KIND = "promote"


def ask(session: Session, dossier: Dossier, envelope_ids: Iterable[int], now: datetime) -> None:
    """Look at the waiting lists of these envelopes after this act on a dossier."""
    for id in envelope_ids:
        key = f"{KIND}:{id}:{dossier.public_id}:{dossier.revision}"
        jobs.add(session, KIND, key=key, options={"envelope_id": id}, run_at=now)


def on(session: Session, envelope_ids: Iterable[int], at: datetime) -> None:
    """Look at them when a day has come on which money comes in."""
    for id in envelope_ids:
        key = f"{KIND}:{id}:{at:%Y-%m-%dT%H:%M}"
        jobs.add(session, KIND, key=key, options={"envelope_id": id}, run_at=at)


def of_version(session: Session, scheme_id: int, number: int, now: datetime) -> None:
    """Look at all the waiting lists of a scheme: a newer version may have voted money."""
    waiting = select(EnvelopeHold.envelope_id).where(EnvelopeHold.stage == "waiting")
    rows = select(EnvelopeRow.id).where(EnvelopeRow.scheme_id == scheme_id, EnvelopeRow.id.in_(waiting))
    for id in session.scalars(rows.order_by(EnvelopeRow.id)):
        key = f"{KIND}:{id}:version-{number}"
        jobs.add(session, KIND, key=key, options={"envelope_id": id}, run_at=now)

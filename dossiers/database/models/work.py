"""Work that leaves the building: jobs, put in line by an act and done after its commit, and the mails they sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base, PartialIndex
from dossiers.database.types import Key

WAITING = text("done_at IS NULL AND failed_at IS NULL")


class Job(Base):
    """One effect to bring about, once: `key` is unique. `planned_at` and `run_at` are business time, the second put off
    by each failure; `lease_until` is the database's.

    `attempts` tells one worker from the next; `failures` counts the last ones in a row that failed, `after_id` is the job that
    must be done first. `failed_at`: given up, until somebody puts it in line again.
    """

    __tablename__ = "job"
    __table_args__ = (
        PartialIndex("ix_job_waiting", "run_at", "id", where=WAITING),
        Index(None, "dossier_id"),
        Index(None, "after_id"),
        Index(None, "failed_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"))
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str] = mapped_column(unique=True)
    planned_at: Mapped[datetime]
    run_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    after_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str | None]


class Mail(Base):
    """A mail, as it was written. `state`: "sending", "waiting" (the post failed, it will be tried again), "sent",
    "repeated" (it may have left twice, under the same Message-ID: a machine died while sending it), "failed"; "bounced":
    it came back at `bounced_at`, `bounce` says why."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    bounced_at: Mapped[datetime | None]
    bounce: Mapped[str | None]

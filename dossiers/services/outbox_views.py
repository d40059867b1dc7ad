"""What administrators read of the mails that left and of what the worker gave up on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.services.office_views import MailRow


@dataclass(frozen=True, slots=True)
class MailView:
    """One mail with its text, as it left."""

    row: MailRow
    message_id: str
    text: str


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job given up, for administrators: what it was, why it stopped."""

    id: int
    kind: str
    reference: str | None
    failed_at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class OutboxView:
    """One page of mails, newest first, and what the worker gave up on."""

    rows: tuple[MailRow, ...]
    total: int
    page: int
    pages: int
    failed_jobs: tuple[FailedJob, ...]

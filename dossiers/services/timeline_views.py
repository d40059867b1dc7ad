"""The way of a dossier, as its applicant reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.language.model import PublicStatus


@dataclass(frozen=True, slots=True)
class StatusStep:
    """One public status on the way; `standing` says whether it is behind, here or ahead."""

    status: PublicStatus
    standing: Literal["done", "now", "later"]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, in the applicant's eyes: never an internal state.

    `kind`: "filed", "corrected", "status" (the public status changed to `status`), "asked" (something is expected),
    "message_in", "message_out", "letter", "withdrawn", "filed_again", "corrected_by_office",
    "answered" (what was asked for later was sent), "account_given", "payment_back" (a payment came back, and is to be made again),
    "suspended", "resumed" (the payment of what is granted).
    """

    at: datetime
    kind: str
    status: PublicStatus | None = None
    text: str | None = None

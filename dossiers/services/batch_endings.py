"""Who noted a payment batch as paid, or gave it up, and when: as the journal has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import JournalEntry
from dossiers.services.desk import Work
from dossiers.services.payment_batches import batch

ENDINGS: dict[str, Literal["paid", "cancelled"]] = {"batch_paid": "paid", "batch_cancelled": "cancelled"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a batch ended by somebody's act, by whom and when."""

    how: Literal["paid", "cancelled"]
    by: str
    at: datetime


def ended(work: Work, viewer: Viewer, slug: str, public_id: str) -> Ended | None:
    """None for a batch that goes on, and for one that files of the bank have closed. Raises NotFound for who may not know of it."""
    batch(work, viewer, slug, public_id)
    entries = select(JournalEntry.action, JournalEntry.actor_name, JournalEntry.at, JournalEntry.payload)
    entries = entries.where(JournalEntry.stream == f"scheme:{slug}", JournalEntry.action.in_(ENDINGS))
    for action, name, at, payload in work.session.execute(entries.order_by(JournalEntry.number.desc())):
        if (payload or {}).get("batch") == public_id:
            return Ended(ENDINGS[action], name, at)
    return None

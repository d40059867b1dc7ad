"""What is decided about a dossier and when: verdicts, amounts, deadlines, checklists, and claims made once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base, PartialIndex
from dossiers.database.types import Key

WAITING = text("done_at IS NULL AND cancelled_at IS NULL")


class VerdictRow(Base):
    """What the rules said of one filing, under one version, the last one being the one that counts: a migration or a
    re-examination judges the same filing again. Sensitive values are crossed out of `rules` before they come here."""

    __tablename__ = "verdict"
    __table_args__ = (Index(None, "dossier_id", "id"), Index(None, "filing_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    at: Mapped[datetime]
    eligible: Mapped[bool | None]
    rules: Mapped[dict[str, Any]]
    amount_cents: Mapped[int | None] = mapped_column(Key)


class AmountStep(Base):
    """One link of the chain of amounts, never changed; `key` makes it exist once whatever is tried again."""

    __tablename__ = "amount_step"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('requested', 'computed', 'proposed', 'granted', 'due', 'paid', 'returned', 'reversed')",
            name="kind",
        ),
        # holds the cents too: else SQLite would look for the amounts of a few dossiers among all of their kind, in the next one
        Index(None, "dossier_id", "kind", "id", "cents"),
        Index(None, "kind", "cents", "dossier_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    kind: Mapped[str]
    cents: Mapped[int] = mapped_column(Key)
    currency: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    why: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)


class DeadlineRow(Base):
    """What time will bring: at the end of `local_date`, an instant kept as `due_at`."""

    __tablename__ = "deadline"
    __table_args__ = (
        PartialIndex("ix_deadline_waiting", "due_at", where=WAITING),
        Index(None, "dossier_id", "kind"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    name: Mapped[str]
    kind: Mapped[str]
    due_at: Mapped[datetime]
    local_date: Mapped[date]
    dedup: Mapped[str] = mapped_column(unique=True)
    done_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class ChecklistMark(Base):
    """A tick put on an item of a checklist, or taken off; the last one counts."""

    __tablename__ = "checklist_mark"
    __table_args__ = (Index(None, "dossier_id", "item", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    item: Mapped[str]
    done: Mapped[bool]
    by: Mapped[str]
    at: Mapped[datetime]


class OnceClaim(Base):
    """A value that may be asked for once in a scheme; only its keyed digest is kept."""

    __tablename__ = "once_claim"
    __table_args__ = (UniqueConstraint("scheme_id", "field", "digest"), Index(None, "dossier_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    field: Mapped[str]
    digest: Mapped[str]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))

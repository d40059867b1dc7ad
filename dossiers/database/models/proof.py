"""The journal: entries chained per stream, and the seals that chain all streams together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base, PartialIndex
from dossiers.database.types import Key

UNSEALED = text("seal_id IS NULL")


class Seal(Base):
    """A signed digest over the entries it seals and over the seal before it."""

    __tablename__ = "seal"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    number: Mapped[int] = mapped_column(Key, unique=True)
    at: Mapped[datetime]
    count: Mapped[int]
    digest: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
    signature: Mapped[bytes]


class JournalEntry(Base):
    """A fact, in the past. A lawful purge erases `payload` and `salt`; the chain, made of their digest, still holds."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("stream", "number"),
        Index(None, "dossier_id", "id"),
        Index(None, "seal_id"),
        PartialIndex("ix_journal_entry_unsealed", "id", where=UNSEALED),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    stream: Mapped[str]
    number: Mapped[int] = mapped_column(Key)
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"))
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[str]
    actor_name: Mapped[str]
    action: Mapped[str]
    source: Mapped[str | None]
    target: Mapped[str | None]
    payload: Mapped[dict[str, Any] | None]
    salt: Mapped[str | None]
    payload_digest: Mapped[str | None]
    previous: Mapped[str]
    hash: Mapped[str]
    seal_id: Mapped[int | None] = mapped_column(ForeignKey("seal.id"))

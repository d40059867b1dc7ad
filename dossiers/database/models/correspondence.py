"""What is said and sent about a dossier: messages, notes, documents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key


class Message(Base):
    """A message between the applicant ("in") and the office ("out"). `read_at`: when the other side first saw it."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        Index(None, "dossier_id", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    direction: Mapped[str]
    author: Mapped[str]
    body: Mapped[str]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Note(Base):
    """A note among staff; the applicant never sees it. `field`: the answer it is about, if any."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "dossier_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    author: Mapped[str]
    body: Mapped[str]
    at: Mapped[datetime]
    field: Mapped[str | None]


class Document(Base):
    """A file: an applicant's ("answer", with its field; "asked", with the point of a request it answers), one of ours
    ("letter", with its `number` if any; "receipt"), one sent with a message either way ("message"), or with an
    opinion by who was asked for it ("opinion").

    Its content is in the store under `store_key`, encrypted. `scan`: "pending", "clean", "infected", or "unscanned"
    when no scanner is configured.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint(
            "origin IN ('answer', 'letter', 'receipt', 'asked', 'message', 'opinion')", name="origin"
        ),
        Index(None, "dossier_id", "origin", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    field: Mapped[str | None]
    origin: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(Key)
    sha256: Mapped[str]
    store_key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    scan: Mapped[str]
    purged_at: Mapped[datetime | None]
    point_id: Mapped[int | None] = mapped_column(ForeignKey("request_point.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    number: Mapped[str | None]
    opinion_id: Mapped[int | None] = mapped_column(ForeignKey("opinion.id"))

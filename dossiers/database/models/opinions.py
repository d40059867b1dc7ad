"""Opinions asked of somebody outside, who has no account: by a link, until a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base, PartialIndex
from dossiers.database.types import Key

AWAITED = text("given_at IS NULL AND closed_at IS NULL")


class Opinion(Base):
    """An opinion of the scheme (`kind`) asked of one person; of each of them, one at most is awaited on a dossier.

    `shows`: the fields they are shown; `until`: the last local day, on which they may still correct what they said.
    `closed_at`: called off, or final, as the dossier went on; `read_at`: when their link was last opened.
    """

    __tablename__ = "opinion"
    __table_args__ = (
        CheckConstraint("answer IN ('favourable', 'with_reservations', 'unfavourable')", name="answer"),
        PartialIndex(
            "uq_opinion_awaited",
            "dossier_id",
            "email",
            unique=True,
            where=AWAITED,
        ),
        Index(None, "dossier_id", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    kind: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    question: Mapped[str]
    shows: Mapped[list[Any]]
    until: Mapped[date]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    body: Mapped[str]
    given_at: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

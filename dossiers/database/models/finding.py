"""What dossiers are found by: a narrow side table with ordinary indexes, and the words of their answers."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key, Word


class Searchable(Base):
    """One answer as it is listed, filtered and sorted: text, an amount in cents, or a date."""

    __tablename__ = "searchable"
    __table_args__ = (
        Index(None, "field", "text"),
        Index(None, "field", "number_cents"),
        Index(None, "field", "date"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str | None]
    number_cents: Mapped[int | None] = mapped_column(Key)
    date: Mapped[datetime.date | None]


class SearchWord(Base):
    """A word of a dossier's answers, normalised."""

    __tablename__ = "search_word"
    __table_args__ = (Index(None, "dossier_id"),)

    word: Mapped[str] = mapped_column(Word, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)

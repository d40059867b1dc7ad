"""What dossiers are found by: a narrow side table, the words of their answers, groups, tags, and what they have in common."""

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


class GroupMark(Base):
    """A dossier is one of a group's (see `groups` of its scheme): who sees only their own groups finds it by this."""

    __tablename__ = "group_mark"
    __table_args__ = (Index(None, "group_id", "dossier_id"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)


class Tag(Base):
    """A word the office put on a dossier: the id of one its scheme declares, or one it wrote itself."""

    __tablename__ = "tag"
    __table_args__ = (Index(None, "word", "dossier_id"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    word: Mapped[str] = mapped_column(Word, primary_key=True)


class Trait(Base):
    """Something by which a dossier is like another: of the value only a keyed digest is kept. `field` is where it was
    answered ("" for the address it was filed with); `kind`: person, siret, siren, iban, phone, email, document."""

    __tablename__ = "trait"
    __table_args__ = (Index(None, "digest"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)

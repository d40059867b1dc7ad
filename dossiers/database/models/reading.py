"""How staff read the lists: the views they keep, and what each of them has seen of a dossier."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key


class SavedView(Base):
    """A list somebody keeps under a name: `query` is what its address asks; `shared` with all who serve the scheme."""

    __tablename__ = "saved_view"
    __table_args__ = (Index(None, "scheme_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    query: Mapped[str]
    shared: Mapped[bool]
    saved_at: Mapped[datetime]


class Seen(Base):
    """How far a member of staff has read a dossier: the number of the last entry of its journal they were shown."""

    __tablename__ = "seen"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime]

"""What was learnt of a dossier from outside its answers, each time it was asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key


class FactRow(Base):
    """One fact as it was at an instant, the last one of a name being the one that counts. What was asked and what came of
    it is encrypted (`sealed`): a source may say of people what they never typed."""

    __tablename__ = "fact"
    __table_args__ = (Index(None, "dossier_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    name: Mapped[str]
    source: Mapped[str]
    status: Mapped[str]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

"""Calls to the hotline: what they were about, and what was passed on to whoever examines the dossier."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key


class Call(Base):
    """A call. `day` is the office's own; `state`: where its dossier stood, empty without one; `passed`: somebody else has to
    follow it up, until `done_at`."""

    __tablename__ = "call"
    __table_args__ = (Index(None, "scheme_id", "day"), Index(None, "dossier_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"))
    author: Mapped[str]
    at: Mapped[datetime.datetime]
    day: Mapped[datetime.date]
    motive: Mapped[str]
    state: Mapped[str]
    note: Mapped[str]
    passed: Mapped[bool]
    done_at: Mapped[datetime.datetime | None]
    done_by: Mapped[str]

"""Figures kept up for dashboards: what each dossier adds to them, their sums, how far they are, and who reads them by mail."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key


class FigureLine(Base):
    """What the sums hold of a dossier now, to be taken away before what it adds anew is put in."""

    __tablename__ = "figure_line"
    __table_args__ = (Index(None, "scheme_id", "dossier_id"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    counted: Mapped[dict[str, Any]]


class Figure(Base):
    """One sum (a `Cell` of workflows.figures). Only who keeps figures up writes here: acts never wait for one."""

    __tablename__ = "figure"

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    grain: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(primary_key=True)
    territory: Mapped[str] = mapped_column(primary_key=True)
    groups: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(Key)
    cents: Mapped[int] = mapped_column(Key)


class FigureMark(Base):
    """How far figures are: "seals", the last seal of the journal they follow; "scheme:ID", the last dossier a first count of
    that scheme has come to (-1: all of them), for figures of this `shape`."""

    __tablename__ = "figure_mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Key)
    shape: Mapped[str]
    at: Mapped[datetime]


class FigureMail(Base):
    """Somebody wants the figures of a scheme by mail in the morning; `every`: "day" or "monday"."""

    __tablename__ = "figure_mail"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    scheme_slug: Mapped[str] = mapped_column(primary_key=True)
    every: Mapped[str]
    since: Mapped[datetime]

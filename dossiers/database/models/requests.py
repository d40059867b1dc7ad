"""Requests to the applicant: what the office asked, point by point, and what became of each."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base, PartialIndex
from dossiers.database.types import Key

OPEN = text("closed_at IS NULL")


class Request(Base):
    """One request, of several points at once; a dossier has one open at most. `until`: the last local day to answer.

    `about`: "" for what an action of the workflow asks, "account" for another account after a payment came back.
    `outcome`: "answered", with the number of the `filing` made, or "withdrawn" when the dossier moved on without.
    """

    __tablename__ = "request"
    __table_args__ = (
        CheckConstraint("outcome IN ('answered', 'withdrawn')", name="outcome"),
        PartialIndex("uq_request_open", "dossier_id", unique=True, where=OPEN),
        Index(None, "dossier_id", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    until: Mapped[date | None]
    about: Mapped[str] = mapped_column(default="", server_default="")
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    filing: Mapped[int | None]


class RequestPoint(Base):
    """One point: a `field` of the form to answer again, or a document of another name (`document`), with the office's
    `remark`. `said`: what the applicant answers to it, such as why it can't be given."""

    __tablename__ = "request_point"
    __table_args__ = (Index(None, "request_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    field: Mapped[str | None]
    document: Mapped[str | None]
    remark: Mapped[str]
    said: Mapped[str]

"""Campaigns: one administrative act over many dossiers, and what it did to each of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key

RUNNING = text("state = 'running'")


class CampaignRow(Base):
    """`version_id` is the version the dossiers are moved to or examined under; `options` and `preview` are as they were
    when somebody asked for it. `state`: "running", "done", "cancelled"."""

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("kind IN ('migration', 'reexamination', 'message')", name="kind"),
        CheckConstraint("state IN ('running', 'done', 'cancelled')", name="state"),
        # one at a time in a scheme, so that no dossier is in two
        Index(
            "uq_campaign_running",
            "scheme_id",
            unique=True,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
        Index(None, "scheme_id", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    asked_by: Mapped[str]
    asked_by_id: Mapped[str]
    asked_at: Mapped[datetime]
    options: Mapped[dict[str, Any]]
    preview: Mapped[dict[str, Any]]
    state: Mapped[str]
    ended_at: Mapped[datetime | None]


class CampaignItem(Base):
    """What a campaign does to one dossier. `state`: "pending", "done", "refused" (a rule of the house said no) or
    "skipped" (there was nothing to do any more), the last two with the `code` of why."""

    __tablename__ = "campaign_item"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'done', 'refused', 'skipped')", name="state"),
        UniqueConstraint("campaign_id", "dossier_id"),
        Index(None, "campaign_id", "state", "id"),
        Index(None, "dossier_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    state: Mapped[str]
    code: Mapped[str | None]
    result: Mapped[dict[str, Any] | None]
    at: Mapped[datetime | None]

"""Campaigns: one act over many dossiers, and what it did to each of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base, PartialIndex
from dossiers.database.types import Key

ALONE = text("state = 'running' AND kind IN ('migration', 'reexamination')")


class CampaignRow(Base):
    """`version_id` is the version the dossiers are moved to or examined under (of a batch or a list: the one in force when
    it was asked for); `options` and `preview` are as they were when somebody asked for it. `state`: "waiting" (a list to be
    signed), "running", "done", "cancelled". Of a list: its `number`, who signed it, the `paper` that was printed of it."""

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("kind IN ('migration', 'reexamination', 'batch', 'list', 'message')", name="kind"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'cancelled')", name="state"),
        # one at a time in a scheme of those that judge again, so that no dossier is in two
        PartialIndex(
            "uq_campaign_running",
            "scheme_id",
            unique=True,
            where=ALONE,
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
    number: Mapped[str | None] = mapped_column(unique=True)
    signed_by: Mapped[str | None]
    signed_by_id: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    paper: Mapped[str | None]


class CampaignItem(Base):
    """What a campaign does to one dossier. `state`: "pending", "done", "refused" (a rule of the house said no) or
    "skipped" (there was nothing to do any more), the last two with the `code` of why. `proposed_cents`: the amount a list
    showed when it was signed."""

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
    proposed_cents: Mapped[int | None] = mapped_column(BigInteger)

"""Votes on a dossier: each time one is held, the ballots of its members, who votes for another, and who steps aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key


class Poll(Base):
    """A vote held on a dossier, from its arrival in the state on; the last one of a vote counts. `outcome` is what came
    of it; without one it was closed because the dossier left."""

    __tablename__ = "poll"
    __table_args__ = (Index(None, "dossier_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    vote: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[dict[str, Any] | None]


class BallotRow(Base):
    """A member's ballot, which replaces the one before until the vote is closed; `roles` are those that vote."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("poll_id", "account_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    roles: Mapped[list[Any]]
    option: Mapped[str]
    form: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class Proxy(Base):
    """A member who has another one, `holder_id`, vote for them while a vote goes on."""

    __tablename__ = "proxy"
    __table_args__ = (UniqueConstraint("poll_id", "account_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class Recusal(Base):
    """Who steps aside from a dossier, and so doesn't see it; `by_hand`: they said so themselves."""

    __tablename__ = "recusal"
    __table_args__ = (Index(None, "account_id"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    by_hand: Mapped[bool]
    at: Mapped[datetime]

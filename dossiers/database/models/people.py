"""Who comes in: staff accounts and their roles, sessions, links sent by mail, and counts of attempts."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key


class Account(Base):
    """A member of staff; the address is kept case-folded. `interests` are the ties they declare (numbers of
    establishments, names): a vote may have them step aside."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="fr")
    created_at: Mapped[datetime.datetime]
    disabled_at: Mapped[datetime.datetime | None]
    interests: Mapped[list[Any] | None]


class RoleGrant(Base):
    """A role of an account in one scheme; `groups` are those its owner belongs to in that role, and `turn` when they were last
    given a dossier, in a round: the one whose number is least comes next."""

    __tablename__ = "role_grant"
    __table_args__ = (Index(None, "scheme_slug", "role"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    scheme_slug: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    groups: Mapped[list[Any] | None]
    turn: Mapped[int | None] = mapped_column(Key)


class Absence(Base):
    """Days, both included, on which somebody is given no new dossier."""

    __tablename__ = "absence"
    __table_args__ = (Index(None, "account_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    first: Mapped[datetime.date]
    last: Mapped[datetime.date]
    entered_at: Mapped[datetime.datetime]


class SessionRow(Base):
    """A session; of its token only the digest is kept. `dossiers` are those begun in it; `email` is set once the
    applicant has opened a link mailed to that address."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("kind IN ('applicant', 'staff')", name="kind"),
        Index(None, "account_id"),
        Index(None, "expires_at"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    email: Mapped[str | None]
    dossiers: Mapped[list[Any]] = mapped_column(default=list)
    csrf: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime.datetime]
    last_seen: Mapped[datetime.datetime]
    expires_at: Mapped[datetime.datetime]


class Link(Base):
    """A link sent by mail; of its token only the digest is kept. About one dossier, or all those of an address."""

    __tablename__ = "link"
    __table_args__ = (Index(None, "expires_at"), Index(None, "dossier_id"))

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"))
    purpose: Mapped[str]
    expires_at: Mapped[datetime.datetime]
    used_at: Mapped[datetime.datetime | None]


class KeptTyping(Base):
    """What somebody had typed when their session was found over, for a short while. Sealed; given back to the applicant of
    `dossier_id`, or to staff: `account_id` when the session's owner is still known."""

    __tablename__ = "kept_typing"
    __table_args__ = (Index(None, "expires_at"), Index(None, "dossier_id"), Index(None, "account_id"))

    public_id: Mapped[str] = mapped_column(primary_key=True)
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[bytes]
    created_at: Mapped[datetime.datetime]
    expires_at: Mapped[datetime.datetime]


class CodeTry(Base):
    """How often somebody tried a code of a draft and failed, since it was last opened or unlocked; of a code only a digest
    is kept, whether there is such a draft or not."""

    __tablename__ = "code_try"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime.datetime]


class Throttle(Base):
    """Attempts counted in one window of time; `window` is the instant it began."""

    __tablename__ = "throttle"
    __table_args__ = (Index(None, "window"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    window: Mapped[datetime.datetime] = mapped_column(primary_key=True)
    count: Mapped[int]

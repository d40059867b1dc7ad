"""Dossiers: the row itself, its draft, its filings, its parties and signatures, and the counters references are taken from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key, Word


class Dossier(Base):
    """The record followed from draft to archive; its row is what every act on it locks.

    `revision` goes up with each move; `purged_at` is when its content was erased under a retention rule;
    `begun_from` says that answers were given beforehand: "link", or the reference of an earlier dossier.
    `channel` is how it came in when an agent typed it for somebody, `typed_by` that agent's public id.
    """

    __tablename__ = "dossier"
    __table_args__ = (
        Index(None, "scheme_id", "state", "state_since"),
        Index(None, "scheme_id", "state_since"),
        Index(None, "assigned_to", "scheme_id"),
        Index(None, "email"),
        Index(None, "version_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    reference: Mapped[str | None] = mapped_column(Word, unique=True)
    state: Mapped[str]
    revision: Mapped[int] = mapped_column(default=0)
    email: Mapped[str]
    language: Mapped[str]
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    filed_at: Mapped[datetime | None]
    complete_at: Mapped[datetime | None]
    state_since: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]
    begun_from: Mapped[str | None]
    channel: Mapped[str | None]
    typed_by: Mapped[str | None]


class Draft(Base):
    """What is being answered, hidden answers included. `sealed` holds the sensitive ones, encrypted; `seen` the pages
    saved at least once; `reopened` the fields a correction is about (NULL: all may be changed); `typed`, encrypted, what
    can't be read yet, as typed; `touched` by field when and by which tab it was last changed; `set_aside`, encrypted, changes
    the office was faster than; `code` the digest of the code that opens it elsewhere."""

    __tablename__ = "draft"
    __table_args__ = (Index(None, "code", unique=True),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sealed: Mapped[bytes | None]
    seen: Mapped[list[Any]] = mapped_column(default=list)
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
    reopened: Mapped[list[Any] | None]
    typed: Mapped[bytes | None]
    touched: Mapped[dict[str, Any] | None]
    set_aside: Mapped[bytes | None]
    code: Mapped[str | None]


class Filing(Base):
    """One deposit, never changed: number 1, then one for each correction filed."""

    __tablename__ = "filing"
    __table_args__ = (UniqueConstraint("dossier_id", "number"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    number: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    answers: Mapped[dict[str, Any]]
    sealed: Mapped[bytes | None]
    filed_at: Mapped[datetime]
    filed_by: Mapped[str]


class Party(Base):
    """Somebody a dossier concerns (role "applicant"…); `verified_at`: when they proved to hold their address.

    Of those a scheme names besides: `invited_at`, without which they see nothing, and `declined_at` when they said that
    they are not concerned.
    """

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("dossier_id", "role"), Index(None, "email"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    role: Mapped[str]
    name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    verified_at: Mapped[datetime | None]
    language: Mapped[str | None]
    invited_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]


class Signature(Base):
    """The signature of a party: the code asked for (`code_key` makes it, it is kept nowhere), and what was signed.

    `digest` is that of the answers signed under version `version`; it stands while `signed_at` is set.
    """

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("dossier_id", "role"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    role: Mapped[str]
    action: Mapped[str]
    email: Mapped[str]
    code_key: Mapped[str | None]
    asked_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str | None]
    version: Mapped[int | None]
    signed_at: Mapped[datetime | None]


class Counter(Base):
    """A row whose lock makes numbers without gaps."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(Key)

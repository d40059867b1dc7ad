"""Schemes and their published versions: the exact texts, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base, PartialIndex
from dossiers.database.types import Key

IN_FORCE = text("retired_at IS NULL")


class SchemeRow(Base):
    """An aid on offer; `slug` is the id of its YAML. `closed_at`: no new application since."""

    __tablename__ = "scheme"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    closed_at: Mapped[datetime | None]


class SchemeVersion(Base):
    """One published text: `files` is the whole bundle, `retired_at` when another one took its place."""

    __tablename__ = "scheme_version"
    __table_args__ = (
        UniqueConstraint("scheme_id", "number"),
        # one version in force at a time
        PartialIndex(
            "uq_scheme_version_in_force",
            "scheme_id",
            unique=True,
            where=IN_FORCE,
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    number: Mapped[int]
    files: Mapped[dict[str, Any]]
    checksum: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    retired_at: Mapped[datetime | None]


class SchemeDraft(Base):
    """One save of the text of a scheme being written. Rows never change: the highest revision is what stands, the others
    its history. `made` says how ("started", "saved", "restored", "imported"), `source` from what ("version 3")."""

    __tablename__ = "scheme_draft"
    __table_args__ = (UniqueConstraint("slug", "revision"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    slug: Mapped[str]
    revision: Mapped[int]
    files: Mapped[dict[str, Any]]
    checksum: Mapped[str]
    made: Mapped[str]
    source: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

"""Files taken out: what was asked for, how far it is, and until when the file is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key


class ExportRow(Base):
    """An export. `what`: "list", "answers", "open_data" or the name of one the scheme declares; `options`: its filter and how it is
    written. `state`: "waiting", "done", "failed" (`code` says why), "erased". `done` of `total` is read so far.

    Of the file: its first table's `rows`, its `size`, its `files` and the `parts` it is stored in, its digest, until when it is kept;
    `told`: what was left out of it. `published_at`: everybody may read it since (open data).
    """

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'failed', 'erased')", name="state"),
        Index(None, "account_id", "scheme_id", "id"),
        Index(None, "scheme_id", "published_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    what: Mapped[str]
    format: Mapped[str]
    options: Mapped[dict[str, Any]]
    state: Mapped[str]
    code: Mapped[str | None]
    done: Mapped[int] = mapped_column(Key, default=0)
    total: Mapped[int] = mapped_column(Key, default=0)
    rows: Mapped[int | None] = mapped_column(Key)
    size: Mapped[int | None] = mapped_column(Key)
    files: Mapped[int] = mapped_column(default=1)
    parts: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str | None]
    told: Mapped[dict[str, Any] | None]
    ended_at: Mapped[datetime | None]
    kept_until: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

"""The draft of a dossier: what is being answered. Read and written at each page, hence without the mapper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from dossiers.database import Draft, core, table_of

DRAFTS = table_of(Draft)
ADD = insert(DRAFTS)
SAVE = update(DRAFTS).where(DRAFTS.c.dossier_id == bindparam("dossier"))


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it is kept.

    `answers` in clear, hidden ones too, and `sealed` the sensitive ones; `seen`: the pages saved at least once;
    `reopened`: the fields a correction is about (None: all may be changed); `revision` goes up with each save; `typed` seals
    what can't be read yet; `touched`: for each field changed the revision, the instant and the tab it was changed by;
    `set_aside` seals changes the office was faster than; `code` is the digest of the code that opens it elsewhere.
    """

    answers: Mapping[str, Any]
    sealed: bytes | None
    seen: Sequence[str]
    revision: int
    updated_at: datetime
    reopened: Sequence[str] | None
    typed: bytes | None = None
    touched: Mapping[str, Any] | None = None
    set_aside: bytes | None = None
    code: str | None = None


KEPT = tuple(one.name for one in fields(Drafted))
FIND = select(*(DRAFTS.c[name] for name in KEPT)).where(DRAFTS.c.dossier_id == bindparam("dossier"))


def find(session: Session, dossier_id: int) -> Drafted | None:
    """The draft as it is now; None when the dossier is filed and no correction is open."""
    row = core(session).execute(FIND, {"dossier": dossier_id}).first()
    return None if row is None else Drafted(*row)


def add(session: Session, dossier_id: int, draft: Drafted) -> None:
    """Keep a new draft; raises sqlalchemy.exc.IntegrityError when the dossier has one."""
    core(session).execute(ADD, {"dossier_id": dossier_id, **_row(draft)})


def save(session: Session, dossier_id: int, draft: Drafted) -> None:
    """Keep a draft in place of what it was."""
    core(session).execute(SAVE, {"dossier": dossier_id, **_row(draft)})


def _row(draft: Drafted) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in KEPT}

"""A filing: the answers as deposited, never changed; a correction makes another one. With it goes what was hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from dossiers.changes.sealing import open_answers, seal_answers
from dossiers.database import Document, Dossier, Filing, core, table_of
from dossiers.outside.vault import Vault
from engine.asked import Reading
from engine.kinds import Json

FILINGS = table_of(Filing)
OFFICE = "office:"  # who filed, when the office corrected what the applicant had filed
ADD = insert(FILINGS).returning(FILINGS.c.id)


def _of_dossier(*columns: Any) -> tuple[Any, Any]:
    """These columns of the last filing of a dossier, and of the one of a number."""
    query = select(*columns).where(FILINGS.c.dossier_id == bindparam("dossier"))
    return query.order_by(FILINGS.c.number.desc()).limit(1), query.where(
        FILINGS.c.number == bindparam("asked")
    )


LATEST, NUMBERED = _of_dossier(FILINGS)
LAST_DEPOSIT, DEPOSIT = (
    query.where(FILINGS.c.filed_by.not_like(f"{OFFICE}%"))
    for query in _of_dossier(FILINGS.c.number, FILINGS.c.filed_at)
)
LAST_FILED, _ = _of_dossier(FILINGS.c.number, FILINGS.c.filed_at)
SENT = select(Document).where(
    Document.dossier_id == bindparam("dossier"), Document.origin == "answer", Document.purged_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Deposit:
    """When a dossier was deposited, and which time that was."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Filed:
    """One filing: its number (1, then one per correction), when, and what was answered; `by_office`: the office corrected
    a value, the applicant deposited nothing."""

    id: int
    number: int
    version_id: int
    filed_at: datetime
    answers: Mapping[str, Json]
    by_office: bool = False


def file(
    session: Session,
    vault: Vault,
    dossier: Dossier,
    reading: Reading,
    *,
    by: str,
    now: datetime,
    earlier: Deposit | None = None,
) -> Filed:
    """Keep what is asked now, as answered now; `earlier` is the deposit before."""
    kept = reading.kept()
    number = 1 if earlier is None else earlier.number + 1
    plain, sealed = seal_answers(vault, reading.scheme, kept, filing_context(dossier, number))
    row = {"number": number, "version_id": dossier.version_id, "answers": plain, "sealed": sealed}
    row |= {"dossier_id": dossier.id, "filed_at": now, "filed_by": by}
    id = core(session).scalars(ADD, row).one()
    return Filed(id, number, dossier.version_id, now, kept, by.startswith(OFFICE))


def latest(session: Session, vault: Vault, dossier: Dossier) -> Filed | None:
    """The last filing of a dossier; None for a draft."""
    return _filing(session, vault, dossier, None)


def numbered(session: Session, vault: Vault, dossier: Dossier, number: int) -> Filed | None:
    """The filing of that number; None when there is none."""
    return _filing(session, vault, dossier, number)


def deposit(session: Session, dossier: Dossier, number: int | None = None) -> Deposit | None:
    """The last deposit of a dossier by its applicant, or the one of that number; None when there is none."""
    query, which = (LAST_DEPOSIT, {}) if number is None else (DEPOSIT, {"asked": number})
    row = core(session).execute(query, {"dossier": dossier.id, **which}).first()
    return None if row is None else Deposit(row.number, row.filed_at)


def earlier(session: Session, dossier: Dossier) -> Deposit | None:
    """The last filing so far, the office's corrections among them; None for a draft, without a look."""
    if dossier.filed_at is None:
        return None
    row = core(session).execute(LAST_FILED, {"dossier": dossier.id}).first()
    return None if row is None else Deposit(row.number, row.filed_at)


class Named(Protocol):
    """A dossier, or a row that says which."""

    public_id: Any


def filing_context(dossier: Named, number: int) -> str:
    """What the sealed answers of a filing are bound to."""
    return f"filing:{dossier.public_id}:{number}"


def unfiled_documents(
    session: Session, dossier: Dossier, filed: Filed, before: Deposit | None
) -> list[Document]:
    """The applicant's documents sent since the deposit before that this one doesn't name: they were taken
    back, or stand under a field hidden now."""
    named = {str(one["id"]) for answer in filed.answers.values() for one in _documents(answer)}
    sent = session.scalars(SENT, {"dossier": dossier.id})
    return [row for row in sent if (before is None or row.at > before.at) and row.public_id not in named]


def _documents(answer: Json) -> list[dict[str, object]]:
    """The documents an answer names, those in its rows too."""
    items = [item for item in (answer if isinstance(answer, list) else []) if isinstance(item, dict)]
    named = [item for item in items if "media_type" in item]
    inside = (part for item in items if "media_type" not in item for part in item.values())
    return named + [one for part in inside for one in _documents(part)]


def _filing(session: Session, vault: Vault, dossier: Dossier, number: int | None) -> Filed | None:
    query, which = (LATEST, {}) if number is None else (NUMBERED, {"asked": number})
    row = core(session).execute(query, {"dossier": dossier.id, **which}).first()
    if row is None:
        return None
    answers = open_answers(vault, row.answers, row.sealed, filing_context(dossier, row.number))
    by_office = row.filed_by.startswith(OFFICE)
    return Filed(row.id, row.number, row.version_id, row.filed_at, answers, by_office)

"""A filing: the answers as deposited, never changed; a correction makes another one. With it goes what was hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from dossiers.changes.sealing import open_answers, seal_answers
from dossiers.database import Document, Dossier, Filing
from dossiers.outside.vault import Vault
from engine.asked import Reading
from engine.kinds import Json


@dataclass(frozen=True, slots=True)
class Filed:
    """One deposit: its number (1, then one per correction), who made it, when, and what was answered."""

    id: int
    number: int
    version_id: int
    filed_at: datetime
    answers: Mapping[str, Json]


def file(
    session: Session, vault: Vault, dossier: Dossier, reading: Reading, *, by: str, now: datetime
) -> Filed:
    """Keep what is asked now, as answered now."""
    kept = reading.kept()
    last = session.scalar(select(func.max(Filing.number)).where(Filing.dossier_id == dossier.id)) or 0
    number = int(last) + 1
    plain, sealed = seal_answers(vault, reading.scheme, kept, filing_context(dossier, number))
    row = {"number": number, "version_id": dossier.version_id, "answers": plain, "sealed": sealed}
    row |= {"dossier_id": dossier.id, "filed_at": now, "filed_by": by}
    id = session.scalars(insert(Filing).values(row).returning(Filing.id)).one()
    return Filed(id, number, dossier.version_id, now, kept)


def latest(session: Session, vault: Vault, dossier: Dossier) -> Filed | None:
    """The last filing of a dossier; None for a draft."""
    return _filing(session, vault, dossier, None)


def numbered(session: Session, vault: Vault, dossier: Dossier, number: int) -> Filed | None:
    """The filing of that number; None when there is none."""
    return _filing(session, vault, dossier, number)


def last_filed_at(session: Session, dossier: Dossier) -> datetime | None:
    """When the dossier was last deposited; None for a draft."""
    return session.scalar(select(func.max(Filing.filed_at)).where(Filing.dossier_id == dossier.id))


def filing_context(dossier: Dossier, number: int) -> str:
    """What the sealed answers of a filing are bound to."""
    return f"filing:{dossier.public_id}:{number}"


def unfiled_documents(
    session: Session, dossier: Dossier, filed: Filed, since: datetime | None
) -> list[Document]:
    """The applicant's documents sent since the filing before (`since`) that this one doesn't name: they were taken
    back, or stand under a field hidden now."""
    named = {str(one["id"]) for answer in filed.answers.values() for one in _documents(answer)}
    sent = select(Document).where(
        Document.dossier_id == dossier.id, Document.origin == "answer", Document.purged_at.is_(None)
    )
    if since is not None:
        sent = sent.where(Document.at > since)
    return [row for row in session.scalars(sent) if row.public_id not in named]


def _documents(answer: Json) -> list[dict[str, object]]:
    items = answer if isinstance(answer, list) else []
    return [item for item in items if isinstance(item, dict) and "media_type" in item]


def _filing(session: Session, vault: Vault, dossier: Dossier, number: int | None) -> Filed | None:
    query = select(Filing).where(Filing.dossier_id == dossier.id)
    if number is not None:
        query = query.where(Filing.number == number)
    row = session.scalars(query.order_by(Filing.number.desc()).limit(1)).first()
    if row is None:
        return None
    answers = open_answers(vault, row.answers, row.sealed, filing_context(dossier, row.number))
    return Filed(row.id, row.number, row.version_id, row.filed_at, answers)

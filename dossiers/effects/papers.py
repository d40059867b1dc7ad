"""Papers made here, letters and receipts: their PDF in the store, their row among the dossier's documents."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.database import Document, insert_or_ignore
from dossiers.effects.delivery import Attachment
from dossiers.effects.outcome import Done, GiveUp, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office
from renderers.letters import Paper
from renderers.pdf import NotTypeset, pdf

PDF = "application/pdf"


def store_key(job_key: str) -> str:
    """Where the paper of a job is kept: the same place however often the job is run."""
    return f"paper-{hashlib.sha256(job_key.encode()).hexdigest()[:40]}"


def keep(job: Claimed, office: Office, paper: Paper, origin: str, *, number: str = "") -> Outcome:
    """Make the PDF and keep it; the dossier's list of documents shows it once the job is acknowledged."""
    try:
        content = pdf(paper, office.logo, office.settings.fonts)
    except NotTypeset as error:
        return GiveUp(str(error))
    key = office.store.put(content, store_key(job.key))
    row: dict[str, Any] = {
        "public_id": secrets.token_urlsafe(16),
        "dossier_id": job.dossier_id,
        "origin": origin,
    }
    row |= {"field": None, "name": f"{paper.title}.pdf", "media_type": PDF, "size": len(content)}
    row |= {
        "sha256": hashlib.sha256(content).hexdigest(),
        "store_key": key,
        "at": office.clock(),
        "scan": "clean",
        "number": number or None,
    }
    return Done(lambda session: _record(session, row))


def attachment(office: Office, job_key: str) -> Attachment | None:
    """The paper another job made, to go with a mail; None when it is not there (any more)."""
    query = select(Document.name, Document.media_type, Document.store_key).where(
        Document.store_key == store_key(job_key), Document.purged_at.is_(None)
    )
    with office.database.reading() as session:
        row = session.execute(query).first()
    return None if row is None else Attachment(row.name, row.media_type, office.store.get(row.store_key))


def _record(session: Session, row: dict[str, Any]) -> None:
    insert_or_ignore(session, Document, row)

"""What the scanner saw in a document. An infected one is erased at once; a draft no longer counts it as sent."""

from __future__ import annotations

from sqlalchemy import select

from dossiers import jobs, journal
from dossiers.changes.anonymisation import ERASE
from dossiers.database import Document
from dossiers.outside.scanner import Scan
from dossiers.services.desk import Work
from dossiers.services.filling import filling, keep, read
from dossiers.services.opened import Opened, by_id, current_draft
from dossiers.services.taking_out import without
from workflows.lifecycle import SYSTEM


def settle(work: Work, dossier_id: int, public_id: str, seen: Scan) -> None:
    """Write down what was seen; nothing when the document was erased meanwhile."""
    opened = by_id(work, dossier_id)
    query = select(Document).where(Document.public_id == public_id, Document.dossier_id == dossier_id)
    row = work.session.scalar(query.where(Document.purged_at.is_(None)))
    if opened is None or row is None or row.scan != "pending":
        return
    row.scan = seen
    if seen == "infected":
        _erase_content(work, opened, row)
        _take_out_of_draft(work, opened, public_id)


def _erase_content(work: Work, opened: Opened, row: Document) -> None:
    """The row stays, so that whoever sent it is told; what was in it goes."""
    jobs.add(
        work.session,
        ERASE,
        key=f"{ERASE}:infected:{row.public_id}",
        dossier_id=row.dossier_id,
        options={"store_keys": [row.store_key], "parcels": []},
        run_at=work.now,
    )
    journal.record(
        work.session,
        stream=opened.stream,
        actor=SYSTEM,
        action="document_infected",
        at=work.now,
        payload={"document": row.public_id, "field": row.field, "name": row.name, "sha256": row.sha256},
        dossier_id=row.dossier_id,
    )


def _take_out_of_draft(work: Work, opened: Opened, public_id: str) -> None:
    if current_draft(work, opened) is None:
        return
    found = filling(work, opened)
    answers = without(found.answers, public_id)
    if answers != found.answers:
        keep(work, found, read(work, opened, answers), [])

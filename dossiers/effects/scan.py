"""Effect `scan`: a document is looked at for viruses, between two transactions; until then nobody opens it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from dossiers.database import Document
from dossiers.effects.outcome import Done, Outcome, Retry
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.outside.scanner import ScannerDown
from dossiers.outside.store import Missing
from dossiers.services import scanning
from dossiers.services.desk import Desk

AGAIN = timedelta(minutes=2)  # a scanner that is down comes back: the document waits as long as it takes


def run(job: Claimed, office: Office) -> Outcome:
    """Look at the document of the job, and act on what was seen."""
    public_id = job.options["document"]
    waiting = (Document.public_id == public_id, Document.scan == "pending", Document.purged_at.is_(None))
    with office.database.reading() as session:
        key = session.scalar(select(Document.store_key).where(*waiting))
    if key is None:
        return Done()
    try:
        seen = office.scanner.scan(office.store.get(key))
    except Missing:
        return Done()  # erased meanwhile
    except ScannerDown as error:
        return Retry(f"the scanner doesn't answer: {error}", at=office.clock() + AGAIN)
    Desk(office).act(scanning.settle, job.dossier_id, public_id, seen)
    return Done()

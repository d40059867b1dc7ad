"""Erasing documents that belong to no filing."""

from __future__ import annotations

from collections.abc import Iterable

from dossiers import jobs
from dossiers.changes.anonymisation import ERASE
from dossiers.database import Document
from dossiers.services.desk import Work


def erase_documents(work: Work, documents: Iterable[Document]) -> None:
    """Mark documents erased; a job deletes their content, so that a crash in between leaves neither half."""
    for document in documents:
        document.purged_at = work.now
        document.name = ""
        jobs.add(
            work.session,
            ERASE,
            key=f"{ERASE}:{document.public_id}",
            dossier_id=document.dossier_id,
            options={"store_keys": [document.store_key], "parcels": []},
            run_at=work.now,
        )

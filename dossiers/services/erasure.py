"""Erasing: documents that belong to no filing, and drafts nobody finished."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from dossiers import jobs
from dossiers.changes import corrections, drafts, schedule
from dossiers.database import Document, Party
from dossiers.services.desk import Work
from dossiers.services.opened import Opened


def erase_documents(work: Work, documents: Iterable[Document]) -> None:
    """Mark documents erased; a job deletes their content, so that a crash in between leaves neither half."""
    for document in documents:
        document.purged_at = work.now
        document.name = ""
        jobs.add(
            work.session,
            "erase",
            key=f"erase:{document.public_id}",
            dossier_id=document.dossier_id,
            options={"store_key": document.store_key},
            run_at=work.now,
        )


def expire_draft(work: Work, opened: Opened) -> bool:
    """Erase a draft nobody saved for the scheme's `drafts` span; put off when it was saved since. True when erased."""
    dossier, organisation = opened.dossier, work.office.organisation
    draft = drafts.find(work.session, dossier.id)
    if draft is None or dossier.filed_at is not None:
        return False
    last = schedule.draft_ends_on(opened.scheme, organisation, draft.updated_at)
    if last is None:
        return False
    if organisation.end_of(last) > work.now:
        schedule.schedule_draft(work.session, opened.scheme, dossier.id, organisation, draft.updated_at)
        return False
    sent = select(Document).where(Document.dossier_id == dossier.id, Document.purged_at.is_(None))
    erase_documents(work, work.session.scalars(sent))
    corrections.close(work.session, dossier)
    forgotten = {"name": None, "email": None, "phone": None}
    work.session.execute(update(Party).where(Party.dossier_id == dossier.id).values(forgotten))
    dossier.email, dossier.purged_at = "", work.now
    return True

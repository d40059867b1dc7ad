"""Change `empty`: a rehearsal forgets all that was done in it, and keeps who works there and on which schemes, with
what the journal holds of both.

What is outside the database (documents, held mails) is erased by a job put in line in the same transaction.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from dossiers import jobs
from dossiers.changes.anonymisation import ERASE
from dossiers.database import (
    Account,
    Document,
    Job,
    JournalEntry,
    Mail,
    RoleGrant,
    SchemeDraft,
    SchemeRow,
    SchemeVersion,
    SessionRow,
    table_of,
)
from dossiers.sessions import STAFF

STREAMS = ("scheme:", "account:")  # of the journal: those of what is kept
KEPT = frozenset(
    table_of(model) for model in (Account, RoleGrant, SchemeRow, SchemeVersion, SchemeDraft, JournalEntry)
)


def empty(session: Session, now: datetime) -> None:
    """Delete the rows of every table but those of KEPT and the sessions of staff."""
    options = {
        "store_keys": list(session.scalars(select(Document.store_key).where(Document.purged_at.is_(None)))),
        "parcels": list(session.scalars(select(Job.key).join(Mail, Mail.job_id == Job.id))),
    }
    _cut_journal(session)
    for table in reversed(table_of(Job).metadata.sorted_tables):
        if table is table_of(SessionRow):
            session.execute(delete(table).where(SessionRow.kind != STAFF))
        elif table not in KEPT:
            session.execute(delete(table))
    jobs.add(session, ERASE, key=f"{ERASE}:rehearsal:{now.isoformat()}", options=options, run_at=now)


def _cut_journal(session: Session) -> None:
    """Whole streams stay or go, so the chains hold; what stays is sealed anew."""
    stay = or_(*(JournalEntry.stream.startswith(kind) for kind in STREAMS))
    session.execute(delete(JournalEntry).where(~stay).execution_options(synchronize_session=False))
    unsealed = update(JournalEntry).values(seal_id=None)
    session.execute(unsealed.execution_options(synchronize_session=False))

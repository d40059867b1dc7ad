"""A draft opened by its code and its applicant's e-mail address, without waiting for a mail.

Tries are counted for each code typed, real or not, before anything is looked up; the refusal is one, whatever the reason.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Connection

from dossiers import jobs, sessions, throttle
from dossiers.access import Viewer
from dossiers.changes import codes
from dossiers.database import CodeTry, Dossier, Draft, upsert
from dossiers.office import Office
from dossiers.services.desk import Work, preceded_by
from dossiers.services.refusals import Refused
from dossiers.services.views import Session

TRIES = 20  # wrong ones, then the code opens nothing until a mailed link was opened
FROM_ONE_ADDRESS, WINDOW = 60, timedelta(minutes=15)
FOR_ONE_EMAIL = 60
KEPT = timedelta(days=365)  # of a code nobody tries any more


@dataclass(frozen=True, slots=True)
class Opening:
    """A draft opened. `session` is None when the viewer's own session could take it in."""

    public_id: str
    session: Session | None


def _count(
    office: Office, now: datetime, viewer: Viewer, code: str, email: str, address: str, language: str
) -> int:
    """How often this code has been tried, this time included. Raises Refused("throttled")."""
    kinds = ((f"code from:{address}", FROM_ONE_ADDRESS), (f"code for:{_plain(email)}", FOR_ONE_EMAIL))
    counted = [throttle.allow(office, key, limit=limit, window=WINDOW) for key, limit in kinds]
    if not all(counted):  # both are counted, whatever the first says
        raise Refused("throttled", retry_at=now + WINDOW)
    row = {"key": codes.digest_of(office.vault, code), "count": 1, "last_at": now}
    with office.database.writing() as session:
        tried = upsert(session, CodeTry, row, count=CodeTry.count + 1, last_at=now)
        return int(session.execute(tried.returning(CodeTry.count)).scalar_one())


@preceded_by(_count)
def open_draft(
    work: Work, viewer: Viewer, code: str, email: str, address: str, language: str
) -> Opening | None:
    """Open the draft of a code for who knows its e-mail address too; None for any other pair, and for a locked code.

    It opens this draft alone. `address` is where the visitor comes from. Raises Refused("throttled").
    """
    vault = work.office.vault
    digest = codes.digest_of(vault, code)
    query = select(Dossier.id, Dossier.public_id, Dossier.email).join(Draft, Draft.dossier_id == Dossier.id)
    kept = (Draft.code == digest, Dossier.filed_at.is_(None), Dossier.purged_at.is_(None))
    row = work.session.execute(query.where(*kept)).first()
    known = vault.blind_index(row.email if row else "nobody")
    is_right = hmac.compare_digest(known, vault.blind_index(_plain(email))) and row is not None
    if row is None or not is_right or work.prepared > TRIES:
        if row is not None and not is_right and work.prepared == TRIES:
            _tell(work, row.id, row.email, language)
        return None
    unlock(work.session, digest)
    return Opening(row.public_id, _admit(work, viewer, row.id, language))


def unlock_of_address(work: Work, email: str) -> None:
    """Let the codes of an address open its drafts again: whoever reads its mail has just proved it."""
    theirs = select(Draft.code).join(Dossier, Dossier.id == Draft.dossier_id).where(Dossier.email == email)
    work.session.execute(
        delete(CodeTry).where(CodeTry.key.in_(theirs)).execution_options(synchronize_session=False)
    )


def unlock(session: Connection, digest: str) -> None:
    """Forget the tries of a code."""
    session.execute(delete(CodeTry).where(CodeTry.key == digest))


def sweep(session: Connection, now: datetime) -> None:
    """Forget the codes nobody has tried for long."""
    session.execute(delete(CodeTry).where(CodeTry.last_at < now - KEPT))


def _plain(email: str) -> str:
    return email.strip().casefold()[:320]


def _tell(work: Work, dossier_id: int, email: str, language: str) -> None:
    """Tell the applicant that the code is locked; the link of the mail unlocks it."""
    options = {"to": email, "language": language, "dossier_id": dossier_id, "template": "code_locked"}
    key = f"link:locked:{dossier_id}:{work.now.isoformat()}"
    jobs.add(work.session, "link", key=key, dossier_id=dossier_id, options=options, run_at=work.now)


def _admit(work: Work, viewer: Viewer, dossier_id: int, language: str) -> Session | None:
    if viewer.kind == "applicant" and sessions.admit(work.session, viewer.session, dossier_id):
        return None
    opened = sessions.open_applicant(
        work.session, work.office, email=None, dossiers=[dossier_id], language=language, now=work.now
    )
    return Session(opened.token, opened.expires_at)

"""Beginning an application: a draft, its applicant, a session that may see it, and a link by mail a little later."""

from __future__ import annotations

import secrets
from datetime import timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import insert

from dossiers import jobs, sessions
from dossiers.access import Viewer
from dossiers.changes import drafts
from dossiers.changes.drafts import Drafted
from dossiers.database import Dossier, Party, core, table_of
from dossiers.services import publication
from dossiers.services.desk import Work
from dossiers.services.refusals import Refused
from dossiers.services.views import Published, Session, Started

NEW_DOSSIER = insert(table_of(Dossier)).returning(table_of(Dossier).c.id)
NEW_PARTY = insert(table_of(Party))
RESUME_AFTER = timedelta(minutes=10)  # who files within this gets no link: the acknowledgement is enough
APPLICANT = "applicant"


def start(work: Work, viewer: Viewer, slug: str, *, email: str, language: str) -> Started:
    """Begin an application to a scheme. Raises NotFound, Refused("not_open"), Refused("not_an_email").

    The session that begins it may see it, this one only; the address proves itself later, by a link mailed to it.
    """
    published = publication.current(work, slug)
    publication.require_open(work, published.scheme, published.open == "closed")
    address = normal_email(email)
    public_id = secrets.token_urlsafe(16)
    dossier_id = _draft(work, published, public_id, address, language)
    options = {"language": language}
    jobs.add(
        work.session,
        "resume_link",
        key=f"resume:{dossier_id}",
        dossier_id=dossier_id,
        options=options,
        run_at=work.now + RESUME_AFTER,
    )
    return Started(public_id, _admit(work, viewer, dossier_id, language))


def normal_email(typed: str) -> str:
    """An address as it is compared and kept: the domain in lower case, and the whole compared case-blind.

    Raises Refused("not_an_email"). No look-up is made.
    """
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise Refused("not_an_email") from error


def _draft(work: Work, published: Published, public_id: str, email: str, language: str) -> int:
    scheme, session = published.scheme, work.session
    row = {
        "public_id": public_id,
        "scheme_id": published.scheme_id,
        "version_id": published.version_id,
        "state": scheme.workflow.start.id,
        "revision": 0,
        "email": email,
        "language": language if language in scheme.languages else scheme.languages[0],
        "created_at": work.now,
        "state_since": work.now,
    }
    dossier_id: int = core(session).scalars(NEW_DOSSIER, row).one()
    drafts.add(session, dossier_id, Drafted({}, None, [], 1, work.now, None))
    core(session).execute(NEW_PARTY, {"dossier_id": dossier_id, "role": APPLICANT, "email": email})
    return dossier_id


def _admit(work: Work, viewer: Viewer, dossier_id: int, language: str) -> Session | None:
    """Let the viewer's own session see the draft, or open one that does."""
    if viewer.kind == APPLICANT and sessions.admit(work.session, viewer.session, dossier_id):
        return None
    opened = sessions.open_applicant(
        work.session, work.office, email=None, dossiers=[dossier_id], language=language, now=work.now
    )
    return Session(opened.token, opened.expires_at)

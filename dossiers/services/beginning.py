"""Beginning an application: a draft, its applicant, a session that may see it, and a link by mail a little later."""

from __future__ import annotations

from datetime import timedelta

from dossiers.access import Viewer
from email_validator import EmailNotValidError, validate_email

from dossiers import jobs
from dossiers.services import publication
from dossiers.services.desk import Work
from dossiers.services.refusals import Refused
from dossiers.services.views import Started

RESUME_AFTER = timedelta(minutes=10)  # who files within this gets no link: the acknowledgement is enough
APPLICANT = "applicant"


def start(work: Work, viewer: Viewer, slug: str, *, email: str, language: str) -> Started:
    """Begin an application to a scheme. Raises NotFound, Refused("not_open"), Refused("not_an_email").

    The session that begins it may see it, this one only; the address proves itself later, by a link mailed to it.
    """
    published = publication.current(work, slug)
    publication.require_open(work, published.scheme, published.open == "closed")
    address = normal_email(email)
    dossier = _draft(work, published, address, language)
    options = {"language": language}
    jobs.add(
        work.session,
        "resume_link",
        key=f"resume:{dossier.id}",
        dossier_id=dossier.id,
        options=options,
        run_at=work.now + RESUME_AFTER,
    )
    return Started(dossier.public_id, _admit(work, viewer, dossier, language))


def normal_email(typed: str) -> str:
    """An address as it is compared and kept: the domain in lower case, and the whole compared case-blind.

    Raises Refused("not_an_email"). No look-up is made.
    """
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise Refused("not_an_email") from error

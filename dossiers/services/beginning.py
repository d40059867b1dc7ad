"""Beginning an application: a draft, its applicant, a session that may see it, and a link by mail a little later."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from dossiers import jobs, sessions
from dossiers.access import Viewer
from dossiers.changes import codes, drafts, facts
from dossiers.changes.corrections import draft_context
from dossiers.changes.drafts import Drafted
from dossiers.changes.sealing import seal_answers
from dossiers.database import Dossier, Party, core, insert_new, table_of
from dossiers.services import prefilling, publication
from dossiers.services.desk import Work
from dossiers.services.draft_views import Begun
from dossiers.services.prefilling import Taken
from dossiers.services.refusals import Refused
from dossiers.services.views import Published, Session, Started
from engine.language import Scheme

NEW_PARTY = insert(table_of(Party))
RESUME_AFTER = timedelta(minutes=10)  # who files within this gets no link: the acknowledgement is enough
TWICE = timedelta(
    minutes=5
)  # within this, the same button of the same page pressed again is the same beginning
APPLICANT = "applicant"


def start(
    work: Work,
    viewer: Viewer,
    slug: str,
    *,
    email: str,
    language: str,
    link: str = "",
    renews: str = "",
    once: str = "",
) -> Started:
    """Begin an application to a scheme. Raises NotFound, Refused("not_open"), Refused("not_an_email").

    `link` holds answers given beforehand, sealed (Refused("link_spoilt")); `renews` is the public id of the viewer's own
    earlier dossier.
    The session that begins it may see it, this one only; the address proves itself later, by a link mailed to it. Who has
    a draft there already for this address, in this session, is led to it, unless the scheme allows several. `once` is the
    page's own secret: pressed twice, its button begins one application.
    """
    published = publication.current(work, slug)
    publication.require_open(work, published.scheme, published.open == "closed")
    address = normal_email(email)
    if not published.scheme.several and (begun := _begun(work, viewer, published, address)) is not None:
        return Started(begun, None)
    begun_from, taken = _given(work, viewer, published, link, renews)
    public_id = _of_this_press(work, slug, address, once) if once else _unguessable()
    dossier_id = _new_draft(work, published, public_id, address, language, begun_from)
    if dossier_id is None:
        return _pressed_twice(work, viewer, public_id, language) or start(
            work, viewer, slug, email=email, language=language, link=link, renews=renews
        )
    if taken is not None:
        _give(work, published.scheme, _Begun(dossier_id, public_id), begun_from or "", taken)
    _mail_link(work, dossier_id, language)
    return Started(public_id, _admit(work, viewer, dossier_id, language))


def _mail_link(work: Work, dossier_id: int, language: str) -> None:
    """Put the link to come back in line, a little later."""
    jobs.add(
        work.session,
        "resume_link",
        key=f"resume:{dossier_id}",
        dossier_id=dossier_id,
        options={"language": language},
        run_at=work.now + RESUME_AFTER,
    )


def _unguessable() -> str:
    return secrets.token_urlsafe(16)


def _of_this_press(work: Work, slug: str, address: str, once: str) -> str:
    """The public id of what one page begins for one address: the same however often its button is pressed."""
    digest = work.office.vault.blind_index(f"begin:{slug}:{address}:{once}")
    return urlsafe_b64encode(bytes.fromhex(digest)[:16]).decode().rstrip("=")


def _pressed_twice(work: Work, viewer: Viewer, public_id: str, language: str) -> Started | None:
    """The draft the press before began, for whoever holds the page's secret; None once it is older or filed."""
    row = work.session.execute(select(Dossier).where(Dossier.public_id == public_id)).scalar_one()
    if row.filed_at or row.purged_at or row.created_at < work.now - TWICE:
        return None
    return Started(public_id, _admit(work, viewer, row.id, language))


@dataclass(slots=True)
class _Begun:
    """The row of a draft that was just begun, as far as what is kept beside it needs to know it."""

    id: int
    public_id: str
    filed_at: datetime | None = None


def _given(
    work: Work, viewer: Viewer, published: Published, link: str, renews: str
) -> tuple[str | None, Taken | None]:
    """What is given beforehand, and by what: an earlier dossier goes before a link."""
    if renews:
        taken, reference = prefilling.renewed(work, viewer, published.scheme, renews)
        return reference or prefilling.RENEWAL, taken
    if not link:
        return None, None
    given = prefilling.unsealed(work.office.vault, published.scheme.id, link, work.now)
    return prefilling.LINK, prefilling.take(published.scheme, given, work.now, work.office.organisation)


def _give(work: Work, scheme: Scheme, begun: _Begun, source: str, taken: Taken) -> None:
    """Put the answers into the draft, and keep beside it what was given."""
    context = draft_context(begun)
    plain, sealed = seal_answers(work.office.vault, scheme, taken.answers, context)
    drafts.save(
        work.session,
        begun.id,
        Drafted(plain, sealed, [], 1, work.now, None, code=_code(work, begun.public_id)),
    )
    facts.add(work.session, work.office.vault, begun, [prefilling.as_kept(taken, source, work.now)])


def drafts_of(work: Work, viewer: Viewer, slug: str) -> tuple[Begun, ...]:
    """The drafts this viewer has in a scheme, the one begun last first; none for a stranger."""
    if viewer.kind != APPLICANT:
        return ()
    query = _theirs(viewer, publication.current(work, slug).scheme_id)
    return tuple(Begun(row.public_id, row.created_at) for row in work.session.execute(query))


def _begun(work: Work, viewer: Viewer, published: Published, address: str) -> str | None:
    """The draft this viewer has begun already for this address, if any: a stranger is never told of one."""
    if viewer.kind != APPLICANT:
        return None
    query = _theirs(viewer, published.scheme_id).where(Dossier.email == address).limit(1)
    return work.session.scalar(query)


def _theirs(viewer: Viewer, scheme_id: int) -> Any:
    theirs: Any = Dossier.id.in_(viewer.dossiers)
    if viewer.email:
        theirs = theirs | (Dossier.email == viewer.email)
    draft = (Dossier.scheme_id == scheme_id, Dossier.filed_at.is_(None), Dossier.purged_at.is_(None))
    return select(Dossier.public_id, Dossier.created_at).where(theirs, *draft).order_by(Dossier.id.desc())


def _code(work: Work, public_id: str) -> str:
    vault = work.office.vault
    return codes.digest_of(vault, codes.code_of(vault, public_id))


def normal_email(typed: str) -> str:
    """An address as it is compared and kept: the domain in lower case, and the whole compared case-blind.

    Raises Refused("not_an_email"). No look-up is made.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise Refused("not_an_email") from error


def begin_draft(
    work: Work, published: Published, email: str, language: str, begun_from: str | None = None
) -> tuple[str, int]:
    """A new draft of a scheme, with its applicant: its public id and its row."""
    public_id = _unguessable()
    dossier_id = _new_draft(work, published, public_id, email, language, begun_from)
    assert dossier_id is not None, "nobody draws the same id twice"
    return public_id, dossier_id


def _new_draft(
    work: Work, published: Published, public_id: str, email: str, language: str, begun_from: str | None
) -> int | None:
    """The row of a new draft; None when there is one of this id already."""
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
        "begun_from": begun_from,
    }
    dossier_id: int | None = insert_new(session, Dossier, row)
    if dossier_id is None:
        return None
    code = _code(work, public_id)
    drafts.add(session, dossier_id, Drafted({}, None, [], 1, work.now, None, code=code))
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

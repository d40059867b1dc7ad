"""Links by mail, the applicant's way back without a password. Whatever is asked, the answer tells nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from dossiers import jobs, sessions, throttle
from dossiers.access import Viewer
from dossiers.database import Dossier, KeptTyping, Link, Party
from dossiers.office import Office
from dossiers.services import codes, parties
from dossiers.services.beginning import normal_email
from dossiers.services.desk import Work, preceded_by
from dossiers.services.opened import for_applicant
from dossiers.services.refusals import Refused
from dossiers.services.views import Session
from engine.language.model import APPLICANT

PASSWORD = "password"  # the purpose of a link by which staff choose one: it opens no dossier
ASKED_AT_MOST, WINDOW = 3, timedelta(minutes=15)  # mails to one address


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link opened: the session it gives, the dossier it was about, if about one, and the handle of what its applicant
    had typed there when their session ended."""

    session: Session
    public_id: str | None
    kept: str | None = None


def _count_address(office: Office, now: datetime, email: str, language: str) -> bool:
    """Whether this address may be written to again; counted whether it is known or not."""
    return may_write(office, normal_email(email))


def may_write(office: Office, address: str) -> bool:
    """Count one mail to an address, or about `dossier:ID`; whether it may be sent."""
    return throttle.allow(office, f"link:{address}", limit=ASKED_AT_MOST, window=WINDOW)


@preceded_by(_count_address)
def mail_link(work: Work, email: str, language: str) -> None:
    """Mail a link to all the dossiers of an address.

    Says nothing of whether there are any, nor of having written too often. Raises Refused("not_an_email").
    """
    address = normal_email(email)
    named = select(Party.dossier_id).where(Party.email == address, Party.invited_at.is_not(None))
    theirs = (Dossier.email == address) | Dossier.id.in_(named)
    known = select(Dossier.id).where(theirs, Dossier.purged_at.is_(None)).limit(1)
    if work.prepared and work.session.scalar(known) is not None:
        queue(work, address, language, None)


def _count_viewer(office: Office, now: datetime, viewer: Viewer, public_id: str) -> bool:
    return may_write(office, f"dossier:{public_id}")


@preceded_by(_count_viewer)
def mail_resume(work: Work, viewer: Viewer, public_id: str) -> None:
    """Mail a link to this dossier: to the address it was begun with, or to that of the party who asks. Raises NotFound."""
    opened = for_applicant(work, viewer, public_id)
    dossier = opened.dossier
    if work.prepared:
        to = dossier.email if opened.party == APPLICANT else viewer.email
        queue(work, to, viewer.language, dossier.id)


def open_link(work: Work, token: str) -> OpenedLink:
    """Open a session for who holds a mailed link: all the dossiers of its address. Raises Refused("link_expired").

    A link opens once; the address is proven by it.
    """
    query = select(Link).where(Link.token_hash == sessions.digest(token)).with_for_update()
    link = work.session.scalar(query)
    if link is None or link.purpose == PASSWORD or link.used_at is not None or link.expires_at <= work.now:
        raise Refused("link_expired")
    link.used_at = work.now
    work.session.flush()
    parties.verify_address(work, link.email, work.now)
    codes.unlock_of_address(work, link.email)
    dossier = work.session.get(Dossier, link.dossier_id) if link.dossier_id is not None else None
    opened = sessions.open_applicant(
        work.session,
        work.office,
        email=link.email,
        dossiers=(),
        language=dossier.language if dossier else "fr",
        now=work.now,
    )
    given = Session(opened.token, opened.expires_at)
    if dossier is None:
        return OpenedLink(given, None)
    mine = dossier.email == link.email  # what was typed is the applicant's own, not another party's
    return OpenedLink(given, dossier.public_id, _kept(work, dossier) if mine else None)


def _kept(work: Work, dossier: Dossier) -> str | None:
    """The handle of what was typed last on a dossier after its session's end."""
    live = select(KeptTyping.public_id).where(
        KeptTyping.dossier_id == dossier.id, KeptTyping.expires_at > work.now
    )
    return work.session.scalar(live.order_by(KeptTyping.created_at.desc()).limit(1))


def queue(work: Work, address: str, language: str, dossier_id: int | None) -> None:
    """Put the mail with a link in line: to one dossier, or to all those of the address."""
    options: dict[str, Any] = {"to": address, "language": language, "dossier_id": dossier_id}
    about = work.office.vault.blind_index(address)[:32]
    key = f"link:{about}:{dossier_id or 'all'}:{work.now.isoformat()}"
    jobs.add(work.session, "link", key=key, dossier_id=dossier_id, options=options, run_at=work.now)

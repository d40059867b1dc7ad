"""A deposit typed by an agent for somebody, by telephone, from a paper or at the counter; and its owner's way to it later.

The agent fills in the same form, in an applicant's session opened for this dossier alone: it ends with the deposit, so
that what was typed can't be read back beside what the agent's roles may see.
"""

from __future__ import annotations

from sqlalchemy import select, update

from dossiers import access, journal, sessions
from dossiers.access import Viewer
from dossiers.database import Account, Dossier, Party
from dossiers.services import links, publication
from dossiers.services.beginning import begin_draft, normal_email
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, for_staff, roles_in
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of, require
from dossiers.services.views import Published, Session, Started
from engine.language.model import APPLICANT, Scheme
from workflows.lifecycle import Actor

FILE_FOR = "file_for"
CHANNELS = ("phone", "paper", "counter")


def may_file_for(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether one of the viewer's roles lets them type an application for somebody."""
    return access.may(viewer, FILE_FOR, scheme)


def page(work: Work, viewer: Viewer, slug: str) -> Published:
    """The scheme an application may be typed for. Raises NotFound unless the viewer may."""
    published = publication.current(work, slug)
    if not roles_in(viewer, slug) or not may_file_for(viewer, published.scheme):
        raise NotFound("scheme")
    return published


def start(work: Work, viewer: Viewer, slug: str, *, email: str, channel: str) -> Started:
    """Begin an application for somebody, who may have no e-mail address ("").

    Raises NotFound, Refused: not_open, not_an_email, which_channel.
    """
    published = page(work, viewer, slug)
    publication.require_open(work, published.scheme, published.open == "closed")
    if channel not in CHANNELS:
        raise Refused("which_channel")
    address = normal_email(email) if email.strip() else ""
    public_id, dossier_id = begin_draft(work, published, address, viewer.language)
    typed = {"channel": channel, "typed_by": str(viewer.account_id)}
    work.session.execute(update(Dossier).where(Dossier.id == dossier_id).values(typed))
    opened = sessions.open_applicant(
        work.session,
        work.office,
        email=None,
        dossiers=[dossier_id],
        language=viewer.language,
        now=work.now,
    )
    return Started(public_id, Session(opened.token, opened.expires_at))


def typist(work: Work, opened: Opened) -> Actor:
    """The agent who types a dossier, as who acts in its applicant's place. Raises Refused("not_allowed") when they may
    no longer."""
    account_id = int(opened.dossier.typed_by or 0)
    viewer = access.staff(work.session, account_id, opened.dossier.language)
    if not may_file_for(viewer, opened.scheme):
        raise Refused("not_allowed", verb=FILE_FOR)
    return Actor("applicant", str(account_id), viewer.name)


def name_of(work: Work, opened: Opened) -> str:
    """The name of the agent who typed a dossier; "" for one its applicant typed."""
    if opened.dossier.typed_by is None:
        return ""
    query = select(Account.name).where(Account.id == int(opened.dossier.typed_by))
    return str(work.session.scalar(query) or "")


def give_address(work: Work, viewer: Viewer, public_id: str, *, email: str) -> None:
    """Give a dossier typed for somebody the address of its owner, who is mailed the link to it.

    Raises NotFound, Refused: not_allowed, not_an_email, not_editable once the owner of an address has come.
    """
    opened = for_staff(work, viewer, public_id, lock=True)
    require(viewer, opened, FILE_FOR)
    dossier, address = opened.dossier, normal_email(email)
    theirs = (Party.dossier_id == dossier.id, Party.role == APPLICANT)
    come = work.session.scalar(select(Party.verified_at).where(*theirs))
    if dossier.channel is None or dossier.purged_at is not None or come is not None:
        raise Refused("not_editable")
    dossier.email = address
    work.session.execute(update(Party).where(*theirs).values(email=address))
    links.queue(work, address, dossier.language, dossier.id)
    journal.record(
        work.session,
        stream=opened.stream,
        actor=actor_of(viewer, opened.slug),
        action="address_given",
        at=work.now,
        dossier_id=dossier.id,
    )

"""Writing to each other about a dossier: who may, with which files, from which text written beforehand, read by whom."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.access import Viewer
from dossiers.services import attachments, correspondence, uploads
from dossiers.services.campaign_views import Campaign, Happened
from dossiers.services.cases import load
from dossiers.services.desk import Work, preceded_by
from dossiers.services.opened import Opened, for_applicant, for_staff
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.snapshot import Act, values
from dossiers.services.staff import actor_of, permitted, require
from dossiers.services.uploads import Upload
from engine.language.model import APPLICANT
from renderers import mails
from renderers.links import Links
from workflows.lifecycle import Actor

WRITE = "message"


@preceded_by(attachments.received, undo=uploads.take_back)
def from_office(
    work: Work, viewer: Viewer, public_id: str, *, body: str, files: Sequence[Upload] = ()
) -> None:
    """Write to the applicant, who is told by mail.

    Raises NotFound, Refused: not_allowed, messages_closed, empty, too_long; Unkept for a file that can't be taken.
    """
    opened = permitted(work, viewer, public_id, WRITE)
    sent = work.prepared[attachments.NAME]
    correspondence.from_office(work, opened, actor_of(viewer, opened.slug), body, sent)


@preceded_by(attachments.received, undo=uploads.take_back)
def from_applicant(
    work: Work, viewer: Viewer, public_id: str, *, body: str, files: Sequence[Upload] = ()
) -> None:
    """Write to the office. Raises as `from_office`; NotFound for a party: messages are the applicant's.

    Raises Refused("not_editable") for a draft.
    """
    opened = for_applicant(work, viewer, public_id, lock=True)
    if opened.party != APPLICANT:
        raise NotFound("dossier")
    if opened.dossier.filed_at is None:
        raise Refused("not_editable")
    correspondence.from_applicant(work, opened, body, work.prepared[attachments.NAME])


def seen_by_applicant(work: Work, viewer: Viewer, public_id: str) -> None:
    """The applicant is being shown the messages of the office. Raises NotFound."""
    opened = for_applicant(work, viewer, public_id)
    if opened.party == APPLICANT:
        correspondence.mark_read(work, opened.dossier.id, "out")


def seen_by_office(work: Work, opened: Opened, may: frozenset[str]) -> None:
    """Somebody who may answer them is being shown the applicant's messages."""
    if WRITE in may:
        correspondence.mark_read(work, opened.dossier.id, "in")


def written(work: Work, viewer: Viewer, public_id: str, name: str) -> str:
    """A message written beforehand, filled in for this dossier in its language, to be changed before it is sent.

    Raises NotFound for one the scheme doesn't have, Refused("not_allowed").
    """
    opened = for_staff(work, viewer, public_id)
    require(viewer, opened, WRITE)
    if name not in opened.scheme.messages or opened.dossier.purged_at is not None:
        raise NotFound("message")
    return filled_in(work, opened, actor_of(viewer, opened.slug), name)


def filled_in(work: Work, opened: Opened, actor: Actor, name: str) -> str:
    """A message of the scheme with what is known of a dossier, as plain text."""
    case, office = load(work, opened), work.office
    found = values(work, case, Act(actor), None, ())
    return mails.message(
        opened.scheme,
        name,
        opened.dossier.language,
        found,
        organisation=office.organisation,
        links=Links(office.settings.base_url),
    )


def write_one(work: Work, campaign: Campaign, opened: Opened) -> Happened:
    """Write to one applicant, in the name of who asked. Raises Refused("messages_closed")."""
    if opened.dossier.filed_at is None:
        return Happened(skipped="draft")
    name = str(campaign.options["beforehand"])
    if name and name not in opened.scheme.messages:
        return Happened(skipped="no_such_message")  # an older version, which hasn't that text
    by = campaign.asked_by
    body = filled_in(work, opened, by, name) if name else str(campaign.options["body"])
    correspondence.from_office(work, opened, by, body)
    return Happened({"mailed": bool(opened.dossier.email)})

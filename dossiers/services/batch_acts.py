"""One dossier of a batch: the action done by the very service that does a single one, in the name of who asked for it."""

from __future__ import annotations

from dossiers import access
from dossiers.access import Viewer
from dossiers.services import casework
from dossiers.services.campaign_views import Campaign, Happened
from dossiers.services.desk import Work
from dossiers.services.fired import FormRejected
from dossiers.services.opened import Opened, require_reach
from dossiers.services.refusals import NotFound, Refused

LANGUAGE = "fr"  # nobody reads a page here


def act_on(work: Work, campaign: Campaign, opened: Opened) -> Happened:
    """Do the batch's action on one dossier, with the roles its doer has now. Raises what a single act is refused with, and
    out_of_reach (they may not see it any more), form_rejected (what was given doesn't fit this dossier)."""
    options, viewer = campaign.options, doer(work, campaign)
    try:
        require_reach(work, viewer, opened)
        done = casework.fire_on(
            work,
            viewer,
            opened,
            options["action"],
            comment=options["comment"],
            form=options["form"],
            batch=_told(campaign),
        )
    except NotFound as missing:
        raise Refused("out_of_reach") from missing
    if isinstance(done, FormRejected):
        raise Refused("form_rejected")
    return Happened({"state": done.target})


def doer(work: Work, campaign: Campaign) -> Viewer:
    """Who does it, with their account and roles as they are at this moment."""
    return access.staff(work.session, int(campaign.doer.id), LANGUAGE)


def _told(campaign: Campaign) -> dict[str, str]:
    """What the dossier's journal says of it."""
    return {"batch": campaign.public_id} | ({"list": campaign.list_number} if campaign.list_number else {})

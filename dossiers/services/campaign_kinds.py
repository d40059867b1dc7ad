"""What each kind of campaign does to one dossier, and what is kept of a refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dossiers.services import publication
from dossiers.services.batch_acts import act_on
from dossiers.services.campaign_views import Campaign, Kind, OneDossier
from dossiers.services.desk import Work
from dossiers.services.hands import hands
from dossiers.services.messaging import write_one
from dossiers.services.moving import move_one
from dossiers.services.reexamining import re_examine
from dossiers.services.refusals import Refused
from workflows.funding import budget_of, may_take

KINDS: dict[Kind, OneDossier] = {
    "migration": move_one,
    "reexamination": re_examine,
    "batch": act_on,
    "list": act_on,
    "message": write_one,
}
# between two rounds of what must not leave at once
PAUSES: dict[Kind, timedelta] = {"message": timedelta(minutes=1)}
ALONE: tuple[Kind, ...] = ("migration", "reexamination")  # one of these at a time in a scheme
KEPT = (
    "did",
    "fields",
    "state",
    "items",
)  # names of the scheme: what an item may keep says nothing of answers


def jobs_of(work: Work, campaign: Campaign) -> int:
    """How many jobs share a campaign. One: of what must not leave at once; and where money may be set apart, so that who is
    first in line has it."""
    if campaign.kind in PAUSES:
        return 1
    scheme = publication.current(work, campaign.slug).scheme
    if budget_of(scheme) is None:
        return hands(work)
    action = str(campaign.options.get("action"))
    return 1 if action not in scheme.workflow.actions or may_take(scheme, action) else hands(work)


def told_of(refused: Refused) -> dict[str, Any]:
    """What an item keeps of a refusal besides its code: names of the scheme, never what somebody answered."""
    kept = {name: refused.params[name] for name in KEPT if name in refused.params}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}

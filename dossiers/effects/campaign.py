"""Effect `campaign`: goes on with a campaign for a while, then lets other work through. Each dossier is an act of its own;
several of these jobs share one campaign (see `campaign_kinds.jobs_of`)."""

from __future__ import annotations

from dossiers.effects.outcome import Done, GoesOn, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services import campaigns
from dossiers.services.campaign_views import Stepped
from dossiers.services.desk import Desk

STEPS = 50  # dossiers done before mails and letters that wait have their turn


def run(job: Claimed, office: Office) -> Outcome:
    """Go on with the campaign `id`."""
    desk = Desk(office)
    campaign = desk.read(campaigns.known, job.options["id"])
    for _ in range(STEPS):
        stepped = desk.act(campaigns.step, campaign)
        if stepped is not Stepped.DONE:
            break
    if stepped is Stepped.OVER:
        return Done()
    return GoesOn(office.clock() + campaigns.pause(campaign, stepped))

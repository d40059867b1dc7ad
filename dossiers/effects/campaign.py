"""Effect `campaign`: goes on with a campaign for a while, then lets other work through. Each dossier is an act of its own."""

from __future__ import annotations

from dossiers.effects.outcome import Done, Outcome, Retry
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services import campaigns
from dossiers.services.desk import Desk

STEPS = 50  # dossiers done before mails and letters that wait have their turn


def run(job: Claimed, office: Office) -> Outcome:
    """Go on with the campaign `id`."""
    desk = Desk(office)
    for _ in range(STEPS):
        if not desk.act(campaigns.step, job.options["id"]):
            return Done()
    return Retry("it goes on", at=office.clock() + desk.read(campaigns.pause, job.options["id"]))

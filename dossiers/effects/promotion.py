"""Effect `promote`: takes dossiers out of the waiting list of an envelope, in their order, as long as there is money."""

from __future__ import annotations

from dossiers.effects.outcome import Done, GoesOn, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services.desk import Desk
from dossiers.services.promotion import promote_first

STEPS = 50  # dossiers taken out before other work has its turn


def run(job: Claimed, office: Office) -> Outcome:
    """Go through the list of the envelope `envelope_id`; each dossier is an act of its own."""
    desk = Desk(office)
    for _ in range(STEPS):
        if not desk.act(promote_first, job.options["envelope_id"]):
            return Done()
    return GoesOn(office.clock())

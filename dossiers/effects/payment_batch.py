"""Effect `pay_batch`: notes the payments of a batch the bank has paid. Each dossier is an act of its own."""

from __future__ import annotations

from dossiers.effects.outcome import Done, GoesOn, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services.desk import Desk
from dossiers.services.payment_noting import pay_next

STEPS = 50  # dossiers done before other work has its turn


def run(job: Claimed, office: Office) -> Outcome:
    """Go on with the batch `batch_id`: with the dossiers that fall to the `share` of this job, `of` so many."""
    desk, share, of = Desk(office), job.options.get("share", 0), job.options.get("of", 1)
    for _ in range(STEPS):
        if not desk.act(pay_next, job.options["batch_id"], share, of):
            return Done()
    return GoesOn(office.clock())

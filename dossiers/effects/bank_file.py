"""Effect `bank_file`: notes what a file of the bank says. Each line is an act of its own."""

from __future__ import annotations

from dossiers.effects.outcome import Done, GoesOn, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services.bank_noting import note_next
from dossiers.services.desk import Desk

STEPS = 50  # lines noted before other work has its turn


def run(job: Claimed, office: Office) -> Outcome:
    """Go on with the file `file_id`: with the lines that fall to the `share` of this job, `of` so many."""
    desk, share, of = Desk(office), job.options.get("share", 0), job.options.get("of", 1)
    for _ in range(STEPS):
        if not desk.act(note_next, job.options["file_id"], share, of):
            return Done()
    return GoesOn(office.clock())

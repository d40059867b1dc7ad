"""Effect `deadline`: a day has come. The act reads everything again, and does nothing that is no longer due."""

from __future__ import annotations

from dossiers.effects.outcome import Done, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services.deadlines import fire
from dossiers.services.desk import Desk

KIND = "deadline"


def key(deadline_id: int) -> str:
    """The key of the job that fires a deadline."""
    return f"{KIND}:{deadline_id}"


def run(job: Claimed, office: Office) -> Outcome:
    """Fire the deadline `deadline_id`."""
    Desk(office).act(fire, job.options["deadline_id"])
    return Done()

"""Effect `look_up`: what no source had said when an application was filed is asked again, until it is known."""

from __future__ import annotations

from dossiers.effects.outcome import Done, Outcome, Retry
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services.desk import Desk
from dossiers.services.looking_again import look_again


def run(job: Claimed, office: Office) -> Outcome:
    """Look again; a source that is still silent is asked later."""
    assert job.dossier_id is not None
    silent = Desk(office).act(look_again, job.dossier_id)
    return Retry("; ".join(silent)) if silent else Done()

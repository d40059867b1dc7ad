"""Effect `anonymise`: the time of a dossier is over. The act reads everything again, and does nothing when it isn't."""

from __future__ import annotations

from datetime import timedelta

from dossiers.changes.anonymisation import StillAtWork
from dossiers.effects.outcome import Done, Outcome, Retry
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services import retention
from dossiers.services.desk import Desk
from dossiers.services.retention import Due

KIND = "anonymise"
LATER = timedelta(minutes=5)


def key(due: Due) -> str:
    """The key of the job that anonymises a dossier: another one when its end is put off."""
    return f"{KIND}:{due.dossier_id}:{due.on.isoformat()}"


def run(job: Claimed, office: Office) -> Outcome:
    """Anonymise the dossier of the job."""
    try:
        Desk(office).act(retention.anonymise, job.dossier_id)
    except StillAtWork:
        return Retry("another job about this dossier is being done", at=office.clock() + LATER)
    return Done()

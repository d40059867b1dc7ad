"""Effect `erase`: what an act erased in the database goes outside it too: documents in the store, mails in the folder."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from dossiers.database import Job
from dossiers.effects.outcome import Done, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.outside.post import OutboxFolder


def run(job: Claimed, office: Office) -> Outcome:
    """Delete the contents under `store_keys`, and our copies of the mails named by `parcels`; what is gone is gone."""
    for key in job.options["store_keys"]:
        office.store.remove(key)
    outbox = OutboxFolder(office.settings.outbox)  # mails may be there from before a mail server was set
    for key in job.options["parcels"]:
        outbox.forget(key)
    return Done(lambda session: _forget_names(session, job))


def _forget_names(session: Session, job: Claimed) -> None:
    """The name of a mail may hold its address."""
    emptied = update(Job).where(Job.id == job.id).values(options={})
    session.execute(emptied.execution_options(synchronize_session=False))

"""Effect `erase`: the content of a document that was taken back, or whose time is over."""

from __future__ import annotations

from dossiers.effects.outcome import Done, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office


def run(job: Claimed, office: Office) -> Outcome:
    """Delete what is under `store_key`; what is gone already is gone."""
    office.store.remove(job.options["store_key"])
    return Done()

"""When the applicant came to know of the decision in force: kept once, told to the office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dossiers import journal
from dossiers.access import Viewer
from dossiers.services.cases import Entry
from dossiers.services.cases import entries as every_entry
from dossiers.services.desk import Work
from dossiers.services.in_force import Decided, decided
from dossiers.services.opened import actor_of_party, for_applicant
from engine.language.model import APPLICANT

READ = "decision_read"

__all__ = ["READ", "Decided", "decided", "note_read", "read_at"]


def read_at(found: Decided | None, entries: Iterable[Entry]) -> datetime | None:
    """When the applicant first opened a decision: from then on they can be held to know it."""
    if found is None:
        return None
    since = found.entry.at
    return next((entry.at for entry in entries if entry.action == READ and entry.at >= since), None)


def note_read(work: Work, viewer: Viewer, public_id: str) -> None:
    """Keep that the applicant has opened the decision: once for each decision. Raises NotFound.

    A party reads it too, but it is the applicant who is notified.
    """
    opened = for_applicant(work, viewer, public_id, lock=True)
    known = every_entry(work, opened)
    found = decided(work, opened, known)
    if opened.party != APPLICANT or found is None or read_at(found, known) is not None:
        return
    journal.record(
        work.session,
        stream=opened.stream,
        actor=actor_of_party(opened),
        action=READ,
        at=work.now,
        payload={"outcome": found.outcome},
        dossier_id=opened.dossier.id,
    )

"""The decision in force of a dossier, found in what the journal tells of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dossiers import journal
from dossiers.access import Viewer
from dossiers.changes import amounts
from dossiers.services.cases import Entry
from dossiers.services.cases import entries as every_entry
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, actor_of_party, for_applicant
from engine.language.model import APPLICANT

READ = "decision_read"


@dataclass(frozen=True, slots=True)
class Decided:
    """How a dossier was decided (`outcome`), and the entry of the journal that says so."""

    outcome: Literal["granted", "refused"]
    entry: Entry


def decided(work: Work, opened: Opened, entries: Iterable[Entry]) -> Decided | None:
    """That of the last state that carries one, unless the dossier left it to be examined again."""
    states = opened.scheme.workflow.states
    found: Decided | None = None
    for entry in entries:
        if entry.target is None:
            continue
        state = states[entry.target]
        if state.decision is not None:
            found = found if found and found.outcome == state.decision else Decided(state.decision, entry)
        elif found and state.kind != "end" and not amounts.outstanding(work.session, opened.dossier):
            found = None
    return found


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

"""The decision in force of a dossier, found in the moves it made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from dossiers.changes import amounts
from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from engine.language import Scheme
from workflows.payment import suspends

if TYPE_CHECKING:
    from dossiers.services.cases import Entry


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


def suspended_since(scheme: Scheme, entries: Iterable[Entry]) -> datetime | None:
    """When the payment of a grant that stands was stopped; None where it wasn't, or goes on."""
    found: datetime | None = None
    for entry in entries:
        if entry.target is not None and entry.source != entry.target:
            known = entry.source in scheme.workflow.states  # an older version may have had others
            stops = known and suspends(scheme, entry.source or "", entry.target)
            found = entry.at if stops else None
    return found

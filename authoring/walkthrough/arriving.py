"""A dossier of a scenario that comes to a state: what time will bring it there, and what goes on where it only moved inside a
state with parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from engine.asked import Reading
from engine.kinds import Json
from engine.language.model import Workflow
from workflows import deadlines
from workflows.deadlines import Due
from workflows.legal_clock import LegalClock
from workflows.parts import remains_in


def tasks_kept(workflow: Workflow, source: str, target: str) -> frozenset[str]:
    """The tasks that stay done: those of the state with parts that the dossier doesn't leave."""
    outer = remains_in(workflow, source, target)
    return frozenset(workflow.states[outer].tasks) if outer else frozenset()


def dues(
    reading: Reading,
    waiting: Sequence[Due],
    source: str,
    target: str,
    now: datetime,
    clock: LegalClock,
    form: Mapping[str, Json],
) -> tuple[Due, ...]:
    """What the dossier waits for from now on, earliest first."""
    scheme, organisation = reading.scheme, reading.organisation
    chosen = deadlines.chosen_days(scheme, target, form)
    begun = deadlines.on_arrival(scheme, target, now, organisation, clock, chosen, came_from=source)
    kept = deadlines.going_on(scheme.workflow, source, target)
    lasting = (due for due in waiting if (due.kind, due.name) in kept)
    return tuple(sorted((*lasting, *begun), key=lambda due: (due.at, due.name, due.kind)))

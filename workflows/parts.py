"""Moves inside a state that has parts: what it began when the dossier came to it goes on while the dossier is in any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from engine.language.model import Workflow
from workflows.legal_clock import Stay


def outermost(workflow: Workflow, state: str) -> str:
    """The state a part is in; a state that is no part is its own."""
    return workflow.around(state)[-1]


def in_order(workflow: Workflow) -> tuple[str, ...]:
    """The states in the scheme's order, each followed by its parts."""
    alone = (state.id for state in workflow.states.values() if state.part_of is None)
    return tuple(one for state in alone for one in workflow.inside(state))


def with_parts(workflow: Workflow, counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by state in the scheme's order: a state with parts counts them too, before each of them; those of no state of this
    version come last."""
    older = sorted(counts.keys() - workflow.states.keys())
    order = (*in_order(workflow), *older)
    return {id: sum(counts.get(one, 0) for one in workflow.inside(id)) for id in order}


def remains_in(workflow: Workflow, source: str | None, target: str) -> str | None:
    """The state with parts that a move doesn't leave; None for any other move, from no state (None) or one of an older
    version too. Coming back to the very state with parts one is in begins it anew, as it does for any state."""
    outer = outermost(workflow, target)
    if source not in workflow.inside(outer) or source == target == outer:
        return None
    return outer


def entered(workflow: Workflow, source: str | None, target: str) -> tuple[str, ...]:
    """The states a move enters, the innermost first: a part and the state it is in, or the part alone."""
    outer = remains_in(workflow, source, target)
    return tuple(state for state in workflow.around(target) if state != outer)


def since(workflow: Workflow, state: str, stays: Sequence[Stay]) -> datetime | None:
    """When a dossier that is in a state came to it or to the state it is a part of, whichever was first; None when it
    never moved."""
    inside, found = workflow.inside(outermost(workflow, state)), None
    for stay in reversed(stays):
        if stay.state not in inside:
            break
        found = stay.at
    return found

"""The one door to the library `transitions`: a small machine built for one step, and thrown away after it.

Its model is an empty object, never a dossier: the library plants dozens of attributes on it. `auto_transitions` is
off, or `to_<state>()` would jump every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transitions import Machine

from engine.language.model import Action, Workflow

Permit = Callable[[], bool]
TRIGGER = "fire"  # not the action's id: the library refuses some names, `state` among them


class _Token:
    """What stands in a state of the machine."""

    state: str


def step(workflow: Workflow, state: str, action: Action, permits: Sequence[Permit]) -> str | None:
    """The state an action leads to from `state`; None when one of `permits`, asked in order, says no.

    The action must leave that state: another one raises the library's MachineError.
    """
    token = _Token()
    machine = Machine(token, states=list(workflow.states), initial=state, auto_transitions=False)
    target = workflow.target(action, state)
    machine.add_transition(TRIGGER, list(action.sources), target, conditions=list(permits))
    moved: bool = machine.events[TRIGGER].trigger(token)
    return token.state if moved else None

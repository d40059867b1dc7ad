"""The workflow seen whole: its start, states nobody reaches or leaves, and what the applicant reads in each."""

from __future__ import annotations

from engine.language.loader.loading import Loading
from engine.language.model import Scheme, State
from engine.problems import Path


def check_workflow(load: Loading, scheme: Scheme) -> None:
    """Tell a missing or second start, unreachable states, dead ends, and states without public status."""
    if load.source.damaged:
        return
    states = scheme.workflow.states
    starts = [state.id for state in states.values() if state.kind == "start"]
    if not starts and states:
        load.report("no_start", ("workflow", "states"), at_key=True)
    for second in starts[1:]:
        load.report("second_start", _path(second), at_key=True, state=second, first=starts[0])
    _check_arrows(load, scheme, starts)
    _check_public(load, scheme)


def _path(state: str) -> Path:
    return ("workflow", "states", state)


def _check_arrows(load: Loading, scheme: Scheme, starts: list[str]) -> None:
    actions = scheme.workflow.actions.values()
    unknown = any(problem.code in {"unknown_state", "missing_key"} for problem in load.problems)
    reached = _reached(scheme, starts[:1])
    for state in scheme.workflow.states.values():
        if unknown or not starts:
            return  # what a misspelt name leads to can't be told
        if state.id not in reached:
            load.report("unreachable_state", _path(state.id), at_key=True, severity="warning", state=state.id)
        elif not any(state.id in action.sources for action in actions) and _must_go_on(state):
            load.report("dead_end", _path(state.id), at_key=True, state=state.id)


def _must_go_on(state: State) -> bool:
    return state.kind != "end"


def _reached(scheme: Scheme, starts: list[str]) -> set[str]:
    """Every state an action leads to, one after the other, from the start."""
    reached, waiting = set(starts), list(starts)
    while waiting:
        here = waiting.pop()
        for action in scheme.workflow.actions.values():
            if here in action.sources and action.to not in reached:
                reached.add(action.to)
                waiting.append(action.to)
    return reached


def _check_public(load: Loading, scheme: Scheme) -> None:
    """Every state but the draft has one public status."""
    said: dict[str, str] = {}
    for status in scheme.workflow.public.values():
        for number, name in enumerate(status.states):
            path = ("workflow", "public", status.id, "states", number)
            if name in said:
                load.report("two_public_statuses", path, state=name, first=said[name])
            said.setdefault(name, status.id)
    if any(
        problem.code == "unknown_state" and problem.path[:2] == ("workflow", "public")
        for problem in load.problems
    ):
        return
    for state in scheme.workflow.states.values():
        if state.id not in said and state.kind != "start" and scheme.workflow.public:
            load.report("no_public_status", _path(state.id), at_key=True, state=state.id)

"""The workflow seen whole: its start, states nobody reaches or leaves, and what the applicant reads in each."""

from __future__ import annotations

from engine.language.loader.loading import Loading
from engine.language.model import Scheme
from engine.problems import Path


def check_workflow(load: Loading, scheme: Scheme) -> None:
    """Tell a missing or second start, unreachable states, dead ends, and states without public status."""
    if load.source.damaged or _faulty(load, "states"):
        return
    states = scheme.workflow.states
    starts = [state.id for state in states.values() if state.kind == "start"]
    if not starts and states:
        load.report("no_start", ("workflow", "states"), at_key=True)
    for second in starts[1:]:
        load.report("second_start", _path(second), at_key=True, state=second, first=starts[0])
    if starts and not _faulty(load, "actions"):
        _check_arrows(load, scheme, starts[0])
    if starts and not _faulty(load, "public"):
        _check_public(load, scheme)


def _faulty(load: Loading, part: str) -> bool:
    """Whether an error was told in this part: what only follows from it is not worth a line."""
    told = (problem for problem in load.problems if problem.severity == "error")
    return any(problem.path[:2] == ("workflow", part) for problem in told)


def _path(state: str) -> Path:
    return ("workflow", "states", state)


def _check_arrows(load: Loading, scheme: Scheme, start: str) -> None:
    left = {source for action in scheme.workflow.actions.values() for source in action.sources}
    reached = _reached(scheme, start)
    for state in scheme.workflow.states.values():
        if state.id in reached and state.id not in left and state.kind != "end":
            load.report("dead_end", _path(state.id), at_key=True, state=state.id)
        elif not reached & set(scheme.workflow.inside(state.id)) and start in left:
            load.report("unreachable_state", _path(state.id), at_key=True, severity="warning", state=state.id)


def _reached(scheme: Scheme, start: str) -> set[str]:
    """Every state an action leads to, one after the other, from the start."""
    reached, waiting = {start}, [start]
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
            path: Path = ("workflow", "public", status.id, "states", number)
            if name in said:
                load.report("two_public_statuses", path, state=name, first=said[name])
            said.setdefault(name, status.id)
    for state in scheme.workflow.states.values():
        if state.id not in said and state.kind != "start":
            load.report("no_public_status", _path(state.id), at_key=True, state=state.id)

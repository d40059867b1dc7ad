"""States inside another one: what is said of a state holds in its parts, wherever a scheme names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.language.expressions import Expression
from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import mapping
from engine.language.loader.state_conditions import reworded
from engine.language.workflow_model import State
from engine.problems import Path

OF_THE_OUTER = ("kind", "decision")  # a part has those of the state it is in
TAKEN_OVER = (*OF_THE_OUTER, "legal_clock", "messages", "editable")


def outer_of(load: Loading) -> dict[str, str]:
    """The state each part is in, where that is said rightly."""
    states = _states(load)
    said = {id: str(data["part_of"]) for id, data in states.items() if data.get("part_of") is not None}
    return {
        id: outer
        for id, outer in said.items()
        if outer in states and outer not in said and states[outer].get("kind") != "start"
    }


def with_parts(load: Loading, names: Iterable[str]) -> tuple[str, ...]:
    """States as they are named, then the parts of those that have some."""
    named = tuple(names)
    parts = (part for part, outer in outer_of(load).items() if outer in named and part not in named)
    return (*named, *parts)


def first_of(load: Loading, state: str) -> str:
    """Where a dossier sent to a state stands: in its first part, if it names one."""
    first = mapping(_states(load), state).get("first")
    return str(first) if outer_of(load).get(str(first)) == state else state


def seen_in(load: Loading, names: Iterable[str], key: str) -> dict[str, Any]:
    """What some states, and those they are parts of, hold under a key: items of checklists, tasks."""
    outer, states = outer_of(load), _states(load)
    around = dict.fromkeys(one for name in with_parts(load, names) for one in (name, outer.get(name, name)))
    return {id: found for name in around for id, found in mapping(mapping(states, name), key).items()}


def with_outer(load: Loading, id: str, data: Data) -> Data:
    """What is said of a state, with what it takes over from the one it is a part of."""
    outer = mapping(_states(load), outer_of(load).get(id, ""))
    return {**{key: outer[key] for key in TAKEN_OVER if key in outer}, **data}


def join(load: Loading, states: Mapping[str, State]) -> dict[str, State]:
    """The states, each part with what is to be ticked and done in the whole before its own."""
    found = dict(states)
    for id, outer in outer_of(load).items():
        whole, part = states[outer], states[id]
        checklist, tasks = {**whole.checklist, **part.checklist}, {**whole.tasks, **part.tasks}
        found[id] = replace(part, part_of=outer, checklist=checklist, tasks=tasks)
    return found


def check_parts(load: Loading, id: str, data: Data) -> None:
    """A part is in a state that is no part and no draft, whose kind and decision are its own too."""
    path: Path = ("workflow", "states", id)
    states = _states(load)
    first = data.get("first")
    known = first is None or load.known("unknown_state", (*path, "first"), str(first), states)
    if first is not None and known and outer_of(load).get(str(first)) != id:
        load.report("first_no_part", (*path, "first"), state=id, first=str(first))
    if data.get("part_of") is None:
        return
    here, outer = (*path, "part_of"), str(data["part_of"])
    if not load.known("unknown_state", here, outer, mapping(mapping(load.source.data, "workflow"), "states")):
        return
    around = mapping(states, outer)
    if outer == id:
        load.report("part_of_itself", here, state=id)
    elif around.get("part_of") is not None:
        load.report("part_of_a_part", here, state=id, outer=outer, whole=str(around["part_of"]))
    elif around.get("kind") == "start":
        load.report("part_of_draft", here, state=id, outer=outer)
    for key in OF_THE_OUTER:
        if data.get(key) is not None:
            load.report("part_decides", (*path, key), at_key=True, key=key, state=id, outer=outer)


def in_parts(load: Loading, found: Expression | None) -> Expression | None:
    """A condition in which a dossier in a part of a state is in that state: `dossier.state = "in_review"`."""
    outer = outer_of(load)
    if found is None or not outer:
        return found
    return reworded(found, {of: [part for part in outer if outer[part] == of] for of in outer.values()})


def _states(load: Loading) -> dict[str, Data]:
    states = mapping(mapping(load.data, "workflow"), "states")
    return {id: data for id, data in states.items() if isinstance(data, Mapping)}

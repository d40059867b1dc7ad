"""The deadlines of a workflow: in which states time runs, and what it brings."""

from __future__ import annotations

from typing import Any

from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import mapping
from engine.language.loader.parties import SYSTEM
from engine.language.loader.rules import actors, words
from engine.language.loader.sub_states import with_parts
from engine.language.loader.votes import placed
from engine.language.model import Deadline
from engine.language.spans import Span, read_span
from engine.problems import Path


def load_deadline(load: Loading, id: str, data: Data, silence: Span | None) -> Deadline | None:
    path: Path = ("workflow", "deadlines", id)
    legal = data.get("after") == "legal.silence"
    if legal and silence is None:
        load.report("no_legal_silence", (*path, "after"))
    after = silence if legal else read_span(str(data.get("after", "")))
    states = words(data.get("in"))
    for here, name in placed(load, (*path, "in"), states):
        load.known("unknown_state", here, name, _states(load))
    warn = words(data.get("warn"))
    for here, name in placed(load, (*path, "warn"), warn):
        load.known("unknown_role", here, name, mapping(load.source.data, "roles"))
    do = data.get("do")
    if do is not None:
        _check_do(load, (*path, "do"), str(do), with_parts(load, states))
    remind = tuple(
        span
        for text in data.get("remind") or ()
        if text and (span := read_span(text.strip().removesuffix(" before")))
    )
    before = read_span(str(data.get("before", "")))
    or_on = str(data.get("or_on") or "")
    if or_on:
        _check_or_on(load, (*path, "or_on"), or_on, with_parts(load, states))
    return (
        Deadline(id, with_parts(load, states), after, do, remind, warn, before, legal, or_on)
        if after
        else None
    )


def _check_or_on(load: Loading, path: Path, name: str, states: tuple[str, ...]) -> None:
    """The day is a date some action leading there asks of who does it."""
    declared = mapping(mapping(load.data, "workflow"), "actions").values()
    forms = [
        mapping(action, "form") for action in declared if mapping({"a": action}, "a").get("to") in states
    ]
    if not any(mapping(form, name).get("type") == "date" for form in forms):
        load.report("or_on_no_date", path, field=name, states=states)


def _check_do(load: Loading, path: Path, name: str, states: tuple[str, ...]) -> None:
    """A deadline does what the system may do from each of its states."""
    declared = mapping(mapping(load.data, "workflow"), "actions")
    if not load.known(
        "unknown_action", path, name, mapping(mapping(load.source.data, "workflow"), "actions")
    ):
        return
    if SYSTEM not in actors(mapping(declared, name).get("by")):
        load.report("do_not_by_system", path, action=name)
    sources = with_parts(load, words(mapping(declared, name).get("from")))
    stuck = [state for state in states if state not in sources]
    if stuck:
        load.report("do_not_from_here", path, action=name, states=tuple(stuck))


def _states(load: Loading) -> dict[str, Any]:
    return mapping(mapping(load.source.data, "workflow"), "states")

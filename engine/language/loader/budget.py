"""The budget of an award: its envelopes, and the states and actions it names."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.language.budget_model import Budget, Envelope, Vote
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping
from engine.language.loader.parties import SYSTEM
from engine.language.loader.rules import actors, load_day, words
from engine.language.loader.sub_states import with_parts
from engine.language.scalars import is_number
from engine.problems import Path

PATH: Path = ("award", "budget")


def load_budget(load: Loading, scope: Scope) -> Budget | None:
    """The money there is; None when the scheme sets no limit. `scope` is what an award knows."""
    data = mapping(mapping(load.data, "award"), "budget")
    if not data:
        return None
    exhausted, available = mapping(data, "when_exhausted"), mapping(data, "when_available")
    queue = _system_action(load, exhausted, (*PATH, "when_exhausted"))
    promote = _system_action(load, available, (*PATH, "when_available"))
    if (queue is None) != (promote is None):
        alone = "when_exhausted" if queue else "when_available"
        load.report("waiting_list_half", (*PATH, alone), at_key=True)
    return Budget(
        _envelopes(load, data, scope),
        _states(load, data, "reserve_on"),
        _states(load, data, "commit_on"),
        _states(load, data, "release_on"),
        queue,
        load.text(exhausted, "close", (*PATH, "when_exhausted"), Scope()),
        promote,
        data.get("order", "dossier.complete_on"),
    )


def _envelopes(load: Loading, data: Data, scope: Scope) -> dict[str, Envelope]:
    if "envelope" in data:
        return {"whole": Envelope("whole", {"": (Vote(Decimal(str(data["envelope"]))),)})}
    found = {
        id: _envelope(load, id, one, scope)
        for id, one in mapping(data, "envelopes").items()
        if isinstance(one, Mapping)
    }
    if not found:
        load.report("missing_key", PATH, at_key=True, key="envelope")
    return found


def _envelope(load: Loading, id: str, data: Data, scope: Scope) -> Envelope:
    path: Path = (*PATH, "envelopes", id)
    label = load.text(data, "label", path, Scope())
    by = load.expression(data, "by", path, scope, None)
    if "list" in data:
        return Envelope(id, _of_list(load, data, path), label, by)
    voted = data.get("voted")
    if voted is None:
        load.report("missing_key", path, at_key=True, key="voted")
    if isinstance(voted, Mapping):
        votes = {str(key): _votes(load, one, (*path, "voted", key)) for key, one in voted.items()}
        if by is None and "by" not in data:
            load.report("missing_key", path, at_key=True, key="by")
        return Envelope(id, votes, label, by)
    return Envelope(id, {"": _votes(load, voted, (*path, "voted"))}, label, None)


def _votes(load: Loading, voted: object, path: Path) -> tuple[Vote, ...]:
    """A sum, or sums each from a day on."""
    if isinstance(voted, list):
        return tuple(
            Vote(Decimal(str(one["add"])), load_day(load, one, "from", (*path, number)))
            for number, one in enumerate(voted)
            if isinstance(one, Mapping) and "add" in one
        )
    return (Vote(Decimal(str(voted))),) if voted is not None and is_number(voted) else ()


def _of_list(load: Loading, data: Data, path: Path) -> dict[str, tuple[Vote, ...]]:
    """One sum for each code of a list, in one of its columns."""
    name, column = str(data["list"]), str(data.get("column", "envelope"))
    if not load.known("unknown_list", (*path, "list"), name, load.lists):
        return {}
    found = load.lists[name]
    if not load.known("unknown_column", (*path, "column"), column, found.columns, of=name):
        return {}
    sums = {code: row.get(column, "") for code, row in found.rows.items()}
    return {code: (Vote(Decimal(text)),) for code, text in sums.items() if is_number(text)}


def _states(load: Loading, data: Data, key: str) -> tuple[str, ...]:
    names = words(data.get(key))
    declared: Mapping[str, Any] = mapping(mapping(load.source.data, "workflow"), "states")
    for number, name in enumerate(names):
        here = (*PATH, key, number) if isinstance(data.get(key), list) else (*PATH, key)
        load.known("unknown_state", here, name, declared)
    return with_parts(load, names)


def _system_action(load: Loading, data: Data, path: Path) -> str | None:
    """The action under `do`, which the system must be allowed to do."""
    if data.get("do") is None:
        return None
    name = str(data["do"])
    declared = mapping(mapping(load.data, "workflow"), "actions")
    names = mapping(mapping(load.source.data, "workflow"), "actions")
    if not load.known("unknown_action", (*path, "do"), name, names):
        return None
    if SYSTEM not in actors(mapping(declared, name).get("by")):
        load.report("budget_not_by_system", (*path, "do"), action=name)
    return name

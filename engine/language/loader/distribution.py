"""Groups of agents, tags, and who is given the dossiers that arrive in a state."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import types
from engine.language.distribution_model import Distribution, Group
from engine.language.expressions import Text
from engine.language.loader.loading import Loading
from engine.language.loader.names import mapping, rule_scope
from engine.language.loader.rules import words
from engine.problems import Path

OWN_GROUPS = "own_groups"


def load_groups(load: Loading) -> dict[str, Group]:
    """Every group, in order; `where` knows what the rules know, and the amount computed."""
    scope = rule_scope(load.scope)
    found: dict[str, Group] = {}
    for id, data in mapping(load.data, "groups").items():
        if isinstance(data, Mapping):
            path: Path = ("groups", id)
            where = load.expression(data, "where", path, scope, types.BOOLEAN)
            found[id] = Group(id, load.label(data, path, id), where)
    return found


def load_tags(load: Loading) -> dict[str, Text]:
    """The tags the office may put on a dossier; none when it writes its own."""
    tags = mapping(load.data, "tags")
    return {id: load.text_of(text, ("tags", id)) for id, text in tags.items() if text is not None}


def load_distribution(load: Loading) -> dict[str, Distribution]:
    """What is said of each state, in order."""
    flow = mapping(load.data, "workflow")
    states = mapping(mapping(load.source.data, "workflow"), "states")
    found: dict[str, Distribution] = {}
    for state, data in mapping(flow, "distribution").items():
        if not isinstance(data, Mapping):
            continue
        path: Path = ("workflow", "distribution", state)
        load.known("unknown_state", path, state, states, at_key=True)
        to = words(data.get("to"))
        _check_roles(load, (*path, "to"), to)
        found[state] = Distribution(state, to, data.get("how", "queue"))
    return found


def sees(load: Loading, id: str, data: Mapping[str, object]) -> str:
    """Which dossiers a role sees; own groups need some."""
    said = str(data.get("sees", "all"))
    if said == OWN_GROUPS and not mapping(load.source.data, "groups"):
        load.report("no_groups", ("roles", id, "sees"), role=id)
    return said


def _check_roles(load: Loading, path: Path, names: tuple[str, ...]) -> None:
    listed = (*path, 0) in load.source.values
    for number, name in enumerate(names):
        here = (*path, number) if listed else path
        load.known("unknown_role", here, name, mapping(load.source.data, "roles"))

"""The opinions a workflow lets staff ask for outside, with every name they say, and what the guards know of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.feel import types
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping
from engine.language.loader.rules import words
from engine.language.loader.sub_states import with_parts
from engine.language.loader.votes import placed
from engine.language.opinion_model import ANSWERS, AWAITED, RECEIVED, REMIND, WITHIN, OpinionKind
from engine.language.spans import read_span
from engine.problems import Path

COUNTED = (AWAITED, RECEIVED, *ANSWERS)


def load_opinions(load: Loading) -> dict[str, OpinionKind]:
    """Every opinion, in order."""
    return {id: _opinion(load, id, data) for id, data in _declared(load).items()}


def _declared(load: Loading) -> dict[str, Any]:
    found = mapping(mapping(load.data, "workflow"), "opinions")
    return {id: data for id, data in found.items() if isinstance(data, Mapping)}


def opinion_scope(load: Loading, scope: Scope) -> Scope:
    """A scope, and how many of each opinion are awaited, came, and said what."""
    counts: types.Type = types.Context(dict.fromkeys(COUNTED, types.Number("integer")))
    return scope.with_names({"opinions": types.Context(dict.fromkeys(_declared(load), counts))})


def _opinion(load: Loading, id: str, data: Data) -> OpinionKind:
    path: Path = ("workflow", "opinions", id)
    kind = OpinionKind(
        id,
        load.label(data, path, id),
        with_parts(load, words(data.get("in"))),
        words(data.get("by")),
        words(data.get("shows")),
        read_span(str(data.get("within", ""))) or WITHIN,
        read_span(str(data.get("remind", ""))) or REMIND,
    )
    states = mapping(mapping(load.source.data, "workflow"), "states")
    for here, name in placed(load, (*path, "in"), words(data.get("in"))):
        load.known("unknown_state", here, name, states)
    for here, name in placed(load, (*path, "by"), kind.by):
        load.known("unknown_role", here, name, mapping(load.source.data, "roles"))
    for here, name in placed(load, (*path, "shows"), kind.shows):
        load.known("unknown_field", here, name, load.field_names())
    return kind

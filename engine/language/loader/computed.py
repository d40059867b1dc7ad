"""Computed values: what the rules use under a name, an expression or a decision table, a function when it has `by`."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import types
from engine.language.expressions import Text
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import DOSSIER, PARAMETER_TYPES, computed_type, mapping
from engine.language.loader.rules import words
from engine.language.loader.tables import load_value
from engine.language.model import Computed
from engine.problems import Path


def load_computed(load: Loading) -> dict[str, Computed]:
    """Every computed value, in order; each makes its type known to what is loaded after it."""
    found: dict[str, Computed] = {}
    for id, data in mapping(load.data, "computed").items():
        if not isinstance(data, Mapping):
            continue
        one = _computed(load, id, data)
        if one is not None:
            found[id] = one
            load.scope = load.scope.with_names({id: computed_type(data, one.value.type)})
    return found


def _computed(load: Loading, id: str, data: Data) -> Computed | None:
    path: Path = ("computed", id)
    by = words(data.get("by"))
    wanted = PARAMETER_TYPES.get(str(data.get("type")))
    value = load_value(load, data, "value", path, _scope(load, by), wanted)
    label = load.text(data, "label", path)
    labels = _output_labels(load, mapping(data, "value"), (*path, "value"))
    return Computed(id, by, value, label, wanted or value.type, labels) if value is not None else None


def _scope(load: Loading, by: tuple[str, ...]) -> Scope:
    """All that the form knows, the day of deposit, and what the value depends on: as the field of that name, if any."""
    dossier = types.Context({name: of for name, of in DOSSIER.items() if name != "state"})
    own = {name: load.scope.names.get(name, types.ANY) for name in by}
    return load.scope.with_names({"dossier": dossier, **own})


def _output_labels(load: Loading, table: Data, path: Path) -> dict[str, Text]:
    return {
        name: label
        for name, output in mapping(table, "gives").items()
        if isinstance(output, Mapping)
        and (label := load.text(output, "label", (*path, "gives", name))) is not None
    }

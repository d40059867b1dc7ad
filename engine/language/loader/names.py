"""The names the expressions of a scheme may use, with their types, before anything is loaded for good."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.feel import types
from engine.kinds import BY_NAME
from engine.kinds.field import figure_columns
from engine.kinds.options import OTHER
from engine.language.expressions import Text
from engine.language.facts_model import fact_type
from engine.language.loader.loading import Labels, Loading, Scope
from engine.language.scalars import is_number, read_date, read_number

_DAY = re.compile(r'(?:date\(|@)"([0-9-]{10})"\)?')
ROW = types.Context({"number": types.Number("integer")})
DOSSIER: Mapping[str, types.Type] = {
    "deposited_on": types.DATE,
    "complete_on": types.DATE,
    "version": types.Number("integer"),
    "state": types.STRING,
}
PARAMETER_TYPES: Mapping[str, types.Type] = {
    "number": types.NUMBER,
    "money": types.Number("money"),
    "percentage": types.Number("percentage"),
    "integer": types.Number("integer"),
    "text": types.STRING,
    "date": types.DATE,
    "yes_no": types.BOOLEAN,
}


@dataclass(frozen=True, slots=True)
class LineSketch:
    """A line of a matrix: only names what follows, is computed, or is typed."""

    heading: bool
    is_typed: bool
    label: Text = field(default_factory=lambda: Text({"fr": ("",)}))


@dataclass(frozen=True, slots=True)
class Sketch:
    """A field as far as its type wants it: its kind, its options, its rows."""

    id: str
    kind: str
    options: Mapping[str, object]
    fields: Mapping[str, Sketch] = field(default_factory=dict)
    lines: Mapping[str, LineSketch] = field(default_factory=dict)
    label: Text = field(default_factory=lambda: Text({"fr": ("",)}))
    messages: Mapping[str, Text] = field(default_factory=dict)
    optional: bool = False
    sums: Mapping[str, str] = field(default_factory=dict)

    @property
    def row_names(self) -> dict[str, types.Type]:
        """What a row knows by itself, with its type: its fields, and the totals of the repeats in it."""
        names = {name: inner.type for name, inner in self.fields.items()}
        return {**{name: of for inner in self.fields.values() for name, of in inner.totals.items()}, **names}

    @property
    def totals(self) -> dict[str, types.Type]:
        """Its totals, each with the type of what it adds up."""
        found = {name: self.row_names.get(summed) for name, summed in self.sums.items()}
        return {name: of if isinstance(of, types.Number) else types.NUMBER for name, of in found.items()}

    @property
    def type(self) -> types.Type:
        """Its type in FEEL; unknown when its kind or its options are."""
        if self.kind not in BY_NAME:
            return types.ANY
        if self.kind == "repeat":
            return types.List(types.Context(self.row_names))
        if self.kind == "matrix" and any(inner.kind not in BY_NAME for inner in self.fields.values()):
            return types.ANY
        if self.kind in {"choice", "choices"} and not self.options.keys() & {"options", "list"}:
            return types.STRING if self.kind == "choice" else types.List(types.STRING)
        return BY_NAME[self.kind].feel_type(self)


def mapping(data: object, key: str) -> dict[str, Any]:
    """The mapping under a key, empty when there is none."""
    found = data.get(key) if isinstance(data, Mapping) else None
    return dict(found) if isinstance(found, Mapping) else {}


def sketch(load: Loading, id: str, data: object) -> Sketch:
    """The sketch of a field from its plain data, faulty or not."""
    kind = data.get("type") if isinstance(data, Mapping) else None
    options: dict[str, object] = {}
    if texts := mapping(data, "options"):
        options["options"] = texts
    if kind == "choice_grid":
        options["rows"] = mapping(data, "rows")
    if isinstance(data, Mapping) and data.get("list") in load.lists:
        options["list"] = load.lists[str(data["list"])]
    if isinstance(data, Mapping):  # what the type of a person depends on
        options |= {key: data[key] for key in ("born", "parts") if data.get(key)}
    if isinstance(data, Mapping) and data.get(OTHER) is not None:
        options[OTHER] = data[OTHER]
    inner = {name: sketch(load, name, found) for name, found in inner_fields(data).items()}
    lines = {name: _line(found) for name, found in mapping(data, "rows").items() if kind == "matrix"}
    sums = {
        name: str(one.get("sum")) for name, one in mapping(data, "totals").items() if isinstance(one, Mapping)
    }
    return Sketch(id, str(kind), options, inner, lines, sums=sums)


def inner_fields(data: object) -> dict[str, Any]:
    """The plain data of the fields a field holds: those of a row, or the columns of a matrix."""
    return mapping(data, "columns" if mapping(data, "columns") else "fields")


def _line(data: object) -> LineSketch:
    given = data if isinstance(data, Mapping) else {}
    return LineSketch("heading" in given, not {"heading", "sum", "value"} & given.keys())


def base_scope(load: Loading) -> Scope:
    """Fields, totals, parameters, lists: known everywhere; a field hides the list of the same name."""
    names: dict[str, types.Type] = {
        name: types.Function((types.STRING,), types.Context(dict.fromkeys(found.columns, types.STRING)), 1)
        for name, found in load.lists.items()
    }
    labels: dict[str, Labels] = {}
    for name in mapping(
        load.source.data, "facts"
    ):  # of one that is faulty nothing is known; what reads it isn't at fault
        names[name] = fact_type(load.facts[name]) if name in load.facts else types.ANY
    for name, data in mapping(load.data, "parameters").items():
        names[name] = _parameter_type(data)
    for id, data in form_fields(load):
        found = sketch(load, id, data)
        names[id] = found.type
        labels |= _labels(load, found)
        names |= {**dict.fromkeys(mapping(data, "totals"), types.NUMBER), **found.totals}
    for name, data in mapping(load.data, "computed").items():
        names.setdefault(name, computed_type(data))
    return Scope(names, labels)


def computed_type(data: object, found: types.Type = types.ANY) -> types.Type:
    """The type of a computed value, `found` being that of its expression; a function when it depends on something."""
    given = data if isinstance(data, Mapping) else {}
    of = PARAMETER_TYPES.get(str(given.get("type")), found)
    by = given.get("by")
    count = len(by) if isinstance(by, list) else 1 if by else 0
    return types.Function((types.ANY,) * count, of, count) if count else of


def form_fields(load: Loading) -> list[tuple[str, Any]]:
    """Every top-level field's id and plain data, those included which did not fit."""
    found: list[tuple[str, Any]] = []
    for page_id, page in mapping(load.source.data, "form").items():
        if page_id in load.pages_of_rows:
            continue
        clean = mapping(mapping(load.data, "form").get(page_id), "fields")
        for key in page if isinstance(page, Mapping) else {}:
            if isinstance(page[key], Mapping) and (key == "fields" or _meant_fields(page[key])):
                found += [(id, clean.get(id, data)) for id, data in page[key].items()]
    return found


def field_bounds(load: Loading, name: str) -> tuple[object, object]:
    """The bounds of a field that are plain figures or days: its `min` and `max`; None where there is none."""
    data = next((data for id, data in _all_fields(load) if id == name), None)
    low, high = (data.get(key) if isinstance(data, Mapping) else None for key in ("min", "max"))
    return _bound(low), _bound(high)


def _all_fields(load: Loading) -> Iterator[tuple[str, Any]]:
    """Every field with its plain data, those of rows too."""
    for id, data in form_fields(load):
        yield id, data
        for name, inner in inner_fields(data).items():
            yield name, inner
            yield from inner_fields(inner).items()


def _bound(text: object) -> object:
    found = _DAY.fullmatch(str(text))
    return read_number(str(text)) if is_number(text) else read_date(found[1]) if found else None


def _meant_fields(data: Mapping[str, Any]) -> bool:
    """Whether a misspelt key (`feilds`) holds fields: then their names are known."""
    return all(isinstance(inner, Mapping) and "type" in inner for inner in data.values()) and bool(data)


def _labels(load: Loading, found: Sketch, *above: str) -> dict[str, Labels]:
    """Where a text finds what people read for the code of a choice."""
    if found.kind != "choice":
        return {}
    reference = next((known for known in load.lists.values() if known is found.options.get("list")), None)
    return {found.id: reference or load.option_labels(*above, found.id)}


def _parameter_type(data: object) -> types.Type:
    """The type of a parameter: a value, or a function of what it depends on."""
    given = data if isinstance(data, Mapping) else {}
    of = PARAMETER_TYPES.get(str(given.get("type", "number")), types.ANY)
    by = given.get("by")
    count = len(by) if isinstance(by, list) else 1 if by else 0
    return types.Function((types.ANY,) * count, of, count) if count else of


def row_scope(load: Loading, scope: Scope, repeat: Sketch, *above: str) -> Scope:
    """Inside a repeat: the row's own fields, the totals of the repeats in it, and `row.number`; `above` are the repeats around it."""
    labels: dict[str, Labels] = {}
    for inner in repeat.fields.values():
        labels |= _labels(load, inner, *above, repeat.id)
    return scope.with_names({**repeat.row_names, "row": ROW}, labels)


def line_scope(scope: Scope, matrix: Sketch) -> Scope:
    """In a computed line: every other line is its figure in the same column."""
    units = {matrix.fields[name].type for name in figure_columns(matrix)}
    of = units.pop() if len(units) == 1 else types.NUMBER
    return scope.with_names({id: of for id, line in matrix.lines.items() if not line.heading})


def rule_scope(scope: Scope) -> Scope:
    """In eligibility: also the dossier and the amount that would be computed."""
    dossier = {name: of for name, of in DOSSIER.items() if name != "state"}
    award = types.Context({"computed": types.Number("money")})
    return scope.with_names({"dossier": types.Context(dossier), "award": award})


def award_scope(scope: Scope, rules: Mapping[str, Any]) -> Scope:
    """In the award: also whether one is eligible, and each rule's result."""
    judged: dict[str, types.Type] = dict.fromkeys(rules, types.BOOLEAN)
    more: dict[str, types.Type] = {
        "eligible": types.BOOLEAN,
        "rules": types.Context(judged),
        "warnings": types.List(types.STRING),
    }
    return rule_scope(scope).with_names(more)


def action_scope(
    scope: Scope, rules: Mapping[str, Any], items: set[str], tasks: Collection[str] = ()
) -> Scope:
    """In the `if` of an action: also the state, the warnings, the checklist, the tasks."""
    amounts = ("computed", "granted", "paid")
    award: dict[str, types.Type] = dict.fromkeys(amounts, types.Number("money"))
    checklist: dict[str, types.Type] = dict.fromkeys((*sorted(items), "done"), types.BOOLEAN)
    more: dict[str, types.Type] = {
        "dossier": types.Context({**DOSSIER, "decided_on": types.DATE}),
        "checklist": types.Context(checklist),
        "tasks": types.Context(dict.fromkeys((*sorted(tasks), "done"), types.BOOLEAN)),
        "award": types.Context(award),
    }
    return award_scope(scope, rules).with_names(more)

"""The JSON Schema of a scheme file: scheme.schema.json with each field kind's own keys put in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from engine.kinds import KINDS, Kind
from engine.kinds.codes import EVERY_KIND
from engine.language.scalars import is_integer, is_number

NOT_YET_KINDS: tuple[str, ...] = ()
# The keys some kinds can't do without.
NEEDED = {"repeat": ["fields"], "matrix": ["rows", "columns"], "choice_grid": ["rows", "options"]}


@cache
def scheme_schema() -> Mapping[str, Any]:
    """The whole schema (2020-12), for editors and for the check of the structure."""
    text = files("engine.language").joinpath("scheme.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    defs = schema["$defs"]
    common = defs["field_keys"]["properties"]
    more = {name: defs[f"{name}_keys"]["properties"] for name in NEEDED if f"{name}_keys" in defs}
    every = dict(common)
    said = common["messages"]["additionalProperties"]
    branches: list[dict[str, Any]] = []
    for kind in KINDS:
        own = {**kind.keys, **more.get(kind.name, {})}
        every |= own
        own |= {"messages": _messages(common["messages"], kind, said)}
        of_kind = {
            "properties": {**common, **own},
            "required": NEEDED.get(kind.name, []),
            "additionalProperties": False,
        }
        branches.append({"x-kind": kind.name, "if": _is(kind.name), "then": of_kind})
    of_any = {"properties": every, "additionalProperties": False}  # no kind is said, or none that exists
    branches.append({"if": {"not": {"$ref": "#/$defs/of_a_kind"}}, "then": of_any})
    defs["field_by_kind"] = {"allOf": branches}
    common["type"] = {
        **common["type"],
        "enum": [kind.name for kind in KINDS],
        "x-not-yet": list(NOT_YET_KINDS),
    }
    defs["of_a_kind"] = {"properties": {"type": common["type"]}, "required": ["type"]}
    for name in ("field", "action_field"):
        defs[name]["properties"] = {"type": common["type"]}
    return schema


@cache
def schema_of_tests() -> Mapping[str, Any]:
    """The schema of a tests.yaml, for editors: tests by name."""
    whole = scheme_schema()
    return {
        "$schema": whole["$schema"],
        "title": "The tests of an aid scheme",
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/test"},
        "$defs": {name: whole["$defs"][name] for name in ("test", "date")},
    }


def _messages(whole: Mapping[str, Any], kind: Kind, said: Mapping[str, Any]) -> dict[str, Any]:
    """The sentences a field of this kind may word itself: one for each thing that may be wrong with it."""
    codes = dict.fromkeys(code for code in (kind.blank, *kind.codes) if code not in EVERY_KIND[1:])
    plain = {key: value for key, value in whole.items() if key != "examples"}
    return {**plain, "properties": dict.fromkeys(codes, said), "additionalProperties": False}


def _is(kind: str) -> dict[str, Any]:
    return {"properties": {"type": {"const": kind}}, "required": ["type"]}


@cache
def structure_validator() -> Draft202012Validator:
    """The validator of the plain data of a scheme."""
    return validator_of(scheme_schema(), {"allOf": _all_of, "$ref": _definition})


def validator_of(
    schema: Mapping[str, Any], keywords: Mapping[str, Any] | None = None
) -> Draft202012Validator:
    """A validator of plain data: a number is a text that writes one."""
    checker = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"number": lambda _, value: is_number(value), "integer": lambda _, value: is_integer(value)}
    )
    bounds = dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), _bound
    )
    validators = {**bounds, **(keywords or {})}
    validator: Any = extend(Draft202012Validator, type_checker=checker, validators=validators)  # type: ignore[no-untyped-call]
    found: Draft202012Validator = validator(schema)
    return found


def _bound(validator: Any, limit: Any, instance: Any, schema: Any) -> Any:
    """The bounds of a number, which is a text here: judged on its value."""
    if is_number(instance):
        number = float(instance)
        keyword = next(
            name for name in schema if schema[name] == limit and name in Draft202012Validator.VALIDATORS
        )
        yield from Draft202012Validator({keyword: limit}).iter_errors(number)


def _all_of(validator: Any, branches: Any, instance: Any, schema: Any) -> Any:
    """Every branch, but for those of other kinds of field, whose `if` cannot hold: there are a score a field."""
    kind = instance.get("type") if isinstance(instance, dict) else None
    for number, branch in enumerate(branches):
        if branch.get("x-kind", kind) == kind:
            yield from validator.descend(instance, branch, schema_path=number)


def _definition(validator: Any, reference: str, instance: Any, schema: Any) -> Any:
    """A definition of this schema itself, which is all it refers to: looked up without resolving addresses."""
    if reference in REMEMBERED and _is_sound(reference, json.dumps(instance)):
        return
    definition = scheme_schema()["$defs"][reference.removeprefix("#/$defs/")]
    yield from validator.descend(instance, definition)


# what a scheme has by the hundred, and who types changes one at a time
REMEMBERED = frozenset({"#/$defs/field", "#/$defs/action_field"})


@lru_cache(maxsize=4096)
def _is_sound(reference: str, written: str) -> bool:
    """Whether a definition holds for some plain data, written as JSON: remembered, since it depends on nothing else."""
    definition = scheme_schema()["$defs"][reference.removeprefix("#/$defs/")]
    return structure_validator().evolve(schema=definition).is_valid(json.loads(written))

"""The JSON Schema of a scheme: valid itself, one description a key, every kind's own keys in it."""

from __future__ import annotations

from collections.abc import Iterator

from jsonschema import Draft202012Validator

from engine.kinds import KINDS
from engine.language.schema import scheme_schema


def keys(schema: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(schema, dict):
        for name, inner in (
            schema.get("properties", {}).items() if isinstance(schema.get("properties"), dict) else ()
        ):
            yield f"{path}.{name}", inner
        for name, inner in schema.items():
            yield from keys(inner, f"{path}.{name}")
    elif isinstance(schema, list):
        for number, inner in enumerate(schema):
            yield from keys(inner, f"{path}.{number}")


def test_schema_is_valid_itself():
    Draft202012Validator.check_schema(scheme_schema())


def test_every_key_has_its_description():
    internal = (".if.type",)
    bare = [
        path
        for path, inner in keys(scheme_schema())
        if "description" not in inner and not path.endswith(internal)
    ]
    assert bare == []


def test_every_kind_has_its_branch():
    branches = scheme_schema()["$defs"]["field_by_kind"]["allOf"]
    by_kind = {
        branch["if"]["properties"]["type"]["const"]: branch["then"]
        for branch in branches
        if "properties" in branch["if"]
    }
    assert list(by_kind) == [kind.name for kind in KINDS]
    for kind in KINDS:
        assert kind.keys.keys() <= by_kind[kind.name]["properties"].keys()

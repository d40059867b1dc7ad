"""The JSON Schema of a scheme: valid itself, one description a key, every kind's own keys in it."""

from __future__ import annotations

from collections.abc import Iterator

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from engine.kinds import KINDS
from engine.language.schema import scheme_schema, structure_validator


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


def test_descriptions_say_more_than_the_key():
    short = {
        path: inner["description"]
        for path, inner in keys(scheme_schema())
        if isinstance(inner, dict) and len(inner.get("description", "a b c").split()) < 3
    }
    assert short == {}


def examples(schema: object, path: str = "") -> Iterator[tuple[str, dict[str, object], object]]:
    """Each example and each default, with the schema it stands in."""
    for name, inner in keys(schema):
        if isinstance(inner, dict):
            found = [*inner.get("examples", ()), *([inner["default"]] if "default" in inner else [])]
            yield from ((name, inner, example) for example in found)


def test_every_example_fits_its_key():
    whole = scheme_schema()
    found = list(examples(whole))
    assert len(found) > 60
    for name, inner, example in found:
        schema = {"$defs": whole["$defs"], **inner}
        faults = [fault.message for fault in Draft202012Validator(schema).iter_errors(example)]
        assert faults == [], (name, example)


def test_every_key_that_is_written_in_a_form_of_its_own_shows_an_example():
    """Expressions, spans, days and what else has a pattern: nobody guesses how they are written."""
    own = {"feel", "value", "span", "date"}
    bare = [
        name
        for name, inner in keys(scheme_schema())
        if isinstance(inner, dict)
        and ("pattern" in inner or str(inner.get("$ref", "")).removeprefix("#/$defs/") in own)
        and not (inner.get("examples") or "default" in inner)
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


def test_the_quick_look_at_kinds_and_definitions_finds_what_the_schema_says() -> None:
    """The validator skips branches of other kinds and resolves no address: the errors are those of plain jsonschema."""
    fields = {
        "a": {"type": "money", "label": "A", "max_length": 3},
        "b": {"type": "text", "label": ["B"], "when": {"no": 1}},
        "c": {"label": "C"},
        "d": {"type": 7, "label": "D"},
    }
    data = {"form": {"p": {"title": "P", "fields": fields}}}
    plain = extend(Draft202012Validator, type_checker=structure_validator().TYPE_CHECKER)(scheme_schema())
    found, wanted = (
        sorted(
            (list(map(str, error.absolute_path)), str(error.validator), error.message)
            for error in one.iter_errors(data)
        )
        for one in (structure_validator(), plain)
    )
    assert found == wanted
    assert len(found) > 4

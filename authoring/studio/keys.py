"""What the language's own schema says of a place: the keys that may stand there, the values one may take, what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from authoring.studio.known import Known
from engine.language.schema import scheme_schema

Schema = Mapping[str, Any]
Path = tuple[str | int, ...]


def schemas_at(path: Path, known: Known) -> tuple[Schema, ...]:
    """What the language says of a path: several schemas where several hold, none where it knows nothing."""
    here: tuple[Schema, ...] = (scheme_schema(),)
    for length, step in enumerate(path):
        data = known.at(path[:length])
        here = tuple(inner for one in here for whole in _whole(one, data) for inner in _below(whole, step))
    return here


def keys_at(path: Path, known: Known) -> Mapping[str, Schema]:
    """The keys the language has at a path and that are built; those already written stay out."""
    data = known.at(path)
    written = data if isinstance(data, Mapping) else {}
    found: dict[str, Schema] = {}
    for one in schemas_at(path, known):
        for whole in _whole(one, data):
            found |= {key: inner for key, inner in whole.get("properties", {}).items() if "not" not in inner}
    return {key: inner for key, inner in found.items() if key not in written}


def required_at(path: Path, known: Known) -> frozenset[str]:
    """The keys that must stand at a path."""
    data = known.at(path)
    return frozenset(
        key
        for one in schemas_at(path, known)
        for whole in _whole(one, data)
        for key in whole.get("required", ())
    )


def words_at(path: Path, known: Known) -> tuple[str, ...]:
    """The words a value may be, where the language lists them."""
    found: list[str] = []
    for one in schemas_at(path, known):
        for whole in _whole(one, None):
            found += [str(word) for word in whole.get("enum", ()) if isinstance(word, str)]
            if whole.get("type") == "boolean":
                found += ["true", "false"]
            items = whole.get("items")
            if isinstance(items, Mapping):
                found += [str(word) for word in _resolved(items).get("enum", ())]
    return tuple(dict.fromkeys(found))


def sort_at(path: Path, known: Known) -> str:
    """The sort of value wanted: "feel", "text", "span", "date"; "" where the language doesn't say."""
    sorts = (whole.get("x-sort") for one in schemas_at(path, known) for whole in _whole(one, None))
    return next((str(sort) for sort in sorts if sort), "")


def description_at(path: Path, known: Known) -> str:
    """What the language says of a key, in English; "" for an id somebody chose."""
    for one in schemas_at(path, known):
        if text := one.get("description") or _resolved(one).get("description"):
            return str(text)
    return ""


def _whole(schema: Schema, data: object) -> Iterator[Schema]:
    """A schema and those it points to: of a field's branches, the one of its kind."""
    resolved = _resolved(schema)
    yield resolved
    if "else" in resolved and not (isinstance(data, Mapping) and "use" in data):
        yield from _whole(resolved["else"], data)  # what must stand where nothing shared is taken
    for inner in (*resolved.get("anyOf", ()), *resolved.get("oneOf", ())):
        yield from _whole(inner, data)
    kind = data.get("type") if isinstance(data, Mapping) else None
    for branch in resolved.get("allOf", ()):
        if "if" not in branch:
            yield from _whole(branch, data)
        elif branch.get("x-kind") == kind:
            yield branch["then"]


def _below(schema: Schema, step: str | int) -> Iterator[Schema]:
    if isinstance(step, int):
        candidates = [schema.get("items")]
    else:
        candidates = [schema.get("properties", {}).get(step) or schema.get("additionalProperties")]
    yield from (one for one in candidates if isinstance(one, Mapping))


def _resolved(schema: Schema) -> Schema:
    """A definition under its reference; what stands beside the reference goes before."""
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    definition = scheme_schema()["$defs"][reference.removeprefix("#/$defs/")]
    return {**_resolved(definition), **{key: value for key, value in schema.items() if key != "$ref"}}

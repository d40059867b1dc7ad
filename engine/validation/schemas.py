"""The JSON Schema of answers: the one published for a version, and the validators that judge each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from engine.asked.kept import Kept
from engine.kinds import kind_of
from engine.kinds.kind import JsonSchema
from engine.kinds.repeat import rows_schema
from engine.language import Scheme
from engine.language.model import Field

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def answer_schema(scheme: Scheme) -> JsonSchema:
    """The JSON Schema (2020-12) of all the answers of a version, for machines.

    Required is what is asked of everybody; what a condition asks is judged by the journey.
    """
    language = scheme.languages[0]
    always = [
        field.id
        for page in scheme.form.values()
        for field in page.fields.values()
        if page.when is None and field.when is None and not field.optional
    ]
    return {
        "$schema": DRAFT,
        "title": scheme.title.plain(language),
        "type": "object",
        "properties": {field.id: described(field, language) for field in scheme.fields.values()},
        "required": always,
        "additionalProperties": False,
    }


def described(field: Field, language: str) -> JsonSchema:
    """The schema of one field with its label as title, rows' fields too."""
    schema = {"title": field.label.plain(language)} | kind_of(field).schema(field)
    items = schema.get("items")
    if field.fields and isinstance(items, dict):
        titled = {
            name: described(inner, language)
            for name, inner in field.fields.items()
            if name in items["properties"]
        }
        return schema | {"items": items | {"properties": titled}}
    return schema


def _one_of(
    validator: Validator, options: Iterable[object], answer: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """`enum` for texts alone: the library compares one by one in Python, too slow for a list of 35 000 communes."""
    if not isinstance(answer, str) or answer not in options:
        yield ValidationError("not one of the options")


AnswerValidator: type[Validator] = extend(Draft202012Validator, {"enum": _one_of})  # type: ignore[no-untyped-call]


def validator_of(field: Field) -> Validator:
    """The validator of one field; a repeat's judges how many rows there are, not what stands in them."""
    return AnswerValidator(rows_schema(field) if field.fields else kind_of(field).schema(field))


def _validators(scheme: Scheme) -> Mapping[tuple[str, ...], Validator]:
    found: dict[tuple[str, ...], Validator] = {
        (field.id,): validator_of(field) for field in scheme.fields.values()
    }
    for field in scheme.fields.values():
        found |= {(field.id, inner.id): validator_of(inner) for inner in field.fields.values()}
    return found


validators = Kept(_validators)

"""The JSON Schemas published for a version, for machines."""

from __future__ import annotations

from engine.kinds import kind_of
from engine.kinds.file import may_come_later
from engine.kinds.kind import JsonSchema
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
        if page.when is None and field.when is None and not (field.optional or may_come_later(field))
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

"""The JSON Schemas (2020-12) published for a version, for machines: all its answers, and those of one step.

Required is what is asked of everybody. What a condition asks is judged by the journey; conditions, bounds and checks, which
are FEEL, stand beside as `x-when`, `x-min`, `x-checks`…
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from engine.kinds import kind_of
from engine.kinds.file import may_come_later
from engine.kinds.kind import JsonSchema, members
from engine.language import Scheme
from engine.language.expressions import Expression, Text
from engine.language.form_model import asked_on
from engine.language.model import Check, Field, Page

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def answer_schema(scheme: Scheme, language: str | None = None) -> JsonSchema:
    """The schema of all the answers of a version, labels in a language of the scheme (its first one when not said)."""
    said = language or scheme.languages[0]
    always = [
        id for page in scheme.form.values() if page.when is None for id in _asked_of_all(page.fields.values())
    ]
    steps = [
        {"id": page.id, "title": page.title.plain(said)} | _for_each(page) | _when(page.when)
        for page in scheme.form.values()
    ]
    return {
        "$schema": DRAFT,
        "title": scheme.title.plain(said),
        "description": scheme.summary.plain(said),
        **_object(scheme.fields.values(), always, said),
        "x-languages": list(scheme.languages),
        "x-steps": steps,
    }


def step_schema(scheme: Scheme, page: Page, language: str | None = None) -> JsonSchema:
    """The schema of the answers to one page, when it is asked; of one asked for each row of a repeat, those of one row."""
    said = language or scheme.languages[0]
    fields = asked_on(page, scheme.fields)
    return {
        "$schema": DRAFT,
        "title": page.title.plain(said),
        **_described(page.help, said),
        **_object(fields, _asked_of_all(fields), said, page.id),
        **_for_each(page),
        **_when(page.when),
        **_checks(page.checks, said),
    }


def _asked_of_all(fields: Iterable[Field]) -> list[str]:
    return [
        field.id
        for field in fields
        if field.when is None and field.value is None and not (field.optional or may_come_later(field))
    ]


def _for_each(page: Page) -> JsonSchema:
    return {"x-for-each": page.for_each} if page.for_each else {}


def _object(fields: Iterable[Field], required: list[str], language: str, page: str = "") -> JsonSchema:
    return {
        "type": "object",
        "properties": {field.id: _field(field, language, page) for field in fields if field.value is None},
        "required": required,
        "additionalProperties": False,
    }


def _field(field: Field, language: str, page: str = "") -> JsonSchema:
    """The schema of one field with its label, its hint and what else is asked of it; rows' fields too, those of one `page` alone
    when it is said."""
    rows: JsonSchema = {}
    if field.fields:
        inner = [one for one in field.fields.values() if page in ("", one.page)]
        rows = {"items": _object(inner, _asked_of_all(inner), language, page)}
    return {
        "title": field.label.plain(language),
        **_described(field.help, language),
        **kind_of(field).schema(field),
        **rows,
        "x-kind": field.kind,
        **_when(field.when),
        **_bounds(field),
        **_labels(field, language),
        **_checks(field.checks, language),
    }


def _described(text: Text | None, language: str) -> JsonSchema:
    return {} if text is None else {"description": text.plain(language)}


def _when(condition: Expression | None) -> JsonSchema:
    return {} if condition is None else {"x-when": condition.text}


def _bounds(field: Field) -> JsonSchema:
    """The bounds, which are FEEL: `x-min`, `x-at-most`…"""
    keys = sorted(kind_of(field).expressions)
    bounds = {key: field.options.get(key) for key in keys}
    return {
        f"x-{key.replace('_', '-')}": bound.text
        for key, bound in bounds.items()
        if isinstance(bound, Expression)
    }


def _labels(field: Field, language: str) -> JsonSchema:
    """What people read for each option; the labels of a reference list are too many to stand here."""
    options = cast("Mapping[str, Text]", members(field.options.get("options")))
    return {"x-labels": {code: text.plain(language) for code, text in options.items()}} if options else {}


def _checks(checks: Iterable[Check], language: str) -> JsonSchema:
    found = [
        {"id": one.id, "require": one.require.text, "otherwise": one.otherwise.plain(language)}
        for one in checks
    ]
    return {"x-checks": found} if found else {}

"""Kind `fields`: what staff ask of the applicant: questions of the form to answer again, and documents it didn't ask for.

An answer is a list of points: the id of a question (`children-1-level` for one of a row), or a mapping `{field, remark}` or `{document, remark}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import (
    Controls,
    Json,
    JsonSchema,
    Kind,
    Raw,
    Slips,
    items,
    members,
    print_list,
    slip,
    whole_option,
)
from engine.kinds.typed import composed, is_storable, single
from engine.words import Phrase

NAME = r"[a-z][a-z0-9_]*"
CELL = rf"({NAME})-([0-9]{{1,4}})-({NAME})"
ASKED = rf"{NAME}(?:-[0-9]{{1,4}}-{NAME})?"
LONGEST_NAME, LONGEST_REMARK = 150, 1000
MOST_DOCUMENTS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """One thing asked: a question (`field`) or a document of another name (`document`), and what is said about it."""

    field: str = ""
    document: str = ""
    remark: str = ""


def points_of(answer: Json) -> tuple[Point, ...]:
    """What an answer asks, in order."""
    return tuple(point for one in items(answer) if (point := _point(one)) is not None)


def _point(one: object) -> Point | None:
    if isinstance(one, str):
        return Point(field=one)
    part = {key: str(value) for key, value in members(one).items()}
    named = part.get("field") or part.get("document")
    return Point(part.get("field", ""), part.get("document", ""), part.get("remark", "")) if named else None


def takes_remarks(field: FieldView) -> bool:
    """Whether something may be said about each question asked."""
    return field.options.get("remarks") is True


def document_lines(field: FieldView) -> int:
    """How many documents of other names may be asked for at once."""
    return min(whole_option(field, "documents", 0), MOST_DOCUMENTS)


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    ticked = list(dict.fromkeys(text.strip() for text in raw.get("", ()) if text.strip()))
    if not all(re.fullmatch(ASKED, name) for name in ticked):
        return slip(field, "not_a_field")
    asked = [Point(field=name, remark=_remark(field, raw, name)) for name in ticked]
    asked += _documents(field, raw)
    for point in asked:
        if (wrong := _wrong(field, point)) is not None:
            return wrong
    return [_stored(point) for point in asked] or ([] if field.optional else None)


def _remark(field: FieldView, raw: Raw, name: str) -> str:
    return _text(raw, f"-remark-{name}") if takes_remarks(field) else ""


def _documents(field: FieldView, raw: Raw) -> list[Point]:
    lines = range(1, document_lines(field) + 1)
    named = ((_text(raw, f"-document-{line}"), _text(raw, f"-said-{line}")) for line in lines)
    return [Point(document=" ".join(name.split()), remark=said) for name, said in named if name or said]


def _text(raw: Raw, suffix: str) -> str:
    return composed(single(raw, suffix).replace("\r\n", "\n")).strip()


def _wrong(field: FieldView, point: Point) -> Slips | None:
    if not point.field and not point.document:
        return slip(field, "document_without_name")
    if not all(is_storable(text.replace("\n", " ")) for text in (point.document, point.remark)):
        return slip(field, "control_character")
    for text, most in ((point.document, LONGEST_NAME), (point.remark, LONGEST_REMARK)):
        if len(text) > most:
            return slip(field, "too_long", max=most, length=len(text))
    return None


def _stored(point: Point) -> Json:
    if point.field and not point.remark:
        return point.field
    kept = {"field": point.field, "document": point.document, "remark": point.remark}
    return {key: text for key, text in kept.items() if text}


def _value(field: FieldView, answer: Json) -> object:
    """For the rules: the ids of the questions."""
    asked = (point.field for point in points_of(answer))
    return [id for id in asked if id] if isinstance(answer, list) else None


def _controls(field: FieldView, answer: Json) -> Controls:
    asked = points_of(answer)
    found: Controls = {"": [point.field for point in asked if point.field]}
    found |= {f"-remark-{point.field}": [point.remark] for point in asked if point.field and point.remark}
    for line, point in enumerate((one for one in asked if one.document), 1):
        found |= {f"-document-{line}": [point.document], f"-said-{line}": [point.remark]}
    return found


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    """The ids; who has the scheme at hand prints the fields' labels instead."""
    return print_list(_names(points_of(answer)))


def _names(asked: Iterable[Point]) -> list[str]:
    return [point.field or point.document for point in asked]


def _schema(field: FieldView) -> JsonSchema:
    id: JsonSchema = {"type": "string", "pattern": rf"^{ASKED}$(?!\n)"}
    remark: JsonSchema = {"type": "string", "maxLength": LONGEST_REMARK}
    shapes: list[JsonSchema] = [id]
    if takes_remarks(field):
        shapes.append(_members({"field": id, "remark": remark}, "field"))
    if document_lines(field):
        name: JsonSchema = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "format": "line"}
        shapes.append(_members({"document": name, "remark": remark}, "document"))
    return {
        "type": "array",
        "items": id if len(shapes) == 1 else {"anyOf": shapes},
        "uniqueItems": True,
        **({} if field.optional else {"minItems": 1}),
    }


def _members(properties: dict[str, JsonSchema], needed: str) -> JsonSchema:
    return {
        "type": "object",
        "properties": properties,
        "required": [needed],
        "additionalProperties": False,
    }


FIELDS = Kind(
    name="fields",
    keys={
        "remarks": {
            "type": "boolean",
            "description": "true to let who asks say something about each question; the applicant reads it beside it.",
        },
        "documents": {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_DOCUMENTS,
            "description": "How many documents the form doesn't ask for may be asked for by name.",
        },
    },
    codes=("not_a_field", "document_without_name", "control_character", "too_long"),
    feel_type=lambda field: feel.List(feel.STRING),
    read=_read,
    schema=_schema,
    value=_value,
    raw=_controls,
    printed=_printed,
    unit="list",
    proven=True,
)

"""Kinds `choice` (one) and `choices` (several), among options written in the scheme or in a reference list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from engine.feel import types as feel
from engine.kinds.field import FieldView, ListView, TextView
from engine.kinds.kind import (
    COUNTS,
    Controls,
    Json,
    JsonSchema,
    Kind,
    Raw,
    Slips,
    count_keys,
    count_schema,
    items,
    print_list,
    slip,
)
from engine.kinds.typed import single
from engine.words import Phrase, Printed


def codes_of(field: FieldView) -> Mapping[str, object]:
    """The codes one may choose, in order (a mapping, so that asking for one stays fast)."""
    if (found := field.options.get("list")) is not None:
        return cast("ListView", found).rows
    return cast("Mapping[str, object]", field.options.get("options") or {})


def label_of(field: FieldView, code: str, language: str) -> str:
    """What people read for a code; the code itself when a later version dropped it."""
    if code not in codes_of(field):
        return code
    if (found := field.options.get("list")) is not None:
        return cast("ListView", found).label(code, language)
    return cast("Mapping[str, TextView]", field.options["options"])[code].plain(language)


def _read_choice(field: FieldView, raw: Raw) -> Json | Slips | None:
    code = single(raw)
    if not code:
        return None
    return code if code in codes_of(field) else slip(field, "not_an_option")


def _read_choices(field: FieldView, raw: Raw) -> Json | Slips | None:
    """The codes ticked, in the scheme's order; an optional one left alone is no code, not an unknown."""
    ticked = {text.strip() for text in raw.get("", ())} - {""}
    if not ticked:
        return [] if field.optional else None
    known = codes_of(field)
    if not ticked <= known.keys():
        return slip(field, "not_an_option")
    return [code for code in known if code in ticked]


def _value(field: FieldView, answer: Json) -> object:
    return answer if isinstance(answer, str) and answer in codes_of(field) else None


def _values(field: FieldView, answer: Json) -> object:
    if not isinstance(answer, list):
        return None
    known = codes_of(field)
    return [code for code in answer if isinstance(code, str) and code in known]


def _type(field: FieldView) -> feel.Type:
    return feel.String(frozenset(codes_of(field)))


def _schema(field: FieldView) -> JsonSchema:
    return {"type": "string", "enum": list(codes_of(field))}


def _schema_of_several(field: FieldView) -> JsonSchema:
    at_least_one: JsonSchema = {} if field.optional else {"minItems": 1}
    return (
        {"type": "array", "items": _schema(field), "uniqueItems": True} | at_least_one | count_schema(field)
    )


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    return (Printed(label_of(field, answer, language), "choice"),) if isinstance(answer, str) else ()


def _printed_several(field: FieldView, answer: Json, language: str) -> Phrase:
    return print_list(label_of(field, code, language) for code in items(answer) if isinstance(code, str))


def _ticked(field: FieldView, answer: Json) -> Controls:
    return {"": [code for code in items(answer) if isinstance(code, str)]}


OPTIONS: dict[str, JsonSchema] = {
    "options": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"type": ["string", "object"]},
        "description": "What one may choose: a label for each code.",
    },
    "list": {"type": "string", "description": "The reference list to choose from: lists/NAME.csv."},
}

CHOICE = Kind(
    name="choice",
    keys=OPTIONS,
    codes=("not_an_option",),
    feel_type=_type,
    read=_read_choice,
    schema=_schema,
    value=_value,
    printed=_printed,
    unit="choice",
    proven=True,
)
CHOICES = Kind(
    name="choices",
    keys=OPTIONS | count_keys("choices"),
    expressions=COUNTS,
    codes=("not_an_option", "too_few", "too_many"),
    feel_type=lambda field: feel.List(_type(field)),
    read=_read_choices,
    schema=_schema_of_several,
    value=_values,
    raw=_ticked,
    printed=_printed_several,
    unit="list",
    proven=True,
)

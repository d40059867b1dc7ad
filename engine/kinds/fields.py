"""Kind `fields`: names of fields of the form, asked of staff (what should the applicant correct?)."""

from __future__ import annotations

import re

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, Kind, Raw, Slips, items, print_list, slip
from engine.words import Phrase

NAME = r"[a-z][a-z0-9_]*"


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    ticked = list(dict.fromkeys(text.strip() for text in raw.get("", ()) if text.strip()))
    if not all(re.fullmatch(NAME, name) for name in ticked):
        return slip(field, "not_a_field")
    return ticked or ([] if field.optional else None)


def _value(field: FieldView, answer: Json) -> object:
    return [name for name in answer if isinstance(name, str)] if isinstance(answer, list) else None


def _controls(field: FieldView, answer: Json) -> Controls:
    return {"": [name for name in items(answer) if isinstance(name, str)]}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    """The ids; who has the scheme at hand prints the fields' labels instead."""
    return print_list(name for name in items(answer) if isinstance(name, str))


FIELDS = Kind(
    name="fields",
    keys={},
    codes=("not_a_field",),
    feel_type=lambda field: feel.List(feel.STRING),
    read=_read,
    schema=lambda field: {
        "type": "array",
        "items": {"type": "string", "pattern": rf"^{NAME}$(?!\n)"},
        "uniqueItems": True,
        **({} if field.optional else {"minItems": 1}),
    },
    value=_value,
    raw=_controls,
    printed=_printed,
    unit="list",
    proven=True,
)

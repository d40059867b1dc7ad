"""Kind `rating`: a mark from 1 to `steps`, one radio button each, with words at both ends."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, Kind, Raw, Slips, slip, whole_option
from engine.kinds.typed import latin_digits, single
from engine.words import Phrase, Printed

STEPS = 5  # when the scheme doesn't say


def steps_of(field: FieldView) -> int:
    """The highest mark."""
    return whole_option(field, "steps", STEPS)


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = latin_digits(single(raw))
    if not text:
        return None
    fits = re.fullmatch(r"[1-9][0-9]?", text) and int(text) <= steps_of(field)
    return int(text) if fits else slip(field, "not_an_option")


def _value(field: FieldView, answer: Json) -> object:
    whole = isinstance(answer, int) and not isinstance(answer, bool)
    return Decimal(str(answer)) if whole else None


def _controls(field: FieldView, answer: Json) -> Controls:
    return {"": [str(answer)] if _value(field, answer) is not None else []}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    """`4 / 5`."""
    return (Printed(f"{answer} / {steps_of(field)}", "text"),) if _value(field, answer) is not None else ()


RATING = Kind(
    name="rating",
    keys={
        "steps": {
            "type": "integer",
            "minimum": 2,
            "maximum": 10,
            "description": "The highest mark, from 2 to 10 (5 when not said).",
        },
        "low": {"$ref": "#/$defs/text", "description": "What the lowest mark means."},
        "high": {"$ref": "#/$defs/text", "description": "What the highest mark means."},
    },
    codes=("not_an_option",),
    feel_type=lambda field: feel.Number("integer"),
    read=_read,
    schema=lambda field: {"type": "integer", "minimum": 1, "maximum": steps_of(field)},
    value=_value,
    raw=_controls,
    printed=_printed,
    unit="integer",
)

"""Kinds `text` (one line) and `long_text` (several lines)."""

from __future__ import annotations

import re

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, JsonSchema, Kind, Raw, Slips, slip, whole_option
from engine.kinds.typed import composed, is_line, is_lines, is_storable, single

LINE, PARAGRAPHS = 300, 10_000  # characters accepted when the scheme says nothing


def _read(field: FieldView, raw: Raw, longest: int, *, lines: bool) -> Json | Slips | None:
    text = composed(re.sub(r"\r\n?", "\n", single(raw)))
    if not lines and "\n" in text:
        text = " ".join(text.split("\n"))
    if not text:
        return None
    if not is_storable(text, lines=lines):
        return slip(field, "control_character")
    if len(text) > (most := whole_option(field, "max_length", longest)):
        return slip(field, "too_long", max=most, length=len(text))
    if len(text) < (least := whole_option(field, "min_length", 0)):
        return slip(field, "too_short", min=least, length=len(text))
    return text


def _read_line(field: FieldView, raw: Raw) -> Json | Slips | None:
    return _read(field, raw, LINE, lines=False)


def _read_paragraphs(field: FieldView, raw: Raw) -> Json | Slips | None:
    return _read(field, raw, PARAGRAPHS, lines=True)


def _schema(field: FieldView, longest: int, form: str) -> JsonSchema:
    least = max(1, whole_option(field, "min_length", 1))
    most = whole_option(field, "max_length", longest)
    return {"type": "string", "minLength": least, "maxLength": most, "format": form}


def _keys(longest: int) -> dict[str, JsonSchema]:
    return {
        "max_length": {
            "type": "integer",
            "minimum": 1,
            "maximum": 100_000,
            "description": f"How many characters at most ({longest} when not said).",
        },
        "min_length": {"type": "integer", "minimum": 1, "description": "How many characters at least."},
    }


CODES = ("control_character", "too_long", "too_short")

TEXT = Kind(
    name="text",
    keys=_keys(LINE),
    codes=CODES,
    feel_type=lambda field: feel.STRING,
    read=_read_line,
    schema=lambda field: _schema(field, LINE, "line"),
    formats={"line": is_line},
    proven=True,
)
LONG_TEXT = Kind(
    name="long_text",
    keys=_keys(PARAGRAPHS),
    codes=CODES,
    feel_type=lambda field: feel.STRING,
    read=_read_paragraphs,
    schema=lambda field: _schema(field, PARAGRAPHS, "lines"),
    formats={"lines": is_lines},
    proven=True,
)

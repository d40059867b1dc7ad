"""Where the pen goes: for each kind the boxes, lines or squares an answer is written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from engine.kinds.choice_grid import lines_of
from engine.kinds.choices import has_none, none_label
from engine.kinds.kind import constant
from engine.kinds.options import OTHER, codes_of, has_other, label_of
from engine.kinds.person import asks_birth
from engine.language.model import Field
from renderers.catalogues import marked, say
from renderers.control_parts import BIRTH, PARTS
from renderers.words.phrases import ALONE_NO, ALONE_YES

# {"kind": "line", "label", "unit"} {"kind": "lines", "count"} {"kind": "boxes", "label", "groups"}
# {"kind": "squares", "options": [text]} {"kind": "grid", "columns": [text], "rows"}
# {"kind": "table", "columns": [text], "lines": [{"label", "heading"}]}
Ask: TypeAlias = "dict[str, Any]"

BOXES: Mapping[str, tuple[int, ...]] = {
    "siret": (3, 3, 3, 5),
    "siren": (3, 3, 3),
    "iban": (4, 4, 4, 4, 4, 4, 3),
    "bic": (11,),
    "nir": (1, 2, 2, 2, 3, 3, 2),
    "postal_code": (5,),
    "date": (2, 2, 4),
    "year": (4,),
    "time": (2, 2),
}
UNITS = {"money": "€", "percentage": "%"}
LONG_TEXT_LINES, MOST_SQUARES = 8, 30
ROWS, MOST_ROWS, MOST_COLUMNS = 5, 10, 6
WRITE_HERE = marked("Write here the one that applies to you.")
JOINED = marked("I enclose this document")


def asks(field: Field, language: str) -> list[Ask]:
    """What one question looks like on paper."""
    kind = field.kind
    if kind == "yes_no":
        return [_squares(say(language, ALONE_YES), say(language, ALONE_NO))]
    if kind == "consent":
        return [_squares(field.label.plain(language))]
    if kind in ("choice", "choices"):
        return _options(field, language)
    if kind == "choice_grid":
        return [
            {
                **_squares(*(label_of(field, code, language) for code in codes_of(field))),
                "label": line.plain(language),
            }
            for line in lines_of(field).values()
        ]
    if kind == "long_text":
        return [{"kind": "lines", "count": LONG_TEXT_LINES}]
    if kind == "file":
        return [_squares(say(language, JOINED))]
    if kind == "repeat":
        return _rows(field, language)
    if kind == "matrix":
        return [_table(field, language)]
    return _typed(field, language)


def _table(field: Field, language: str) -> Ask:
    """A table with its lines, those to be worked out too: on paper they are added up by hand."""
    lines = [{"label": one.label.plain(language), "heading": one.heading} for one in field.lines.values()]
    columns = [one.label.plain(language) for one in field.fields.values()]
    return {"kind": "table", "columns": columns, "lines": lines}


def _squares(*options: str) -> Ask:
    return {"kind": "squares", "options": list(options)}


def _options(field: Field, language: str) -> list[Ask]:
    codes = list(codes_of(field))
    if len(codes) > MOST_SQUARES:
        return [_line(say(language, WRITE_HERE))]
    beside = [label_of(field, OTHER, language)] if has_other(field) else []
    none = [none_label(field, language)] if has_none(field) else []
    squares = _squares(*(label_of(field, code, language) for code in codes), *beside, *none)
    return [squares, *(_line(label) for label in beside)]


def _line(label: str = "", unit: str = "") -> Ask:
    return {"kind": "line", "label": label, "unit": unit}


def _boxes(kind: str, label: str = "") -> Ask:
    return {"kind": "boxes", "label": label, "groups": list(BOXES[kind])}


def _typed(field: Field, language: str) -> list[Ask]:
    if field.kind in BOXES:
        return [_boxes(field.kind)]
    parts = PARTS.get(field.kind, {"": None})
    made = [
        _line(say(language, shape.label) if shape and shape.label else "", UNITS.get(field.kind, ""))
        for suffix, shape in parts.items()
        if not suffix.startswith("-born")
    ]
    birth = field.kind == "person" and asks_birth(field)
    return [*made, _boxes("date", say(language, BIRTH))] if birth else made


def _rows(field: Field, language: str) -> list[Ask]:
    """A table to fill in, when its columns fit the sheet; else the questions of one row, several times."""
    asked = [one for one in field.fields.values() if one.value is None and one.page == field.page]
    rows = min(constant(field, "at_most") or ROWS, MOST_ROWS)
    if len(asked) <= MOST_COLUMNS and not any(one.fields for one in asked):
        return [{"kind": "grid", "columns": [one.label.plain(language) for one in asked], "rows": rows}]
    return [
        {**ask, "label": ask.get("label") or one.label.plain(language)}
        for _ in range(min(rows, 3))
        for one in asked
        for ask in asks(one, language)
    ]

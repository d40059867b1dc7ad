"""How a page's script writes what it computes: figures in their unit, and the words for codes, yes and no."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from engine.kinds import kind_of
from engine.kinds.choice import codes_of, label_of
from engine.language.model import Field
from engine.words import Printed
from renderers.words import number, printed, standalone

Json: TypeAlias = Any
UNITS = ("money", "percentage", "integer", "number")


@cache
def figures(language: str) -> dict[str, Json]:
    """How numbers are written: the signs between their digits, and what stands around them by unit."""
    example = number(Decimal("1234.5"), language)
    around = {unit: printed(Printed("7", unit), language).split("7") for unit in UNITS}
    return {
        "group": example[1 : example.index("234")],
        "mark": example[example.index("4") + 1 : -1],
        "around": around,
    }


def written(field: Field, language: str) -> dict[str, Json]:
    """How the computed value of a field is written: the unit of a figure, the text of each code, of true and false.

    Labels of a list stay on the server, with the list.
    """
    unit = kind_of(field).unit
    if unit == "choice":
        codes = () if "list" in field.options else codes_of(field)
        return {"unit": "number", "texts": {code: label_of(field, code, language) for code in codes}}
    if unit == "boolean":
        words = {name: standalone((Printed(name == "true", unit),), language) for name in ("true", "false")}
        return {"unit": "number", "texts": words}
    return {"unit": unit if unit in UNITS else "number"}

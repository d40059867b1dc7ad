"""Literals, names, paths, arithmetic and comparison: Python's own operator where both types are plain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from engine.feel import tree as t
from engine.feel.generated.writer import Wording
from engine.feel.temporal import MonthsDuration

# Two values of the same one of these types are compared by Python itself.
ORDERED: Mapping[type, str] = {
    Decimal: "Decimal",
    str: "str",
    date: "date",
    timedelta: "timedelta",
    MonthsDuration: "MonthsDuration",
}
EQUATABLE: Mapping[type[t.Node], Wording] = {
    t.Literal: _known,
    t.At: _known,
    t.Name: _name,
    t.Comparison: _comparison,
    t.Between: _between,
    t.In: _in,
    t.Arithmetic: _arithmetic,
    t.Negate: _negate,
}

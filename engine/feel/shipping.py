"""What travels to an evaluator outside Python: values as plain JSON, and what it must leave to the server.

    null, true, "text"                     themselves
    {"n": "12.50"}                         a number
    {"@": "2020-03-01"}                    a date, a time, a moment or a duration, as FEEL writes it
    [ … ]                                  a list
    {"c": [["key", …], …]}                 a context, its keys in order
    {"r": [low, high, true, false, null]}  a range: its ends, whether it holds them, the operator of an open one

Trees travel as `to_json` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from engine.feel import tree as t
from engine.feel.far import FarDate, FarDateTime
from engine.feel.temporal import MonthsDuration
from engine.feel.temporal_texts import text_of
from engine.feel.values import RangeValue, Value

Json: TypeAlias = Any


class NotShippable(ValueError):
    """A value only the server can use: a function of Python, a zone known by its name."""


def ship_value(value: Value) -> Json:
    """A value as JSON. Raises NotShippable."""
    match value:
        case None | bool() | str():
            return value
        case Decimal() | int():
            return {"n": str(value)}
        case list() | tuple():
            return [ship_value(item) for item in value]
        case Mapping():
            return {"c": [[key, ship_value(item)] for key, item in value.items()]}
        case RangeValue():
            ends = [ship_value(value.low), ship_value(value.high)]
            return {"r": [*ends, value.low_included, value.high_included, value.operator]}
        case date() | time() | timedelta() | MonthsDuration() | FarDate() | FarDateTime():
            if isinstance(getattr(value, "tzinfo", None), ZoneInfo):
                raise NotShippable("a zone known by its name")
            return {"@": text_of(value)}
    raise NotShippable(type(value).__name__)


def needs_server(tree: t.Tree) -> bool:
    """Whether the tree can be known to need what only the server has: the rules of a named zone, the present instant."""
    return any(_needs_server(node) for node in t.walk(tree.root))


def _needs_server(node: t.Node) -> bool:
    match node:
        case t.At(text) | t.Literal(str(text)):
            return "@" in text
        case t.Call(t.Name("now")):
            return True
    return False

"""The values FEEL knows, as Python holds them, and the names of their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, TypeAlias

from engine.feel.far import FarDate, FarDateTime
from engine.feel.temporal import MonthsDuration

Value: TypeAlias = Any

# IEEE 754 decimal128, as the standard wants; traps off: a faulty operation gives NaN, which becomes null.
DECIMALS = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[], clamp=0)
LISTS = (list, tuple)  # what is a list; one object, since making `list | tuple` each time costs
DAYS, MONTHS = "days and time duration", "years and months duration"

_KINDS: dict[type, str] = {
    Decimal: "number", int: "number", str: "string", bool: "boolean", type(None): "null", list: "list",
    tuple: "list", dict: "context", date: "date", datetime: "date and time", time: "time", timedelta: DAYS,
    MonthsDuration: MONTHS, FarDate: "date", FarDateTime: "date and time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RangeValue:
    """A range; an end that is None is open. `operator` tells `(< 5)` from `(null..5)`."""

    low: Value
    high: Value
    low_included: bool
    high_included: bool
    operator: str | None = None


_KINDS[RangeValue] = "range"


def kind_of(value: Value) -> str:
    """The FEEL name of the type of a value; "unknown" for what is no FEEL value (a float, for instance)."""
    kind = _KINDS.get(type(value))
    if kind is not None:
        return kind
    if isinstance(value, Mapping):
        return "context"
    for known, name in _KINDS.items():
        if isinstance(value, known) and known is not type(None):
            return name
    return "function" if callable(value) else "unknown"


def finite(number: Decimal) -> Decimal | None:
    """The number, or None for what is none: a division by zero, an overflow."""
    return number if number.is_finite() else None


def holds_no_number(value: Value) -> bool:
    """Whether a decimal that is NaN or infinite stands in a value: no calculation here gives any, one may be given."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Decimal) and not current.is_finite():
            return True
        if isinstance(current, LISTS):
            waiting.extend(current)
        elif isinstance(current, Mapping):
            waiting.extend(current.values())
    return False

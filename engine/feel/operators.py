"""What the operators do with values: arithmetic, comparison, three-valued logic. Nothing here raises on data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, TypeAlias

from engine.feel.limits import bounded_text, bounded_value
from engine.feel.temporal import (
    MonthsDuration,
    add_days,
    add_months,
    add_to_time,
    as_moment,
    between_moments,
    between_times,
    seconds_of,
)

Value: TypeAlias = Any

# IEEE 754 decimal128, as the standard wants; traps off: a faulty operation gives NaN, which becomes null.
DECIMALS = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[], clamp=0)
DAYS, MONTHS = "days and time duration", "years and months duration"

_KINDS: dict[type, str] = {
    Decimal: "number", int: "number", str: "string", bool: "boolean", type(None): "null", list: "list",
    tuple: "list", dict: "context", date: "date", datetime: "date and time", time: "time", timedelta: DAYS,
    MonthsDuration: MONTHS,
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


# -- three-valued logic -----------------------------------------------------------------------------------------


def negation(value: Value) -> bool | None:
    """not: true and false change places, anything else is null."""
    return (not value) if value is True or value is False else None


def conjunction(values: list[Value]) -> bool | None:
    """and: false if one is false, true if all are true, null otherwise."""
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


def disjunction(values: list[Value]) -> bool | None:
    """or: true if one is true, false if all are false, null otherwise."""
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


# -- comparison -------------------------------------------------------------------------------------------------


def equal(left: Value, right: Value) -> bool | None:
    """Whether two values are equal: null equals only null, and values of different types give null."""
    if left is None or right is None:
        return left is right
    kind = kind_of(left)
    if kind != kind_of(right):
        return None
    if kind == "list":
        return _equal_lists(bounded_value(left), bounded_value(right))
    if kind == "context":
        return _equal_contexts(bounded_value(left), bounded_value(right))
    if kind in {"time", "date and time"}:
        return _equal_moments(left, right)
    if kind == "range":
        return _equal_ranges(left, right)
    if kind in {"function", "unknown"}:
        return None
    return bool(left == right)


def _equal_lists(left: Value, right: Value) -> bool | None:
    if len(left) != len(right):
        return False
    return conjunction([equal(one, other) for one, other in zip(left, right, strict=True)])


def _equal_contexts(left: Value, right: Value) -> bool | None:
    if left.keys() != right.keys():
        return False
    return conjunction([equal(left[key], right[key]) for key in left])


def _equal_ranges(left: RangeValue, right: RangeValue) -> bool | None:
    if (left.operator, left.low_included, left.high_included) != (
        right.operator, right.low_included, right.high_included
    ):  # fmt: skip
        return False
    return conjunction([equal(left.low, right.low), equal(left.high, right.high)])


def _equal_moments(left: Value, right: Value) -> bool | None:
    """Two times are equal to the second: the standard compares whole seconds."""
    if isinstance(left, time) and left.tzinfo is not None and left.tzinfo == right.tzinfo:
        return left.replace(tzinfo=None, microsecond=0) == right.replace(tzinfo=None, microsecond=0)
    if (left.tzinfo is None) != (right.tzinfo is None):
        return False
    left, right = left.replace(microsecond=0), right.replace(microsecond=0)
    if isinstance(left, time):
        return seconds_of(left) == seconds_of(right)
    return between_moments(left, right) == timedelta()


def order(left: Value, right: Value) -> int | None:
    """-1, 0 or 1 as the first value is before, at or after the second; None when they have no order."""
    kind = kind_of(left)
    if kind != kind_of(right):
        return None
    if kind in {"number", "string", "date", DAYS, MONTHS}:
        return int(left > right) - int(left < right)
    if kind == "date and time":
        span = between_moments(left, right)
    elif kind == "time":
        span = _time_span(left, right)
    else:
        return None
    return None if span is None else int(span > timedelta()) - int(span < timedelta())


def _time_span(left: time, right: time) -> timedelta | None:
    if left.tzinfo is not None and left.tzinfo == right.tzinfo:
        return between_times(left.replace(tzinfo=None), right.replace(tzinfo=None))
    return between_times(left, right)


def less(left: Value, right: Value) -> bool | None:
    """left < right."""
    found = order(left, right)
    return None if found is None else found < 0


def less_or_equal(left: Value, right: Value) -> bool | None:
    """left <= right."""
    found = order(left, right)
    return None if found is None else found <= 0


def greater(left: Value, right: Value) -> bool | None:
    """left > right."""
    found = order(left, right)
    return None if found is None else found > 0


def greater_or_equal(left: Value, right: Value) -> bool | None:
    """left >= right."""
    found = order(left, right)
    return None if found is None else found >= 0


def different(left: Value, right: Value) -> bool | None:
    """left != right."""
    return negation(equal(left, right))


def between(value: Value, low: Value, high: Value) -> bool | None:
    """low <= value <= high."""
    return conjunction([greater_or_equal(value, low), less_or_equal(value, high)])


def includes(span: RangeValue, value: Value) -> bool | None:
    """Whether a range holds a value."""
    if span.operator in {"=", "!="}:
        return COMPARISONS[span.operator](value, span.low)
    tests: list[Value] = []
    if span.low is not None or span.operator is None:
        tests.append((greater_or_equal if span.low_included else greater)(value, span.low))
    if span.high is not None or span.operator is None:
        tests.append((less_or_equal if span.high_included else less)(value, span.high))
    return conjunction(tests)


def satisfies(value: Value, test: Value) -> bool | None:
    """Whether a value is equal to a test, in the range it is, or in the list it is."""
    if isinstance(test, RangeValue):
        return equal(value, test) if isinstance(value, RangeValue) else includes(test, value)
    if isinstance(test, list | tuple):
        if isinstance(value, list | tuple) and equal(value, test) is True:
            return True
        return disjunction([satisfies(value, item) for item in test])
    return equal(value, test)


COMPARISONS: dict[str, Callable[[Value, Value], bool | None]] = {
    "=": equal,
    "!=": different,
    "<": less,
    "<=": less_or_equal,
    ">": greater,
    ">=": greater_or_equal,
}


# -- arithmetic -------------------------------------------------------------------------------------------------


def finite(number: Decimal) -> Decimal | None:
    """The number, or None for what is none: a division by zero, an overflow."""
    return number if number.is_finite() else None


def span_in_microseconds(span: timedelta) -> int:
    """The exact length of a span."""
    return (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds


def span_of(microseconds: Decimal) -> timedelta | None:
    """The span of that length, cut to the microsecond; None when it is too long."""
    try:
        return timedelta(microseconds=int(microseconds))
    except (OverflowError, ValueError):
        return None


def add(left: Value, right: Value) -> Value:
    """left + right."""
    found = _ADDITIONS.get((kind_of(left), kind_of(right)))
    return found(left, right) if found else None


def subtract(left: Value, right: Value) -> Value:
    """left - right."""
    found = _SUBTRACTIONS.get((kind_of(left), kind_of(right)))
    return found(left, right) if found else None


def multiply(left: Value, right: Value) -> Value:
    """left * right."""
    found = _MULTIPLICATIONS.get((kind_of(left), kind_of(right)))
    return found(left, right) if found else None


def divide(left: Value, right: Value) -> Value:
    """left / right; null when the divisor is nothing."""
    found = _DIVISIONS.get((kind_of(left), kind_of(right)))
    return found(left, right) if found and right else None


def raise_to_power(left: Value, right: Value) -> Value:
    """left ** right."""
    if kind_of(left) != "number" or kind_of(right) != "number":
        return None
    return finite(DECIMALS.power(left, right))


def negate(value: Value) -> Value:
    """-value, of a number or a duration."""
    match kind_of(value):
        case "number":
            return DECIMALS.minus(value)
        case "days and time duration":
            return -value
        case "years and months duration":
            return MonthsDuration(-value.months)
    return None


def _times(span: timedelta, factor: Decimal) -> timedelta | None:
    return span_of(DECIMALS.multiply(Decimal(span_in_microseconds(span)), factor))


def _months_times(span: MonthsDuration, factor: Decimal) -> MonthsDuration | None:
    months = DECIMALS.multiply(span.months, factor)
    return MonthsDuration(int(months)) if months.is_finite() and months.adjusted() < 12 else None


def _sum_of_spans(left: timedelta, right: timedelta) -> timedelta | None:
    return span_of(Decimal(span_in_microseconds(left) + span_in_microseconds(right)))


def _ratio(left: int, right: int) -> Decimal | None:
    return finite(DECIMALS.divide(Decimal(left), Decimal(right)))


_ADDITIONS: dict[tuple[str, str], Callable[[Value, Value], Value]] = {
    ("number", "number"): lambda a, b: finite(DECIMALS.add(a, b)),
    ("string", "string"): lambda a, b: bounded_text(a + b),
    (DAYS, DAYS): _sum_of_spans,
    (MONTHS, MONTHS): lambda a, b: MonthsDuration(a.months + b.months),
    ("time", DAYS): add_to_time,
    (DAYS, "time"): lambda a, b: add_to_time(b, a),
}
_SUBTRACTIONS: dict[tuple[str, str], Callable[[Value, Value], Value]] = {
    ("number", "number"): lambda a, b: finite(DECIMALS.subtract(a, b)),
    (DAYS, DAYS): lambda a, b: _sum_of_spans(a, -b),
    (MONTHS, MONTHS): lambda a, b: MonthsDuration(a.months - b.months),
    ("time", "time"): between_times,
    ("time", DAYS): lambda a, b: add_to_time(a, -b),
}
_MULTIPLICATIONS: dict[tuple[str, str], Callable[[Value, Value], Value]] = {
    ("number", "number"): lambda a, b: finite(DECIMALS.multiply(a, b)),
    (DAYS, "number"): _times,
    ("number", DAYS): lambda a, b: _times(b, a),
    (MONTHS, "number"): _months_times,
    ("number", MONTHS): lambda a, b: _months_times(b, a),
}
_DIVISIONS: dict[tuple[str, str], Callable[[Value, Value], Value]] = {
    ("number", "number"): lambda a, b: finite(DECIMALS.divide(a, b)),
    (DAYS, "number"): lambda a, b: span_of(DECIMALS.divide(Decimal(span_in_microseconds(a)), b)),
    (MONTHS, "number"): lambda a, b: MonthsDuration(int(DECIMALS.divide(Decimal(a.months), b))),
    (DAYS, DAYS): lambda a, b: _ratio(span_in_microseconds(a), span_in_microseconds(b)),
    (MONTHS, MONTHS): lambda a, b: _ratio(a.months, b.months) if b.months else None,
}
for _day in ("date", "date and time"):
    _ADDITIONS[_day, MONTHS] = lambda a, b: add_months(a, b.months)
    _ADDITIONS[MONTHS, _day] = lambda a, b: add_months(b, a.months)
    _ADDITIONS[_day, DAYS] = add_days
    _ADDITIONS[DAYS, _day] = lambda a, b: add_days(b, a)
    _SUBTRACTIONS[_day, MONTHS] = lambda a, b: add_months(a, -b.months)
    _SUBTRACTIONS[_day, DAYS] = lambda a, b: add_days(a, -b)
    for _other in ("date", "date and time"):
        _SUBTRACTIONS[_day, _other] = between_moments

ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": raise_to_power,
}


# -- parts ------------------------------------------------------------------------------------------------------


def member(value: Value, name: str) -> Value:
    """A part of a context, of a date or of a duration; of a list, that part of each item."""
    if isinstance(value, Mapping):
        return value.get(name)
    if isinstance(value, list | tuple):
        return [member(item, name) for item in value]
    read = PARTS.get(kind_of(value), {}).get(name)
    return read(value) if read else None


def _days_part(unit: str) -> Callable[[timedelta], Decimal]:
    """One part of a duration, with the sign of the duration."""

    def read(span: timedelta) -> Decimal:
        sign, length = (-1, -span) if span < timedelta() else (1, span)
        parts = {
            "days": length.days,
            "hours": length.seconds // 3600,
            "minutes": length.seconds // 60 % 60,
            "seconds": length.seconds % 60,
        }
        return Decimal(sign * parts[unit])

    return read


def _zone_name(moment: Value) -> str | None:
    return getattr(moment.tzinfo, "key", None)


_CALENDAR: dict[str, Callable[[Value], Value]] = {
    "year": lambda d: Decimal(d.year),
    "month": lambda d: Decimal(d.month),
    "day": lambda d: Decimal(d.day),
    "weekday": lambda d: Decimal(d.isoweekday()),
}
_CLOCK: dict[str, Callable[[Value], Value]] = {
    "hour": lambda t: Decimal(t.hour),
    "minute": lambda t: Decimal(t.minute),
    "second": lambda t: Decimal(t.second),
    "time offset": lambda t: t.utcoffset(),
    "timezone": _zone_name,
}
PARTS: dict[str, dict[str, Callable[[Value], Value]]] = {
    "date": _CALENDAR | {"hour": lambda _: None, "minute": lambda _: None, "second": lambda _: None},
    "date and time": _CALENDAR | _CLOCK,
    "time": _CLOCK,
    DAYS: {unit: _days_part(unit) for unit in ("days", "hours", "minutes", "seconds")},
    MONTHS: {
        "years": lambda s: Decimal(int(s.months / 12)),
        "months": lambda s: Decimal(s.months - 12 * int(s.months / 12)),
    },
    "range": {
        "start": lambda r: r.low,
        "end": lambda r: r.high,
        "start included": lambda r: r.low_included,
        "end included": lambda r: r.high_included,
    },
}

__all__ = ["ARITHMETIC", "COMPARISONS", "DECIMALS", "RangeValue", "Value", "as_moment", "kind_of", "member"]

"""What + - * / and ** do with numbers, texts, dates and durations. Nothing here raises on data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from engine.feel.limits import bounded_text
from engine.feel.temporal import (
    MonthsDuration,
    add_days,
    add_months,
    add_to_time,
    between_moments,
    between_times,
)
from engine.feel.values import DAYS, DECIMALS, MONTHS, Value, finite, kind_of

# The last digit of a power is hard to know: it is computed with more digits, and rounded once they are known well.
_LONGER, _SHORTER = (
    Context(prec=prec, rounding=ROUND_HALF_EVEN, Emin=-6300, Emax=6300, traps=[]) for prec in (80, 60)
)


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
    return finite(DECIMALS.plus(_SHORTER.plus(_LONGER.power(left, right))))


def negate(value: Value) -> Value:
    """-value, of a number or a duration."""
    match kind_of(value):
        case "number":
            return DECIMALS.minus(value)
        case "days and time duration":
            return span_of(Decimal(-span_in_microseconds(value)))
        case "years and months duration":
            return MonthsDuration(-value.months)
    return None


def _times(span: timedelta, factor: Decimal) -> timedelta | None:
    return span_of(DECIMALS.multiply(Decimal(span_in_microseconds(span)), factor))


def _months_times(span: MonthsDuration, factor: Decimal) -> MonthsDuration | None:
    return months_of(DECIMALS.multiply(Decimal(span.months), factor))


def months_of(months: Decimal) -> MonthsDuration | None:
    """The span of so many months, cut to the month; None when it is too long."""
    if not months.is_finite() or (months and months.adjusted() >= 12):
        return None
    return MonthsDuration(int(months))


def _sum_of_spans(left: timedelta, right: timedelta) -> timedelta | None:
    return span_of(Decimal(span_in_microseconds(left) + span_in_microseconds(right)))


def take_days(day: Value, span: timedelta) -> Value:
    """A day or a moment so much earlier; the longest span cannot be turned round as a whole."""
    earlier = add_days(day, timedelta(days=-span.days))
    rest = timedelta(seconds=-span.seconds, microseconds=-span.microseconds)
    return earlier if earlier is None else add_days(earlier, rest)


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
    (DAYS, DAYS): lambda a, b: span_of(Decimal(span_in_microseconds(a) - span_in_microseconds(b))),
    (MONTHS, MONTHS): lambda a, b: MonthsDuration(a.months - b.months),
    ("time", "time"): between_times,
    ("time", DAYS): lambda a, b: add_to_time(a, -(b % timedelta(days=1))),
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
    (MONTHS, "number"): lambda a, b: months_of(DECIMALS.divide(Decimal(a.months), b)),
    (DAYS, DAYS): lambda a, b: _ratio(span_in_microseconds(a), span_in_microseconds(b)),
    (MONTHS, MONTHS): lambda a, b: _ratio(a.months, b.months) if b.months else None,
}
for _day in ("date", "date and time"):
    _ADDITIONS[_day, MONTHS] = lambda a, b: add_months(a, b.months)
    _ADDITIONS[MONTHS, _day] = lambda a, b: add_months(b, a.months)
    _ADDITIONS[_day, DAYS] = add_days
    _ADDITIONS[DAYS, _day] = lambda a, b: add_days(b, a)
    _SUBTRACTIONS[_day, MONTHS] = lambda a, b: add_months(a, -b.months)
    _SUBTRACTIONS[_day, DAYS] = take_days
    for _other in ("date", "date and time"):
        _SUBTRACTIONS[_day, _other] = between_moments

ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": raise_to_power,
}

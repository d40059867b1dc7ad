"""Three-valued logic and comparison. Nothing here raises on data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

from engine.feel.far import FarDateTime, whole_second
from engine.feel.limits import bounded_value
from engine.feel.temporal import between_moments, between_times, far_gap, seconds_of
from engine.feel.values import DAYS, MONTHS, RangeValue, Value, kind_of

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
        return bool(left.replace(tzinfo=None, microsecond=0) == right.replace(tzinfo=None, microsecond=0))
    if (left.tzinfo is None) != (right.tzinfo is None):
        return False
    if isinstance(left, FarDateTime) or isinstance(right, FarDateTime):
        return far_gap(whole_second(left), whole_second(right)) == 0
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
    if isinstance(left, FarDateTime) or isinstance(right, FarDateTime):
        gap = far_gap(left, right)
        return None if gap is None else int(gap > 0) - int(gap < 0)
    if kind == "date and time":
        span = between_moments(left, right)
    elif kind == "time":
        span = between_times(left, right)
    else:
        return None
    return None if span is None else int(span > timedelta()) - int(span < timedelta())


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
        return (equal if span.operator == "=" else different)(value, span.low)
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
        return any(_satisfies_item(value, item) for item in test)  # as `list contains`: never null
    return equal(value, test)


def _satisfies_item(value: Value, item: Value) -> bool:
    return satisfies(value, bounded_value(item) if isinstance(item, list | tuple) else item) is True


COMPARISONS: dict[str, Callable[[Value, Value], bool | None]] = {
    "=": equal,
    "!=": different,
    "<": less,
    "<=": less_or_equal,
    ">": greater,
    ">=": greater_or_equal,
}

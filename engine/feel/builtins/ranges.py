"""How points and ranges lie to one another (DMN 1.5, table 78)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.feel.operators import conjunction, disjunction, equal, includes, less
from engine.feel.values import RangeValue, Value

Truth = bool | None


def point(value: Value) -> RangeValue:
    """A point as the range that holds it alone."""
    return value if isinstance(value, RangeValue) else RangeValue(value, value, True, True)


def before(one: Value, other: Value) -> Truth:
    """Whether the first ends before the second begins."""
    a, b = point(one), point(other)
    touching = not (a.high_included and b.low_included)
    return disjunction([less(a.high, b.low), conjunction([touching, equal(a.high, b.low)])])


def after(one: Value, other: Value) -> Truth:
    """Whether the first begins after the second ends."""
    return before(other, one)


def meets(a: RangeValue, b: RangeValue) -> Truth:
    """Whether the first ends at the point where the second begins, both holding it."""
    return conjunction([a.high_included, b.low_included, equal(a.high, b.low)])


def met_by(a: RangeValue, b: RangeValue) -> Truth:
    """`meets`, the other way round."""
    return meets(b, a)


def overlaps(a: RangeValue, b: RangeValue) -> Truth:
    """Whether they share a point."""
    apart = disjunction([before(a, b), before(b, a)])
    return None if apart is None else not apart


def _starts_first(a: RangeValue, b: RangeValue) -> Truth:
    earlier = a.low_included and not b.low_included
    return disjunction([less(a.low, b.low), conjunction([equal(a.low, b.low), earlier])])


def _ends_first(a: RangeValue, b: RangeValue) -> Truth:
    earlier = b.high_included and not a.high_included
    return disjunction([less(a.high, b.high), conjunction([equal(a.high, b.high), earlier])])


def overlaps_before(a: RangeValue, b: RangeValue) -> Truth:
    """Whether they share a point, and the first begins earlier and ends no later."""
    late = _ends_first(b, a)
    return conjunction([overlaps(a, b), _starts_first(a, b), None if late is None else not late])


def overlaps_after(a: RangeValue, b: RangeValue) -> Truth:
    """Whether they share a point, and the first ends later and begins no earlier."""
    early = _starts_first(a, b)
    return conjunction([overlaps(a, b), _ends_first(b, a), None if early is None else not early])


def finishes(one: Value, b: RangeValue) -> Truth:
    """Whether the first lies in the second and both end together."""
    a = point(one)
    return conjunction([equal(a.high, b.high), a.high_included == b.high_included, contains(b, a)])


def finished_by(a: RangeValue, other: Value) -> Truth:
    """`finishes`, the other way round."""
    return finishes(other, a)


def contains(a: RangeValue, other: Value) -> Truth:
    """Whether the first holds all points of the second."""
    if not isinstance(other, RangeValue):
        return includes(a, other)
    sticks_out = disjunction([_starts_first(other, a), _ends_first(a, other)])
    return None if sticks_out is None else not sticks_out


def during(one: Value, b: RangeValue) -> Truth:
    """`includes`, the other way round."""
    return contains(b, one)


def starts(one: Value, b: RangeValue) -> Truth:
    """Whether the first lies in the second and both begin together."""
    a = point(one)
    return conjunction([equal(a.low, b.low), a.low_included == b.low_included, contains(b, a)])


def started_by(a: RangeValue, other: Value) -> Truth:
    """`starts`, the other way round."""
    return starts(other, a)


def coincides(one: Value, other: Value) -> Truth:
    """Whether they are the same points."""
    return equal(one, other)


TABLE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("before(point1: range | point, point2: range | point): boolean", before),
    ("after(point1: range | point, point2: range | point): boolean", after),
    ("meets(range1: range, range2: range): boolean", meets),
    ("met by(range1: range, range2: range): boolean", met_by),
    ("overlaps(range1: range, range2: range): boolean", overlaps),
    ("overlaps before(range1: range, range2: range): boolean", overlaps_before),
    ("overlaps after(range1: range, range2: range): boolean", overlaps_after),
    ("finishes(point: range | point, range: range): boolean", finishes),
    ("finished by(range: range, point: range | point): boolean", finished_by),
    ("includes(range: range, point: range | point): boolean", contains),
    ("during(point: range | point, range: range): boolean", during),
    ("starts(point: range | point, range: range): boolean", starts),
    ("started by(range: range, point: range | point): boolean", started_by),
    ("coincides(point1: range | point, point2: range | point): boolean", coincides),
)

"""How long a span of time is at least and at most, in days: months and working days vary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from engine.language.model import Span

Length = tuple[Fraction, Fraction]
HOLIDAYS = 20  # days off beside the week-ends, at most, whatever the year and the country

_LENGTHS: Mapping[str, Callable[[int], Length]] = {
    "hours": lambda count: (Fraction(count, 24), Fraction(count, 24)),
    "days": lambda count: (Fraction(count), Fraction(count)),
    "weeks": lambda count: (Fraction(7 * count), Fraction(7 * count)),
    "working days": lambda count: (Fraction(count), Fraction(7 * count, 5) + HOLIDAYS * (1 + count // 200)),
    "months": lambda count: (Fraction(28 * count), Fraction(31 * count)),
    "years": lambda count: (Fraction(365 * count), Fraction(366 * count)),
}


def length(span: Span) -> Length:
    """The fewest and the most days a span may last."""
    return _LENGTHS[span.unit](span.count)


def is_shorter(one: Span, other: Span) -> bool:
    """Whether a span always ends before another that begins with it."""
    if one.unit == other.unit:
        return one.count < other.count
    return length(one)[1] + 1 < length(other)[0]


def is_at_least(one: Span, other: Span) -> bool:
    """Whether a span is always as long as another, or longer."""
    return one.count >= other.count if one.unit == other.unit else length(one)[0] >= length(other)[1]

"""Functions on days of the calendar, and `is`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from engine.feel.far import AnyDay, FarDateTime, twin
from engine.feel.operators import equal
from engine.feel.values import Value, kind_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_of_year(day: AnyDay) -> Decimal:
    """1 for 1 January."""
    return Decimal(twin(day).timetuple().tm_yday)


def day_of_week(day: AnyDay) -> str:
    """The English name, as the standard gives it."""
    return WEEKDAYS[twin(day).weekday()]


def month_of_year(day: AnyDay) -> str:
    """The English name, as the standard gives it."""
    return MONTHS[twin(day).month - 1]


def week_of_year(day: AnyDay) -> Decimal:
    """The ISO 8601 week."""
    return Decimal(twin(day).isocalendar().week)


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are the same in type and in every part, the zone included."""
    if kind_of(one) != kind_of(other):
        return False
    if isinstance(one, FarDateTime) or isinstance(other, FarDateTime):
        return bool(one == other and str(one.tzinfo) == str(other.tzinfo))
    if isinstance(one, time | datetime) and isinstance(other, time | datetime):
        return bool(
            str(one.tzinfo) == str(other.tzinfo) and one.replace(tzinfo=None) == other.replace(tzinfo=None)
        )
    return equal(one, other) is True


TABLE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("day of year(date: date | date and time): number", day_of_year),
    ("day of week(date: date | date and time): string", day_of_week),
    ("month of year(date: date | date and time): string", month_of_year),
    ("week of year(date: date | date and time): number", week_of_year),
    ("is(value1: any?, value2: any?): boolean", is_same),
)

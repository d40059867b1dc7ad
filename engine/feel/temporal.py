"""Dates, times and durations, and calculating with them (DMN 1.5, 10.3.2.3). Texts are read in `temporal_texts`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from engine.feel.far import (
    AnyDay,
    AnyMoment,
    FarDate,
    FarDateTime,
    combine,
    day_of,
    later,
    microseconds_between,
)


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """A span of years and months, as a number of months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return ("-" if self.months < 0 else "") + "P" + parts


Day: TypeAlias = AnyDay | AnyMoment
Temporal: TypeAlias = date | time | datetime | timedelta | MonthsDuration | FarDate | FarDateTime
_FARTHEST_OFFSET = timedelta(hours=18)


# -- making them ------------------------------------------------------------------------------------------------


def make_date(year: int, month: int, day: int) -> AnyDay | None:
    """A day of the calendar, or None when there is none."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return day_of(year, month, day)


def make_time(hour: int, minute: int, second: int, microsecond: int, zone: tzinfo | None) -> time | None:
    """A time of day, or None when there is none."""
    try:
        return time(hour, minute, second, microsecond, zone)
    except (ValueError, OverflowError):
        return None


def offset_zone(offset: timedelta) -> tzinfo | None:
    """The zone that far from UTC; None when no zone is as far, or when it is no whole number of seconds."""
    if offset.microseconds or not -_FARTHEST_OFFSET <= offset <= _FARTHEST_OFFSET:
        return None
    return timezone(offset) if offset else UTC


@lru_cache(maxsize=256)
def named_zone(name: str) -> tzinfo | None:
    """The zone of this name in the time zone database; None when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def as_day(value: Day) -> AnyDay:
    """The day of a moment; a day is itself."""
    if isinstance(value, datetime):
        return value.date()
    return value.date if isinstance(value, FarDateTime) else value


def as_moment(value: Day) -> AnyMoment:
    """A day as the moment of its midnight, in UTC as the standard has it; a moment is itself."""
    if isinstance(value, datetime | FarDateTime):
        return value
    return combine(value, time(), UTC)


# -- adding to them ---------------------------------------------------------------------------------------------


def add_months(value: Day, months: int) -> Day | None:
    """The same day some months later, or the last one of that month; keeps the time of a moment."""
    day = as_day(value)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(2000 + year % 400, month + 1)[1]
    found = make_date(year, month + 1, min(day.day, length))
    if found is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return found
    return found if isinstance(value, FarDate) else combine(found, *_clock(value))


def _clock(moment: AnyMoment) -> tuple[time, tzinfo | None]:
    near = moment.twin if isinstance(moment, FarDateTime) else moment
    return near.time(), near.tzinfo


def add_days(value: Day, span: timedelta) -> Day | None:
    """A day or a moment so much later; None past the ends of the calendar."""
    try:
        if isinstance(value, datetime):
            return value + span
        if isinstance(value, date):
            return (datetime.combine(value, time()) + span).date()
    except OverflowError:
        pass
    return later(value, span)


def add_to_time(start: time, span: timedelta) -> time:
    """The time of day so much later, past midnight if need be."""
    midnight = datetime(1, 1, 1, tzinfo=UTC)
    return (midnight + (since_midnight(start) + span) % timedelta(days=1)).time().replace(tzinfo=start.tzinfo)


# -- between them -----------------------------------------------------------------------------------------------


def between_moments(later: Day, earlier: Day) -> timedelta | None:
    """The span between two days or moments; None when only one of them has a zone, or when it is too long."""
    if type(later) is date and type(earlier) is date:
        return later - earlier
    one, other = as_moment(later), as_moment(earlier)
    if isinstance(one, FarDateTime) or isinstance(other, FarDateTime):
        return _far_span(one, other)
    if (one.tzinfo is None) != (other.tzinfo is None):
        return None
    # Not by astimezone: the first and last days of the calendar may have no moment in UTC.
    offsets = (one.utcoffset() or timedelta()) - (other.utcoffset() or timedelta())
    return one.replace(tzinfo=None) - other.replace(tzinfo=None) - offsets


def _far_span(later: Day, earlier: Day) -> timedelta | None:
    gap = far_gap(later, earlier)
    try:
        return None if gap is None else timedelta(microseconds=gap)
    except OverflowError:
        return None


def far_gap(later: Day, earlier: Day) -> int | None:
    """The microseconds between two days or moments, however far apart; None when only one of them has a zone."""
    one, other = as_moment(later), as_moment(earlier)
    return microseconds_between(one, other) if (one.tzinfo is None) == (other.tzinfo is None) else None


def between_times(later: time, earlier: time) -> timedelta | None:
    """The span between two times of day; None when only one of them has a zone."""
    if later.tzinfo is not None and later.tzinfo == earlier.tzinfo:
        later, earlier = later.replace(tzinfo=None), earlier.replace(tzinfo=None)
    one, other = seconds_of(later), seconds_of(earlier)
    if (later.tzinfo is None) != (earlier.tzinfo is None) or one is None or other is None:
        return None
    return one - other


def since_midnight(clock: time) -> timedelta:
    """The time since midnight where the clock hangs."""
    return timedelta(
        hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond
    )


def seconds_of(clock: time) -> timedelta | None:
    """The time since midnight, in UTC when the time has an offset; a named zone alone gives none."""
    if clock.tzinfo is None:
        return since_midnight(clock)
    offset = clock.utcoffset()
    return None if offset is None else since_midnight(clock) - offset


def months_between(start: AnyDay, end: AnyDay) -> MonthsDuration:
    """The whole months from one day to another, negative when the second is the earlier."""
    if end < start:
        return MonthsDuration(-months_between(end, start).months)
    months = (end.year - start.year) * 12 + end.month - start.month
    return MonthsDuration(months - (end.day < start.day))

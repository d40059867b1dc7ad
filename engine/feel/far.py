"""Days and moments outside the years 1 to 9999, which Python's own types cannot hold.

The calendar repeats itself every 400 years, which are whole weeks. So a far day is kept as its twin in the years
2000 to 2399, and as the number of such cycles between the two; Python's own types calculate with the twin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta, tzinfo
from functools import total_ordering
from typing import TypeAlias

FARTHEST_YEAR = 999_999_999  # as in XML Schema processors the standard leans on
CYCLE_YEARS, CYCLE_DAYS, TWIN_YEAR = 400, 146_097, 2000
_MICROSECONDS_OF_DAY, _MICROSECOND = 86_400_000_000, timedelta(microseconds=1)


@total_ordering
@dataclass(frozen=True, slots=True)
class FarDate:
    """A day of a year below 1 or above 9999."""

    cycles: int
    twin: date

    @property
    def year(self) -> int:
        return self.twin.year + CYCLE_YEARS * self.cycles

    @property
    def month(self) -> int:
        return self.twin.month

    @property
    def day(self) -> int:
        return self.twin.day

    def __lt__(self, other: AnyDay) -> bool:
        return split(self) < split(other)

    def __str__(self) -> str:
        return f"{year_text(self.year)}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class FarDateTime:
    """A moment of a year below 1 or above 9999."""

    cycles: int
    twin: datetime

    @property
    def date(self) -> FarDate:
        """Its day."""
        return FarDate(self.cycles, self.twin.date())

    @property
    def tzinfo(self) -> tzinfo | None:
        return self.twin.tzinfo

    def utcoffset(self) -> timedelta | None:
        """How far from UTC; a named zone is asked for the oldest year it can tell, or for that of the twin."""
        return self.twin.replace(year=MINYEAR + 3).utcoffset() if self.cycles < 0 else self.twin.utcoffset()


AnyDay: TypeAlias = date | FarDate
AnyMoment: TypeAlias = datetime | FarDateTime
FAR = (FarDate, FarDateTime)


def split(value: AnyDay | AnyMoment) -> tuple[int, date]:
    """The cycles and the twin of any day or moment."""
    if isinstance(value, FAR):
        return value.cycles, value.twin
    return value.year // CYCLE_YEARS - TWIN_YEAR // CYCLE_YEARS, twin(value)


def twin(value: AnyDay | AnyMoment) -> date:
    """The same day or moment in the years 2000 to 2399: it has the same weekday, the same week, the same length of month."""
    if isinstance(value, FAR):
        return value.twin
    return value.replace(year=TWIN_YEAR + value.year % CYCLE_YEARS)


def joined(cycles: int, near: date) -> AnyDay | AnyMoment | None:
    """The day or moment so many cycles after another one: Python's own type when that can hold it."""
    year = near.year + CYCLE_YEARS * cycles
    if MINYEAR <= year <= MAXYEAR:
        return near.replace(year=year)
    if abs(year) > FARTHEST_YEAR:
        return None
    cycles += near.year // CYCLE_YEARS - TWIN_YEAR // CYCLE_YEARS
    near = near.replace(year=TWIN_YEAR + near.year % CYCLE_YEARS)
    return FarDateTime(cycles, near) if isinstance(near, datetime) else FarDate(cycles, near)


def day_of(year: int, month: int, day: int) -> AnyDay | None:
    """A day of the calendar, or None when there is none."""
    try:
        near = date(TWIN_YEAR + year % CYCLE_YEARS, month, day)
    except (ValueError, OverflowError):
        return None
    found = joined(year // CYCLE_YEARS - TWIN_YEAR // CYCLE_YEARS, near)
    return found if isinstance(found, date | FarDate) else None


def combine(day: AnyDay, clock: time, zone: tzinfo | None) -> AnyMoment:
    """The moment of a day and a time of day, in a zone."""
    if isinstance(day, FarDate):
        return FarDateTime(day.cycles, datetime.combine(day.twin, clock, zone))
    return datetime.combine(day, clock, zone)


def later(value: AnyDay | AnyMoment, span: timedelta) -> AnyDay | AnyMoment | None:
    """A day or a moment so much later."""
    cycles, near = split(value)
    more, days = divmod(span.days, CYCLE_DAYS)
    moment = near if isinstance(near, datetime) else datetime.combine(near, time())
    moment += timedelta(days=days, seconds=span.seconds, microseconds=span.microseconds)
    return joined(cycles + more, moment if isinstance(near, datetime) else moment.date())


def whole_second(moment: AnyMoment) -> AnyMoment:
    """The moment without its part of a second."""
    if isinstance(moment, FarDateTime):
        return FarDateTime(moment.cycles, moment.twin.replace(microsecond=0))
    return moment.replace(microsecond=0)


def microseconds_between(one: AnyMoment, other: AnyMoment) -> int:
    """The exact span from the other moment to this one; their offsets count when they have any."""
    return _microseconds(one) - _microseconds(other)


def _microseconds(moment: AnyMoment) -> int:
    cycles, near = split(moment)
    assert isinstance(near, datetime)  # the twin of a moment is one
    offset = moment.utcoffset() or timedelta()
    days = cycles * CYCLE_DAYS + near.toordinal()
    seconds = (near.hour * 60 + near.minute) * 60 + near.second
    return days * _MICROSECONDS_OF_DAY + seconds * 1_000_000 + near.microsecond - offset // _MICROSECOND


def year_text(year: int) -> str:
    """A year as it is written: four digits at least."""
    return f"{'-' if year < 0 else ''}{abs(year):04}"

"""Dates, times and durations: reading them, writing them, and calculating with them (DMN 1.5, 10.3.2.3)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """A span of years and months, as a number of months."""

    months: int

    def __str__(self) -> str:
        return months_text(self)


Temporal: TypeAlias = date | time | datetime | timedelta | MonthsDuration

_DATE = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][A-Za-z0-9_+/-]{0,60})?"
_TIME = rf"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?P<fraction>\.\d{{1,9}})?{_ZONE}"
_READ_DATE = re.compile(_DATE, re.ASCII)
_READ_TIME = re.compile(rf"T?{_TIME}", re.ASCII)
_READ_DATE_TIME = re.compile(rf"{_DATE}(?:T{_TIME})?", re.ASCII)
_READ_MONTHS = re.compile(r"(?P<sign>-?)P(?=\d)(?:(?P<years>\d{1,9})Y)?(?:(?P<months>\d{1,9})M)?", re.ASCII)
_READ_DAYS = re.compile(
    r"(?P<sign>-?)P(?=[\dT])(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,10})H)?(?:(?P<minutes>\d{1,12})M)?(?:(?P<seconds>\d{1,14}(?:\.\d{1,9})?)S)?)?",
    re.ASCII,
)
_FARTHEST_OFFSET = timedelta(hours=18)


def read_date(text: str) -> date | None:
    """The day written as 2020-03-01; None when there is no such day."""
    match = _READ_DATE.fullmatch(text)
    return make_date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def make_date(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or None when there is none."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def read_time(text: str) -> time | None:
    """The time written as 10:30:00, with Z, an offset or @Europe/Paris after it; None when there is none."""
    match = _READ_TIME.fullmatch(text)
    read = _time_of(match) if match else None
    return read[0] if read else None


def _time_of(match: re.Match[str]) -> tuple[time, int] | None:
    """The time of a match, and 1 when it is 24:00:00, the midnight that ends the day."""
    zone = read_zone(match["zone"] or "")
    if zone is None and match["zone"]:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    microsecond = int((match["fraction"] or ".0")[1:7].ljust(6, "0"))
    ends = hour == 24 and minute == second == microsecond == 0
    made = make_time(0 if ends else hour, minute, second, microsecond, zone)
    return (made, int(ends)) if made else None


def make_time(hour: int, minute: int, second: int, microsecond: int, zone: tzinfo | None) -> time | None:
    """A time of day, or None when there is none."""
    try:
        return time(hour, minute, second, microsecond, zone)
    except (ValueError, OverflowError):
        return None


def read_zone(text: str) -> tzinfo | None:
    """The zone written as Z, +02:00 or @Europe/Paris; None when it is not known."""
    if text == "Z":
        return UTC
    if text.startswith("@"):
        return named_zone(text[1:])
    if not text:
        return None
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if minutes > 59 or any(second > 59 for second in seconds):
        return None
    offset = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    return offset_zone(-offset if text[0] == "-" else offset)


def offset_zone(offset: timedelta) -> tzinfo | None:
    """The zone that far from UTC; None when no zone is as far."""
    if not -_FARTHEST_OFFSET <= offset <= _FARTHEST_OFFSET:
        return None
    return timezone(offset) if offset else UTC


@lru_cache(maxsize=256)
def named_zone(name: str) -> tzinfo | None:
    """The zone of this name in the time zone database; None when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def read_date_time(text: str) -> datetime | None:
    """The moment written as 2020-03-01T10:30:00, a zone after it at will; a day alone is its midnight."""
    match = _READ_DATE_TIME.fullmatch(text)
    day = make_date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    if match is None or day is None:
        return None
    if match["hour"] is None:
        return datetime.combine(day, time())
    read = _time_of(match)
    if read is None:
        return None
    clock, days_later = read
    try:
        return datetime.combine(day, clock) + timedelta(days=days_later)
    except OverflowError:
        return None


def read_duration(text: str) -> timedelta | MonthsDuration | None:
    """The span written as P1Y2M or P3DT4H5M6S; None when it is neither."""
    if match := _READ_MONTHS.fullmatch(text):
        months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return MonthsDuration(-months if match["sign"] else months)
    match = _READ_DAYS.fullmatch(text)
    if match is None or text.endswith("T"):
        return None
    seconds = Decimal(match["seconds"] or 0)
    try:
        span = timedelta(
            days=int(match["days"] or 0),
            hours=int(match["hours"] or 0),
            minutes=int(match["minutes"] or 0),
            seconds=int(seconds),
            microseconds=int(seconds % 1 * 1_000_000),
        )
    except OverflowError:
        return None
    return -span if match["sign"] else span


def temporal(text: str) -> Temporal | None:
    """What @"…" stands for: a date, a time, a moment or a duration; None when it is none of them."""
    if _READ_DATE.fullmatch(text):
        return read_date(text)
    return read_date_time(text) or (None if text.startswith("T") else read_time(text)) or read_duration(text)


def add_months(day: date, months: int) -> date | None:
    """The same day some months later, or the last one of that month; keeps the time of a moment."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def add_days(moment: date, span: timedelta) -> date | None:
    """A day or a moment so much later; None past the ends of the calendar."""
    try:
        if isinstance(moment, datetime):
            return moment + span
        return (datetime.combine(moment, time()) + span).date()
    except OverflowError:
        return None


def add_to_time(start: time, span: timedelta) -> time:
    """The time of day so much later, past midnight if need be."""
    seconds = timedelta(
        hours=start.hour, minutes=start.minute, seconds=start.second, microseconds=start.microsecond
    )
    midnight = datetime(1, 1, 1, tzinfo=UTC)
    return (midnight + (seconds + span) % timedelta(days=1)).time().replace(tzinfo=start.tzinfo)


def as_moment(day: date) -> datetime:
    """A day as the moment of its midnight, in UTC as the standard has it; a moment is itself."""
    return day if isinstance(day, datetime) else datetime.combine(day, time(), UTC)


def between_moments(later: date, earlier: date) -> timedelta | None:
    """The span between two days or moments; None when only one of them has a zone."""
    if not isinstance(later, datetime) and not isinstance(earlier, datetime):
        return later - earlier
    one, other = as_moment(later), as_moment(earlier)
    if (one.tzinfo is None) != (other.tzinfo is None):
        return None
    # Not by astimezone: the first and last days of the calendar may have no moment in UTC.
    offsets = (one.utcoffset() or timedelta()) - (other.utcoffset() or timedelta())
    return one.replace(tzinfo=None) - other.replace(tzinfo=None) - offsets


def between_times(later: time, earlier: time) -> timedelta | None:
    """The span between two times of day; None when only one of them has a zone."""
    if later.tzinfo is not None and later.tzinfo == earlier.tzinfo:
        later, earlier = later.replace(tzinfo=None), earlier.replace(tzinfo=None)
    one, other = seconds_of(later), seconds_of(earlier)
    if (later.tzinfo is None) != (earlier.tzinfo is None) or one is None or other is None:
        return None
    return one - other


def seconds_of(moment: time) -> timedelta | None:
    """The time since midnight, in UTC when the time has an offset; a named zone alone gives none."""
    since = timedelta(
        hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
    )
    if moment.tzinfo is None:
        return since
    offset = moment.utcoffset()
    return None if offset is None else since - offset


def months_between(start: date, end: date) -> MonthsDuration:
    """The whole months from one day to another, negative when the second is the earlier."""
    if end < start:
        return MonthsDuration(-months_between(end, start).months)
    months = (end.year - start.year) * 12 + end.month - start.month
    return MonthsDuration(months - (end.day < start.day))


def zone_text(zone: tzinfo | None) -> str:
    """A zone as FEEL writes it: nothing, Z, +02:00 or @Europe/Paris."""
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    offset = zone.utcoffset(None)
    if not offset:
        return "Z"
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    text = f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def text_of(value: Temporal) -> str:
    """A date, time or duration as FEEL writes it."""
    match value:
        case datetime():
            return f"{text_of(value.date())}T{text_of(value.timetz())}"
        case date():
            return value.isoformat()
        case time():
            text = value.replace(tzinfo=None).isoformat()
            return (text.rstrip("0") if "." in text else text) + zone_text(value.tzinfo)
        case MonthsDuration():
            return months_text(value)
    return days_text(value)


def months_text(span: MonthsDuration) -> str:
    """P1Y2M; P0M for nothing."""
    years, months = divmod(abs(span.months), 12)
    parts = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
    return ("-" if span.months < 0 else "") + "P" + parts


def days_text(span: timedelta) -> str:
    """P1DT2H3M4.5S; PT0S for nothing."""
    sign, span = ("-", -span) if span < timedelta() else ("", span)
    hours, rest = divmod(span.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{span.microseconds:06}".rstrip("0") if span.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    days = f"{span.days}D" if span.days else ""
    return f"{sign}P{days}{'T' + clock if clock else ''}" if days or clock else "PT0S"

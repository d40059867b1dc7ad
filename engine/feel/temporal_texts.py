"""Dates, times and durations as texts: reading and writing them (DMN 1.5, 10.3.4.1, after XML Schema and ISO 8601)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.far import AnyDay, AnyMoment, FarDate, FarDateTime, combine, year_text
from engine.feel.temporal import (
    MonthsDuration,
    Temporal,
    add_days,
    make_date,
    make_time,
    named_zone,
    offset_zone,
)

_DATE = r"(?P<year>-?(?:\d{4}|[1-9]\d{4,8}))-(?P<month>\d\d)-(?P<day>\d\d)"
_ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][A-Za-z0-9_+/-]{0,60})?"
_TIME = rf"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?P<fraction>\.\d{{1,9}})?{_ZONE}"
_READ_DATE = re.compile(_DATE, re.ASCII)
_READ_TIME = re.compile(rf"T?{_TIME}", re.ASCII)
_READ_DATE_TIME = re.compile(rf"{_DATE}(?:T{_TIME})?", re.ASCII)
_READ_MONTHS = re.compile(r"(?P<sign>-?)P(?=\d)(?:(?P<years>\d{1,9})Y)?(?:(?P<months>\d{1,9})M)?", re.ASCII)
_READ_DAYS = re.compile(
    r"(?P<sign>-?)P(?=[\dT])(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,10})H)?(?:(?P<minutes>\d{1,12})M)?(?:(?P<seconds>\d{1,14}(?:\.\d{0,9})?)S)?)?",
    re.ASCII,
)


def read_date(text: str) -> AnyDay | None:
    """The day written as 2020-03-01; None when there is no such day."""
    match = _READ_DATE.fullmatch(text)
    return make_date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


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


def read_date_time(text: str) -> AnyMoment | None:
    """The moment written as 2020-03-01T10:30:00, a zone after it at will; a day alone is its midnight."""
    match = _READ_DATE_TIME.fullmatch(text)
    day = make_date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    if match is None or day is None:
        return None
    read = _time_of(match) if match["hour"] else (time(), 0)
    if read is None:
        return None
    clock, days_later = read
    moment = combine(day, clock, clock.tzinfo)
    return add_days(moment, timedelta(days=days_later)) if days_later else moment  # type: ignore[return-value]


def read_duration(text: str) -> timedelta | MonthsDuration | None:
    """The span written as P1Y2M or P3DT4H5M6S; None when it is neither."""
    if match := _READ_MONTHS.fullmatch(text):
        months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return MonthsDuration(-months if match["sign"] else months)
    match = _READ_DAYS.fullmatch(text)
    if match is None or text.endswith("T"):
        return None
    seconds = Decimal(match["seconds"] or 0)
    way = -1 if match["sign"] else 1
    try:
        return timedelta(
            days=way * int(match["days"] or 0),
            hours=way * int(match["hours"] or 0),
            minutes=way * int(match["minutes"] or 0),
            seconds=way * int(seconds),
            microseconds=way * int(seconds % 1 * 1_000_000),
        )
    except OverflowError:
        return None


def temporal(text: str) -> Temporal | None:
    """What @"…" stands for: a date, a time, a moment or a duration; None when it is none of them."""
    if _READ_DATE.fullmatch(text):
        return read_date(text)
    return read_date_time(text) or (None if text.startswith("T") else read_time(text)) or read_duration(text)


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
        case FarDateTime():
            return f"{value.date}T{text_of(value.twin.timetz())}"
        case date():
            return f"{year_text(value.year)}-{value.month:02}-{value.day:02}"
        case time():
            text = value.replace(tzinfo=None).isoformat()
            return (text.rstrip("0") if "." in text else text) + zone_text(value.tzinfo)
        case FarDate() | MonthsDuration():
            return str(value)
    return days_text(value)


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

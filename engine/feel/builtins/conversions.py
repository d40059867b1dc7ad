"""Functions that make one type of another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.feel.far import FARTHEST_YEAR, AnyDay, AnyMoment, FarDate, FarDateTime, combine
from engine.feel.limits import bounded_text, bounded_value
from engine.feel.operators import order
from engine.feel.temporal import (
    MonthsDuration,
    as_day,
    make_date,
    make_time,
    months_between,
    named_zone,
    offset_zone,
)
from engine.feel.temporal_texts import read_date, read_date_time, read_duration, read_time, temporal, text_of
from engine.feel.values import DECIMALS, RangeValue, Value, finite, kind_of

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> AnyDay | None:
    """The day of whole numbers; null when there is none."""
    if any(part != part.to_integral_value() or abs(part) > FARTHEST_YEAR for part in (year, month, day)):
        return None
    return make_date(int(year), int(month), int(day))


def date_and_time(day: AnyDay, clock: time) -> AnyMoment:
    """The moment of a day and a time of day."""
    return combine(as_day(day), clock, clock.tzinfo)


def date_and_time_of_parts(
    year: Decimal, month: Decimal, day: Decimal, *clock_parts: Value
) -> AnyMoment | None:
    """The moment of numbers (hour, minute and second last), with an offset or the name of a zone after them.

    Null when there is none.
    """
    hour, minute, second, zone = (*clock_parts, None)[:4]
    when = date_of_parts(year, month, day)
    named = named_zone(zone) if isinstance(zone, str) else None
    if isinstance(zone, str) and named is None:
        return None
    clock = time_of_parts(hour, minute, second, None if isinstance(zone, str) else zone)
    return combine(when, clock, named or clock.tzinfo) if when and clock else None


def time_of(moment: AnyDay | AnyMoment) -> time:
    """The time of day of a moment; midnight in UTC of a day."""
    if isinstance(moment, datetime):
        return moment.timetz()
    if isinstance(moment, FarDateTime):
        return moment.twin.timetz()
    return read_time("00:00:00Z") or time()


def time_of_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> time | None:
    """The time of numbers, with an offset at will; null when there is none."""
    zone = None if offset is None else offset_zone(offset)
    if (offset is not None and zone is None) or not all(0 <= part < 60 for part in (hour, minute, second)):
        return None
    return make_time(int(hour), int(minute), int(second), _microseconds(second), zone)


def _microseconds(second: Decimal) -> int:
    """The part of a second after its mark, cut to the microsecond."""
    return int(DECIMALS.multiply(DECIMALS.subtract(second, int(second)), 1_000_000))


def number(text: str, grouping: str | None = None, decimal: str | None = None) -> Decimal | None:
    """The number a text holds, with the signs that group its digits and begin its decimals; null when none."""
    if (
        grouping not in {None, " ", ",", "."}
        or decimal not in {None, ".", ","}
        or (grouping and grouping == decimal)
    ):
        return None
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(decimal, ".") if decimal else plain
    if len(plain) > 100 or not _NUMBER.fullmatch(plain):
        return None
    return finite(DECIMALS.create_decimal(plain))


def string(value: Value) -> str | None:
    """The text of a value as FEEL writes it; null of null."""
    if value is None:
        return None
    return bounded_text(value if isinstance(value, str) else written(bounded_value(value)))


def written(value: Value) -> str:
    """A value as it is written inside a list: texts stand in quotes."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case Decimal() | int():
            return number_text(Decimal(value))
        case list() | tuple():
            return "[" + ", ".join(written(item) for item in value) + "]"
        case Mapping():
            return "{" + ", ".join(f"{key_text(key)}: {written(item)}" for key, item in value.items()) + "}"
        case RangeValue():
            return range_text(value)
        case date() | time() | timedelta() | MonthsDuration() | FarDate() | FarDateTime():
            return text_of(value)
    return kind_of(value)


def key_text(key: str) -> str:
    """A key, in quotes when it is no plain name."""
    return key if re.fullmatch(r"[^\W\d]\w*(?: \w+)*", str(key)) else written(str(key))


def range_text(span: RangeValue) -> str:
    """A range as FEEL writes it."""
    if span.operator:
        return f"{span.operator} {written(span.low if span.low is not None else span.high)}"
    ends = "[" if span.low_included else "(", "]" if span.high_included else ")"
    return f"{ends[0]}{written(span.low)}..{written(span.high)}{ends[1]}"


def number_text(value: Decimal) -> str:
    """A number without exponent and without needless zeros."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def range_of(text: str) -> RangeValue | None:
    """The range a text holds, `[1..5]`; null when it holds none."""
    match = re.fullmatch(r"\s*([\[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])\s*", text)
    if match is None:
        return None
    low, high = _endpoint(match[2]), _endpoint(match[3])
    if (low is None and (match[2] or match[1] == "[")) or (high is None and (match[3] or match[4] == "]")):
        return None  # an end that is no value, or that is left out and yet included
    if low is None and high is None:
        return None
    if low is not None and high is not None and order(low, high) not in {-1, 0}:
        return None
    return RangeValue(low, high, match[1] == "[", match[4] == "]")


def _endpoint(text: str) -> Value:
    if quoted := re.fullmatch(r'(@?)"([^"\\]*)"|(?:date and time|date|time|duration)\("([^"\\]*)"\)', text):
        return temporal(quoted[2] or quoted[3]) if quoted[1] or quoted[3] else quoted[2]
    return number(text)


TABLE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("date(from: string): date", read_date),
    ("date(from: date | date and time): date", as_day),
    ("date(year: number, month: number, day: number): date", date_of_parts),
    ("date and time(from: string): date and time", read_date_time),
    ("date and time(from: date and time): date and time", lambda moment: moment),
    ("date and time(date: date | date and time, time: time): date and time", date_and_time),
    (
        "date and time(year: number, month: number, day: number, hour: number, minute: number, second: number, "
        "offset?: days and time duration | string?): date and time",
        date_and_time_of_parts,
    ),
    ("time(from: string): time", read_time),
    ("time(from: time): time", lambda clock: clock),
    ("time(from: date | date and time): time", time_of),
    (
        "time(hour: number, minute: number, second: number, offset?: days and time duration?): time",
        time_of_parts,
    ),
    ("number(from: string, grouping separator?: string?, decimal separator?: string?): number", number),
    ("number(from: number): number", lambda value: value),
    ("string(from: any): string", string),
    ("duration(from: string): duration", read_duration),
    ("duration(from: days and time duration | years and months duration): same", lambda span: span),
    (
        "years and months duration(from: date | date and time, to: date | date and time): years and months duration",
        lambda start, end: months_between(as_day(start), as_day(end)),
    ),
    ("range(from: string): range", range_of),
)

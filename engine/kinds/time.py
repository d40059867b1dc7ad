"""Kinds `time` (a time of day, to the minute), `date_time` (a day with one) and `year`."""

from __future__ import annotations

import re
from datetime import datetime, time
from decimal import Decimal

from engine.feel import types as feel
from engine.kinds.date import CODES as DATE_CODES
from engine.kinds.date import PARTS as DATE_PARTS
from engine.kinds.date import date_controls, date_value, read_date
from engine.kinds.field import FieldView
from engine.kinds.kind import BOUNDS, Controls, Json, JsonSchema, Kind, Raw, Slips, bounds_keys, slip
from engine.kinds.typed import latin_digits, single, spaced
from engine.words import Phrase, Printed

# 9h30, 9 h, 9 h 30, 09:30, 9.30, 0930 is not one
WRITTEN = re.compile(
    r"(?P<hour>[0-9]{1,2})(?: ?(?:h|:|\.) ?(?P<minute>[0-9]{2})| ?h(?:eures?)?)(?: ?min)?(?: ?(?P<half>[ap])\.?m\.?)?",
    re.IGNORECASE,
)
CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
MOMENT = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})[T ]({CLOCK})")
BY_NAME = {"midi": "12:00", "noon": "12:00", "minuit": "00:00", "midnight": "00:00"}
EARLIEST, LATEST = 1000, 9999


# -- a time of day ------------------------------------------------------------------------------------------


def read_time(field: FieldView, text: str, *part: str) -> str | Slips:
    """The time typed, as "09:30"."""
    plain = latin_digits(spaced(text[:40]))
    if plain.casefold() in BY_NAME:
        return BY_NAME[plain.casefold()]
    found = WRITTEN.fullmatch(plain)
    if not found:
        return slip(field, "not_a_time", *part)
    hour, minute = _hour(int(found["hour"]), found["half"]), int(found["minute"] or 0)
    if hour is None or hour > 23 or minute > 59:
        return slip(field, "no_such_time", *part, time=plain)
    return f"{hour:02}:{minute:02}"


def _hour(hour: int, half: str | None) -> int | None:
    """The hour on a clock of 24; None for 13 p.m."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half.casefold() == "p" else 0)


def _read_time(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = single(raw)
    return read_time(field, text) if text else None


def time_value(answer: Json) -> time | None:
    """The stored time of day; None when it is none."""
    fits = isinstance(answer, str) and re.fullmatch(CLOCK, answer)
    return time.fromisoformat(str(answer)) if fits else None


def _printed_time(field: FieldView, answer: Json, language: str) -> Phrase:
    found = time_value(answer)
    return (Printed(found.isoformat("minutes"), "time"),) if found else ()


# -- a day and a time ---------------------------------------------------------------------------------------

TIME_PART = "-time"


def _read_moment(field: FieldView, raw: Raw) -> Json | Slips | None:
    """Both parts; a whole moment in one control is understood too (`2020-05-05T09:30`)."""
    if found := MOMENT.fullmatch(latin_digits(single(raw))):
        return f"{found[1]}T{found[2]}" if date_value(found[1]) else slip(field, "not_a_date")
    typed = single(raw, TIME_PART)
    day = read_date(field, raw)
    if day is None and not typed:
        return None
    clock = read_time(field, typed, "time") if typed else slip(field, "missing", "time")
    day = slip(field, "date_incomplete", parts=tuple(part[1:] for part in DATE_PARTS)) if day is None else day
    slips = [problem for found in (day, clock) if isinstance(found, Slips) for problem in found.problems]
    return Slips(tuple(slips)) if slips else f"{day}T{clock}"


def _moment(answer: Json) -> datetime | None:
    found = MOMENT.fullmatch(answer) if isinstance(answer, str) else None
    return datetime.fromisoformat(found[0]) if found and date_value(found[1]) else None


def _moment_controls(field: FieldView, answer: Json) -> Controls:
    found = _moment(answer)
    if found is None:
        return {}
    return {**date_controls(found.date().isoformat()), TIME_PART: [f"{found:%H:%M}"]}


def _printed_moment(field: FieldView, answer: Json, language: str) -> Phrase:
    found = _moment(answer)
    return (Printed(found.isoformat(timespec="minutes"), "date_time"),) if found else ()


# -- a year -------------------------------------------------------------------------------------------------


def _read_year(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = latin_digits(spaced(single(raw)[:40]))
    if not text:
        return None
    if not re.fullmatch(r"[0-9]+", text):
        return slip(field, "not_a_year")
    fits = len(text) == 4 and EARLIEST <= int(text) <= LATEST
    return int(text) if fits else slip(field, "year_not_four_digits")


def _year(field: FieldView, answer: Json) -> Decimal | None:
    whole = isinstance(answer, int) and not isinstance(answer, bool)
    return Decimal(str(answer)) if whole else None


def _year_controls(field: FieldView, answer: Json) -> Controls:
    return {"": [str(answer)] if _year(field, answer) is not None else []}


def _printed_year(field: FieldView, answer: Json, language: str) -> Phrase:
    return (Printed(str(answer), "year"),) if _year(field, answer) is not None else ()


def _pattern(pattern: str) -> JsonSchema:
    return {"type": "string", "pattern": rf"^{pattern}$(?!\n)"}


TIME = Kind(
    name="time",
    keys=bounds_keys("time of day"),
    expressions=BOUNDS,
    codes=("not_a_time", "no_such_time", "too_early", "too_late"),
    feel_type=lambda field: feel.TIME,
    read=_read_time,
    schema=lambda field: _pattern(CLOCK),
    value=lambda field, answer: time_value(answer),
    printed=_printed_time,
    unit="time",
)
DATE_TIME = Kind(
    name="date_time",
    keys=bounds_keys("moment"),
    expressions=BOUNDS,
    codes=("missing", "not_a_time", "no_such_time", *DATE_CODES),
    feel_type=lambda field: feel.DATE_TIME,
    read=_read_moment,
    schema=lambda field: _pattern(rf"[0-9]{{4}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T{CLOCK}"),
    value=lambda field, answer: _moment(answer),
    raw=_moment_controls,
    printed=_printed_moment,
    inputs=lambda field: (*DATE_PARTS, TIME_PART),
    unit="date_time",
)
YEAR = Kind(
    name="year",
    keys=bounds_keys("year"),
    expressions=BOUNDS,
    codes=("not_a_year", "year_not_four_digits", "too_small", "too_large"),
    feel_type=lambda field: feel.Number("year"),
    read=_read_year,
    schema=lambda field: {"type": "integer", "minimum": EARLIEST, "maximum": LATEST},
    value=_year,
    raw=_year_controls,
    printed=_printed_year,
    unit="year",
)

"""Counting spans of time on the calendar: month ends, working days, public holidays. Dates are local days."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from engine.language.model import Span
from engine.language.public_holidays import knows

__all__ = ["add", "is_working_day", "knows", "subtract", "working_days"]

SATURDAY = 5


def add(span: Span, day: date, holidays: str) -> date:
    """The last day of a span that began on `day`, which isn't counted itself: 20 May 2020 + 5 working days is 28 May.

    Months and years end on the day of the same number, or else on the last of the month, as procedure law counts
    (code de procédure civile, article 641): 31 December + 2 months is the end of February.
    `holidays` is a calendar `knows` accepts. Raises ValueError for a span of hours, which has no last day.
    """
    return _moved(day, span, 1, holidays)


def subtract(span: Span, day: date, holidays: str) -> date:
    """The day that stands one span before `day`: 5 working days before 28 May 2020 is 20 May."""
    return _moved(day, span, -1, holidays)


def is_working_day(day: date, holidays: str) -> bool:
    """Monday to Friday, unless it is a public holiday there."""
    return day.weekday() < SATURDAY and day not in _holidays(holidays, day.year)


def working_days(start: date, end: date, holidays: str) -> int:
    """How many working days there are from `start` to `end`, `end` left out."""
    days = (start + timedelta(days=number) for number in range((end - start).days))
    return sum(is_working_day(day, holidays) for day in days)


def _moved(day: date, span: Span, direction: int, holidays: str) -> date:
    count = span.count * direction
    match span.unit:
        case "days":
            return day + timedelta(days=count)
        case "weeks":
            return day + timedelta(weeks=count)
        case "months":
            return _add_months(day, count)
        case "years":
            return _add_months(day, 12 * count)
        case "working days":
            return _add_working_days(day, count, holidays)
        case _:
            raise ValueError(f"{span.count} {span.unit} do not end on a day")


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _add_working_days(day: date, count: int, holidays: str) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


@lru_cache(maxsize=256)
def _holidays(holidays: str, year: int) -> Mapping[date, str]:
    """The public holidays of one year; kept, since reading a country's calendar is slow."""
    import holidays as public_holidays  # on use: most processes never count working days

    country, _, part = holidays.partition("-")
    # by its name in the package: `country_holidays` reads the calendars of the whole world to find one
    found: Mapping[date, str] = getattr(public_holidays, country)(subdiv=part or None, years=year)
    return dict(found)

"""Spans of time end on the day the law and the calendar say."""

from __future__ import annotations

from datetime import date

import pytest

from engine.language.model import Span
from workflows import calendar


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        ("2020-12-31", 2, "months", "2021-02-28"),
        ("2019-12-31", 2, "months", "2020-02-29"),
        ("2023-05-15", 2, "months", "2023-07-15"),
        ("2023-01-30", 1, "months", "2023-02-28"),
        ("2023-01-31", 1, "months", "2023-02-28"),
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2023-02-28", 2, "months", "2023-04-28"),
        ("2020-11-15", 14, "months", "2022-01-15"),
        ("2020-02-29", 1, "years", "2021-02-28"),
        ("2020-02-29", 4, "years", "2024-02-29"),
        ("2020-12-25", 10, "days", "2021-01-04"),
        ("2020-05-05", 2, "weeks", "2020-05-19"),
        ("2020-05-20", 5, "working days", "2020-05-28"),  # the 21st is Ascension day
        ("2020-05-05", 0, "working days", "2020-05-05"),
        ("2020-05-08", 1, "working days", "2020-05-11"),  # from a holiday, over a weekend
        ("2020-12-24", 2, "working days", "2020-12-29"),
        ("2020-12-31", 1, "working days", "2021-01-04"),  # into the next year's holidays
    ],
)
def test_span_ends_on_its_day(start, count, unit, end):
    found = calendar.add(Span(count, unit), date.fromisoformat(start), "FR")

    assert found == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("end", "count", "unit", "start"),
    [
        ("2020-05-28", 5, "working days", "2020-05-20"),
        ("2020-06-12", 5, "days", "2020-06-07"),
        ("2023-03-31", 1, "months", "2023-02-28"),
        ("2021-01-15", 2, "months", "2020-11-15"),
    ],
)
def test_span_before_a_day(end, count, unit, start):
    found = calendar.subtract(Span(count, unit), date.fromisoformat(end), "FR")

    assert found == date.fromisoformat(start)


@pytest.mark.parametrize(
    ("day", "holidays", "working"),
    [
        ("2020-07-14", "FR", False),
        ("2020-07-14", "BE", True),
        ("2020-12-26", "FR", False),  # a Saturday
        ("2022-12-26", "FR", True),  # a Monday
        ("2022-12-26", "FR-57", False),  # Saint Stephen's day in Moselle
        ("2021-12-20", "FR-974", False),  # the abolition of slavery in La Réunion
        ("2021-12-20", "FR", True),
    ],
)
def test_public_holidays_depend_on_the_place(day, holidays, working):
    assert calendar.is_working_day(date.fromisoformat(day), holidays) is working


@pytest.mark.parametrize(
    ("holidays", "known"),
    [
        ("FR", True),
        ("FR-57", True),
        ("FR-974", True),
        ("RE", True),
        ("FR-99", False),
        ("Paris", False),
        ("", False),
    ],
)
def test_calendars_known_by_their_code(holidays, known):
    assert calendar.knows(holidays) is known


def test_hours_have_no_last_day():
    with pytest.raises(ValueError, match="48 hours do not end on a day"):
        calendar.add(Span(48, "hours"), date(2020, 5, 5), "FR")


def test_working_days_between_two_days():
    assert calendar.working_days(date(2020, 5, 20), date(2020, 5, 28), "FR") == 5

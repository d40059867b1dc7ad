"""The time after which silence speaks stands still while documents are awaited."""

from __future__ import annotations

from datetime import date

import pytest

from engine.language.model import Span
from workflows.legal_clock import LegalClock

TWO_MONTHS = Span(2, "months")


def _day(text):
    return date.fromisoformat(text) if text else None


def _clock(started_on, *suspended):
    return LegalClock(_day(started_on), tuple((_day(start), _day(end)) for start, end in suspended))


@pytest.mark.parametrize(
    ("started_on", "suspended", "end"),
    [
        ("2023-05-15", [], "2023-07-15"),  # the rejection is there on the 16th
        ("2020-12-31", [], "2021-02-28"),
        ("2020-05-05", [("2020-05-20", "2020-05-30")], "2020-07-15"),
        ("2020-05-05", [("2020-05-20", "2020-05-20")], "2020-07-05"),  # answered on the same day
        ("2020-05-05", [("2020-05-20", "2020-05-30"), ("2020-06-10", "2020-06-12")], "2020-07-17"),
        # the second stop comes after the first end, but before the end the first stop moved
        ("2020-05-05", [("2020-07-01", "2020-07-11"), ("2020-07-14", "2020-07-16")], "2020-07-17"),
        ("2020-05-05", [("2020-07-05", "2020-07-06")], "2020-07-06"),  # stopped on the very last day
        ("2020-05-05", [("2020-07-06", "2020-07-20")], "2020-07-05"),  # too late: silence has spoken
        ("2020-05-05", [("2020-07-06", None)], "2020-07-05"),
        ("2020-12-31", [("2021-01-10", "2021-01-11")], "2021-03-01"),
    ],
)
def test_suspensions_move_the_end(started_on, suspended, end):
    assert _clock(started_on, *suspended).ends_on(TWO_MONTHS, "FR") == _day(end)


def test_clock_that_stands_still_has_no_end():
    assert _clock("2020-05-05", ("2020-05-20", None)).ends_on(TWO_MONTHS, "FR") is None


def test_working_day_span_is_moved_by_working_days():
    clock = _clock("2020-05-18", ("2020-05-20", "2020-05-25"))  # two working days: the 20th and the 22nd

    assert clock.ends_on(Span(5, "working days"), "FR") == date(2020, 5, 28)


def test_clock_stops_and_goes_on_once():
    clock = LegalClock(date(2020, 5, 5)).suspend(date(2020, 5, 20)).suspend(date(2020, 5, 25))
    assert clock.is_suspended

    going = clock.resume(date(2020, 5, 30)).resume(date(2020, 6, 2))

    assert going == _clock("2020-05-05", ("2020-05-20", "2020-05-30"))
    assert not going.is_suspended

"""The date written on a document (`issued_within`): given, not to come, and recent enough on the day of the deposit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.asked import Reading
from engine.feel.temporal import add_months
from engine.kinds import Json
from engine.kinds.kind import items, members
from engine.language.model import Field, Span
from engine.problems import AnswerProblem
from engine.words import Printed


def issued_problems(field: Field, answer: Json, reading: Reading) -> Iterator[AnswerProblem]:
    """What is wrong with the dates of the documents of a field; nothing when the scheme asks for none."""
    span = field.options.get("issued_within")
    if not isinstance(span, Span) or not items(answer):
        return
    given = [_day(members(one).get("issued_on")) for one in items(answer)]
    days = [day for day in given if day is not None]
    if len(days) < len(given):
        yield AnswerProblem((field.id,), "issued_missing", {})
    elif max(days) > reading.organisation.local_date(reading.now):
        yield AnswerProblem((field.id,), "issued_later", {})
    elif min(days) < (first := first_day(span, _deposit(reading))):
        yield AnswerProblem((field.id,), "issued_too_old", {"since": Printed(first.isoformat(), "date")})


def first_day(span: Span, day: date) -> date:
    """The oldest date a document may bear on that day, itself included: 3 months before 31 May is the end of February."""
    if span.unit in ("days", "weeks"):
        return day - timedelta(days=span.count * (7 if span.unit == "weeks" else 1))
    found = add_months(day, -span.count * (12 if span.unit == "years" else 1))
    return found if isinstance(found, date) else date.min


def _deposit(reading: Reading) -> date:
    day = members(reading.values.get("dossier")).get("deposited_on")
    return day if isinstance(day, date) else reading.organisation.local_date(reading.now)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None

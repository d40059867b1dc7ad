"""Bounds and checks, which are FEEL: `min`, `max`, `at_least`, `at_most`, `check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

from engine.asked import Reading
from engine.asked.fitting import fitting
from engine.asked.order import reads
from engine.asked.used import printed
from engine.kinds import kind_of
from engine.kinds.choices import has_none
from engine.kinds.kind import constant, items
from engine.kinds.options import OTHER
from engine.language.model import Check, Expression, Field
from engine.problems import AnswerProblem
from engine.words import Printed

Values = Mapping[str, object]
Path = tuple[str | int, ...]
Limit: TypeAlias = Decimal | date | time


def bound_problems(field: Field, values: Values, reading: Reading) -> Iterator[AnswerProblem]:
    """Whether the value of a field (in `values`) keeps within its bounds; an unknown bound binds nothing."""
    value = values.get(field.id)
    yield from _unfit(field, value, values, reading)
    if isinstance(value, list):
        yield from _counts(field, Decimal(len(value)), values, reading)
    elif isinstance(value, Decimal | date | time):
        yield from _limits(field, value, values, reading)


def _unfit(field: Field, value: object, values: Values, reading: Reading) -> Iterator[AnswerProblem]:
    """An option that `where` leaves out: what it depends on was answered otherwise since."""
    known = fitting(field, values, reading) if value is not None else None
    if known is None:
        return
    several = isinstance(value, list)
    unfit = [code for code in items(value if several else [value]) if code != OTHER and code not in known]
    if unfit:
        answer = unfit if several else unfit[0]
        languages = reading.scheme.languages
        said = {language: kind_of(field).printed(field, answer, language) for language in languages}
        yield AnswerProblem((field.id,), "not_with_these_answers", {"answer": said})


def limits_of(field: Field, key: str, reading: Reading) -> Iterator[tuple[Limit, str, Mapping[str, Printed]]]:
    """The bound under a key of a field (`min`, `max`) when it is known: its value, the code of what passes it, its params."""
    bound = _figure(field, key, reading.values, reading)
    if isinstance(bound, Decimal | date | time):
        codes = _codes(bound)
        yield bound, codes[key == "max"], {key: printed(bound, kind_of(field).unit)}


def _codes(value: Limit) -> tuple[str, str]:
    return ("too_small", "too_large") if isinstance(value, Decimal) else ("too_early", "too_late")


def _limits(field: Field, value: Limit, values: Values, reading: Reading) -> Iterator[AnswerProblem]:
    unit, codes = kind_of(field).unit, _codes(value)
    least, most = _figure(field, "min", values, reading), _figure(field, "max", values, reading)
    if _comparable(value, least) and value < least:  # type: ignore[operator]  # same type: just compared
        yield AnswerProblem((field.id,), codes[0], {"min": printed(least, unit)})
    if _comparable(value, most) and value > most:  # type: ignore[operator]
        yield AnswerProblem((field.id,), codes[1], {"max": printed(most, unit)})


def _comparable(value: object, bound: object) -> bool:
    return type(value) is type(bound)


def _counts(field: Field, count: Decimal, values: Values, reading: Reading) -> Iterator[AnswerProblem]:
    if count == 0 and has_none(field):
        return  # that none fits is an answer
    for key, code, name in (("at_least", "too_few", "min"), ("at_most", "too_many", "max")):
        if constant(field, key) is not None and not (key == "at_least" and has_none(field)):
            continue  # a plain figure stands in the JSON Schema already
        bound = _figure(field, key, values, reading)
        if isinstance(bound, Decimal) and (count < bound if key == "at_least" else count > bound):
            yield AnswerProblem((field.id,), code, {name: Printed(f"{bound:f}", "integer")})


def _figure(field: Field, key: str, values: Values, reading: Reading) -> object:
    found = field.options.get(key)
    if isinstance(found, Expression):
        return found.value(values, reading.now, reading.zone)
    return Decimal(found) if isinstance(found, int) and not isinstance(found, bool) else found


def check_problems(
    checks: Iterable[Check],
    values: Values,
    reading: Reading,
    waits: Callable[[str], bool],
    path: Path,
) -> Iterator[AnswerProblem]:
    """The checks that are false; a check waits while something it reads (`waits(name)`) isn't answered."""
    for check in checks:
        if check.require.value(values, reading.now, reading.zone) is not False:
            continue
        if any(waits(name) for name in reads(check.require)):
            continue
        phrases = {
            language: check.otherwise.say(language, values, reading.now, reading.zone)
            for language in reading.scheme.languages
        }
        yield AnswerProblem(path, "check", {"phrases": phrases})

"""Whether answers are complete and right: shape by JSON Schema, bounds and checks by FEEL, each problem once.

A field has one sort of problem at a time: missing, else its shape, else its bounds and its checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from jsonschema.protocols import Validator

from engine.asked import AskedPage, Reading, RowReading, holds
from engine.asked.order import reads
from engine.kinds import Json, kind_of
from engine.kinds.kind import items, members
from engine.language.model import Check, Field
from engine.problems import AnswerProblem
from engine.validation.bounds import Path, bound_problems, check_problems
from engine.validation.schemas import answer_schema, validator_of, validators
from engine.validation.shape import blank, shape_problems

__all__ = ["answer_schema", "validate_all", "validate_fields", "validate_page"]


def validate_page(reading: Reading, page_id: str) -> tuple[AnswerProblem, ...]:
    """What is wrong on one page, in the order of its fields; nothing for a page that isn't asked."""
    page = reading.page(page_id)
    return tuple(_page_problems(reading, page, frozenset({page_id}))) if page else ()


def validate_all(reading: Reading) -> tuple[AnswerProblem, ...]:
    """What is wrong on all the pages asked, in order."""
    pages = frozenset(asked.page.id for asked in reading.pages)
    return tuple(problem for page in reading.pages for problem in _page_problems(reading, page, pages))


def validate_fields(
    fields: Mapping[str, Field], answers: Mapping[str, Json], reading: Reading
) -> tuple[AnswerProblem, ...]:
    """What is wrong with the form of an action: its fields see the dossier's values and each other."""
    values = {**reading.values, **dict.fromkeys(fields)}
    found: list[AnswerProblem] = []
    for field in fields.values():
        if not holds(field.when, values, reading):
            continue
        answer = answers.get(field.id)
        if answer is None:
            found += blank(field)
        elif shape := shape_problems(field, answer, validator_of(field)) or _unknown_fields(
            field, answer, reading
        ):
            found += shape
        else:
            values[field.id] = kind_of(field).value(field, answer)
            found += bound_problems(field, values, reading)
            found += check_problems(field.checks, values, reading, lambda name: False, (field.id,))
    return tuple(found)


def _unknown_fields(field: Field, answer: Json, reading: Reading) -> tuple[AnswerProblem, ...]:
    known = field.kind != "fields" or all(name in reading.scheme.fields for name in items(answer))
    return () if known else (AnswerProblem((field.id,), "not_a_field", {}),)


def _page_problems(reading: Reading, page: AskedPage, final: frozenset[str]) -> Iterator[AnswerProblem]:
    waits = _waiting(reading, final)
    known = validators(reading.scheme)
    for field in page.fields:
        yield from _field_problems(reading, field, known, waits)
    for check in page.page.checks:
        yield from check_problems((check,), reading.values, reading, waits, _place(check, page))


def _field_problems(
    reading: Reading, field: Field, known: Mapping[tuple[str, ...], Validator], waits: Callable[[str], bool]
) -> Iterator[AnswerProblem]:
    answer = reading.answers.get(field.id)
    problems = blank(field) if answer is None else shape_problems(field, answer, known[(field.id,)])
    yield from problems
    if not problems and answer is not None:
        yield from bound_problems(field, reading.values, reading)
        if field.fields:
            yield from _rows_problems(reading, field, known)
        yield from check_problems(field.checks, reading.values, reading, waits, (field.id,))


def _rows_problems(
    reading: Reading, repeat: Field, known: Mapping[tuple[str, ...], Validator]
) -> Iterator[AnswerProblem]:
    typed = items(reading.answers[repeat.id])
    for row in reading.rows(repeat.id):
        if not isinstance(typed[row.index], Mapping):
            yield AnswerProblem((repeat.id, row.index), "malformed", {})
            continue
        for field in row.fields:
            answer = members(typed[row.index]).get(field.id)
            for problem in _row_field_problems(reading, row, field, answer, known[(repeat.id, field.id)]):
                yield AnswerProblem((repeat.id, row.index, *problem.path), problem.code, problem.params)


def _row_field_problems(
    reading: Reading, row: RowReading, field: Field, answer: Json, validator: Validator
) -> Iterator[AnswerProblem]:
    problems = blank(field) if answer is None else shape_problems(field, answer, validator)
    yield from problems
    if not problems and answer is not None:
        required = {inner.id for inner in row.fields if not inner.optional}
        yield from bound_problems(field, row.values, reading)
        yield from check_problems(
            field.checks,
            row.values,
            reading,
            lambda name: name in required and row.values[name] is None,
            (field.id,),
        )


def _waiting(reading: Reading, final: frozenset[str]) -> Callable[[str], bool]:
    """Whether a name is a field asked and not answered yet.

    What is optional and left blank on the pages judged is answered: it is nothing. So is what was saved as blank.
    """
    fields = reading.scheme.fields

    def waits(name: str) -> bool:
        if name not in reading.asked or reading.values[name] is not None:
            return False
        field = fields[name]
        return not field.optional or (field.page not in final and name not in reading.answers)

    return waits


def _place(check: Check, page: AskedPage) -> Path:
    """Where a check of a page is told: at the last field of the page that it reads."""
    read = reads(check.require)
    return next(((field.id,) for field in reversed(page.fields) if field.id in read), ())

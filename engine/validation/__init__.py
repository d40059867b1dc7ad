"""Whether answers are complete and right: shape by JSON Schema, bounds and checks by FEEL, each problem once.

A field has one sort of problem at a time: missing, else its shape, else its bounds and its checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from engine.asked import AskedPage, Reading, RowReading, holds
from engine.asked.cells import cell_of, head_of
from engine.asked.order import reads
from engine.asked.reading import Row
from engine.kinds import Json, kind_of
from engine.kinds.fields import points_of
from engine.kinds.kind import items, members, stored_rows
from engine.language.model import Check, Field
from engine.problems import AnswerProblem
from engine.validation.bounds import Path, bound_problems, check_problems
from engine.validation.issued import issued_problems
from engine.validation.published import answer_schema, step_schema
from engine.validation.row_pages import page_checks
from engine.validation.rows import repeated_rows
from engine.validation.shape import Problems, read_again, shape_problems
from engine.validation.steps import steps

__all__ = [
    "answer_schema",
    "step_schema",
    "validate_all",
    "validate_fields",
    "validate_page",
    "validate_pages",
]


def validate_page(reading: Reading, page_id: str) -> tuple[AnswerProblem, ...]:
    """What is wrong on one page, in the order of its fields; nothing for a page that isn't asked."""
    page = reading.page(page_id)
    return validate_pages(reading, (page,))[page_id] if page else ()


def validate_pages(reading: Reading, pages: Iterable[AskedPage]) -> dict[str, tuple[AnswerProblem, ...]]:
    """What is wrong on each of these pages, by its id; the rows of a repeat are judged once for all their pages."""
    found: dict[str, tuple[AnswerProblem, ...]] = {}
    for page in pages:
        id = page.page.id
        if id not in reading.judged:
            reading.judged[id] = tuple(_page_problems(reading, page, frozenset({id})))
        found[page.id] = tuple(one for one in reading.judged[id] if not one.path or page.shows(one.path))
    return found


def validate_all(reading: Reading) -> tuple[AnswerProblem, ...]:
    """What is wrong on all the pages asked, in order."""
    pages = frozenset(asked.page.id for asked in reading.pages)
    return tuple(problem for page in reading.pages for problem in _page_problems(reading, page, pages))


def validate_fields(
    fields: Mapping[str, Field], answers: Mapping[str, Json], reading: Reading
) -> tuple[AnswerProblem, ...]:
    """What is wrong with the form of an action: its fields see the dossier's values and each other."""
    values = {**reading.values, **dict.fromkeys(fields)}
    asked: list[Field] = []
    for field in fields.values():
        if holds(field.when, values, reading):
            asked.append(field)
            if (answer := answers.get(field.id)) is not None:
                values[field.id] = kind_of(field).value(field, answer)
    given = {field.id: answers[field.id] for field in asked if answers.get(field.id) is not None}
    wrong = shape_problems(steps(reading.scheme).of(asked, {}), fields, given)
    return tuple(
        problem for field in asked for problem in _own_problems(field, given, wrong, values, reading)
    )


def _own_problems(
    field: Field,
    given: Mapping[str, Json],
    wrong: Mapping[Path, Problems],
    values: Mapping[str, object],
    reading: Reading,
) -> Iterator[AnswerProblem]:
    """What is wrong with one answer to the form of an action."""
    place = (field.id,)
    answer = given.get(field.id)
    problems = wrong.get(place, ())
    if not problems and answer is not None:
        problems = _left(field, answer, values[field.id], place) or _unknown_fields(field, answer, reading)
    yield from problems
    if not problems and answer is not None:
        yield from bound_problems(field, values, reading)
        yield from check_problems(field.checks, values, reading, lambda name: False, place)


def _left(field: Field, answer: Json, value: object, place: Path) -> Problems:
    """What is wrong with an answer that fits its schema, where that may be."""
    if value is None:
        return (AnswerProblem(place, "malformed", {}),)
    return () if kind_of(field).proven else read_again(field, answer, place)


def _unknown_fields(field: Field, answer: Json, reading: Reading) -> Problems:
    named = (point.field for point in points_of(answer) if point.field) if field.kind == "fields" else ()
    known = all(_may_be_asked(name, reading) for name in named)
    return () if known else (AnswerProblem((field.id,), "not_a_field", {}),)


def _may_be_asked(name: str, reading: Reading) -> bool:
    """Whether a name is one of a question: of the form, or of a row that is there."""
    cell, field = cell_of(name), reading.scheme.fields.get(head_of(name))
    if cell is None or field is None:
        return field is not None
    return not field.lines and cell.inner in field.fields and reading.row(cell.field, cell.row) is not None


def _page_problems(reading: Reading, page: AskedPage, final: frozenset[str]) -> Iterator[AnswerProblem]:
    waits = _waiting(reading, final)
    fields = {field.id: field for field in page.fields}
    given = {
        id: _given(reading, field) for id, field in fields.items() if reading.answers.get(id) is not None
    }
    step = steps(reading.scheme).of(page.fields, reading.settled_rows)
    wrong = shape_problems(step, fields, given)
    for field in page.fields:
        yield from _field_problems(reading, field, wrong, waits)
    for check in page.page.checks:
        yield from check_problems((check,), reading.values, reading, waits, _place(check, page))


def _given(reading: Reading, field: Field) -> Json:
    """The answer to a field; of rows, what is asked in them now."""
    answer = reading.answers[field.id]
    if field.lines and isinstance(answer, Mapping):
        return _lines_given(reading, field, answer)
    if not field.fields or not isinstance(answer, list):
        return answer
    return _rows_given(reading.settled_rows[field.id], answer)


def _lines_given(reading: Reading, matrix: Field, answer: Mapping[str, Json]) -> Json:
    """The cells of each line that is typed, blank lines too; nothing at all when no cell is filled in."""
    rows = (row for row in reading.settled_rows[matrix.id] if row.fields)
    lines = {row.key: _row_given(row, answer.get(row.key, {})) for row in rows}
    return lines if any(lines.values()) else {}


def _row_given(row: Row, typed: Json) -> Json:
    if not isinstance(typed, Mapping):
        return typed
    return {
        field.id: _rows_given(row.rows[field.id], typed[field.id])
        if field.id in row.rows
        else typed[field.id]
        for field in row.fields
        if typed.get(field.id) is not None
    }


def _rows_given(rows: Sequence[Row], typed: Json) -> Json:
    return [_row_given(row, one) for row, one in zip(rows, items(typed), strict=True)]


def _field_problems(
    reading: Reading, field: Field, wrong: Mapping[Path, Problems], waits: Callable[[str], bool]
) -> Iterator[AnswerProblem]:
    answer, place = reading.answers.get(field.id), (field.id,)
    problems = wrong.get(place, ())
    if not problems and answer is not None:
        problems = _left(field, answer, reading.values[field.id], place)
    yield from problems
    if not problems and answer is not None:
        yield from bound_problems(field, reading.values, reading)
        yield from issued_problems(field, answer, reading)
        if field.fields:
            rows = reading.rows(field.id)
            yield from _rows_problems(reading, rows, stored_rows(field, answer), wrong, place)
            yield from repeated_rows(field, reading.settled_rows.get(field.id, ()), reading)
            yield from page_checks(reading, field, waits)
        yield from check_problems(field.checks, reading.values, reading, waits, place)


def _rows_problems(
    reading: Reading,
    rows: Iterable[RowReading],
    typed: Sequence[object],
    wrong: Mapping[Path, Problems],
    repeat: Path,
) -> Iterator[AnswerProblem]:
    """What is wrong in the rows of the repeat at this place. A field without options, checks or rows is right once it can be
    read: most are, and rows have many."""
    for row in rows:
        around = (*repeat, row.step)
        yield from wrong.get(around, ())
        for field in row.fields if isinstance(typed[row.index], Mapping) else ():
            place = (*around, field.id)
            answer = members(typed[row.index]).get(field.id)
            problems = wrong.get(place, ())
            if not problems and answer is not None:
                problems = _left(field, answer, row.values[field.id], place)
                if not problems and (field.options or field.checks or field.fields):
                    problems = tuple(
                        AnswerProblem((*around, *problem.path), problem.code, problem.params)
                        for problem in _row_field_problems(reading, row, field, answer)
                    )
            yield from problems
            if field.id in row.inner and not wrong.get(place):
                inner = row.rows(field.id)
                yield from _rows_problems(reading, inner, items(answer), wrong, place)


def _row_field_problems(
    reading: Reading, row: RowReading, field: Field, answer: Json
) -> Iterator[AnswerProblem]:
    yield from repeated_rows(field, row.inner.get(field.id, ()), reading)
    required = {inner.id for inner in row.fields if not inner.optional}
    yield from bound_problems(field, row.values, reading)
    yield from issued_problems(field, answer, reading)
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

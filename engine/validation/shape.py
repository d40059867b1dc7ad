"""Answers against the schema of their step: each error of JSON Schema as a problem with its place and code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from jsonschema import ValidationError

from engine.kinds import Json, Slips, kind_of
from engine.kinds.kind import items, members
from engine.language.model import Field
from engine.problems import AnswerProblem, Path
from engine.validation.schemas import Part
from engine.words import Printed

Problems = tuple[AnswerProblem, ...]
READ_AGAIN = ("format", "pattern")  # they refuse a text; what is wrong with it its kind knows


def shape_problems(
    step: Part, fields: Mapping[str, Field], answers: Mapping[str, Json]
) -> dict[Path, Problems]:
    """What is wrong with the shape of the answers, by place: ("income",), or ("partners", 0, "share") in a row.

    What a format or a pattern refuses is told only where nothing else is wrong, in the words of its kind.
    """
    found: dict[Path, dict[tuple[Path, str], AnswerProblem]] = {}
    late: list[ValidationError] = []
    for error in step.validator.iter_errors(cast("Any", answers)):
        if error.validator in READ_AGAIN:
            late.append(error)
        else:
            _add(found, fields, _from_error(fields, error))
    for error in late:
        if _place(fields, tuple(error.absolute_path)) not in found:
            _add(found, fields, _from_format(fields, answers, tuple(error.absolute_path)))
    return {place: tuple(problems.values()) for place, problems in found.items()}


def _add(
    found: dict[Path, dict[tuple[Path, str], AnswerProblem]],
    fields: Mapping[str, Field],
    problems: Iterable[AnswerProblem],
) -> None:
    for problem in problems:
        of_place = found.setdefault(_place(fields, problem.path), {})
        of_place.setdefault((problem.path, problem.code), problem)


def _place(fields: Mapping[str, Field], path: Path) -> Path:
    """The field a path leads to, or the row: without the parts of the answer itself."""
    field, length = fields[str(path[0])], 1
    while field.fields and len(path) > length + 1:
        field, length = field.fields[str(path[length + 1])], length + 2
    return path[: length + 1] if field.fields else path[:length]


def _field_at(fields: Mapping[str, Field], place: Path) -> Field:
    """The field at a place; of a row, its repeat."""
    field = fields[str(place[0])]
    for step in place[2::2]:
        field = field.fields[str(step)]
    return field


def _from_error(fields: Mapping[str, Field], error: ValidationError) -> Iterator[AnswerProblem]:
    path = tuple(error.absolute_path)
    keyword, wanted = str(error.validator), cast("Any", error.validator_value)
    if keyword == "required":
        for name in wanted:
            if name not in members(error.instance):
                yield _missing(fields, (*path, name))
    elif keyword == "minProperties" or (keyword == "minItems" and not items(error.instance)):
        yield AnswerProblem(path, kind_of(_field_at(fields, path)).blank, {})
    else:
        yield AnswerProblem(path, *_code(keyword, wanted, error.instance))


def _missing(fields: Mapping[str, Field], path: Path) -> AnswerProblem:
    """A field left blank, in a row too, as its kind says it; or a part of one."""
    if len(path) % 2 and path == _place(fields, path):
        return AnswerProblem(path, kind_of(_field_at(fields, path)).blank, {})
    return AnswerProblem(path, "missing", {})


def _from_format(fields: Mapping[str, Field], answers: Mapping[str, Json], path: Path) -> Problems:
    """What the kind itself says of an answer a format refuses."""
    place = _place(fields, path)
    answer: Any = answers
    for step in place:
        answer = answer[step]
    return read_again(_field_at(fields, place), answer, place) or (AnswerProblem(path, "malformed", {}),)


def read_again(field: Field, answer: Json, place: Path) -> Problems:
    """What is wrong with a stored answer when it is read once more, as if it were typed."""
    kind = kind_of(field)
    again = kind.read(field, kind.raw(field, answer))
    slips = again.problems if isinstance(again, Slips) else ()
    return tuple(AnswerProblem((*place, *slip.path[1:]), slip.code, slip.params) for slip in slips)


def _code(keyword: str, wanted: Any, answer: object) -> tuple[str, Mapping[str, object]]:
    """The code and params for one keyword of JSON Schema."""
    length = len(answer) if isinstance(answer, str) else 0
    counted = Printed(wanted, "integer")
    table: Mapping[str, tuple[str, Mapping[str, object]]] = {
        "enum": ("not_an_option", {}),
        "anyOf": ("not_an_option", {}),  # an option, or something else in words
        "const": ("not_accepted", {}),
        "maxLength": ("too_long", {"max": wanted, "length": length}),
        "minLength": ("too_short", {"min": wanted, "length": length}),
        "minItems": ("too_few", {"min": counted}),
        "maxItems": ("too_many", {"max": counted}),
    }
    return table.get(keyword, ("malformed", {}))

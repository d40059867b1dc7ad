"""One stored answer against its field: its JSON Schema, then its kind (keys of SIRET and IBAN, dates that exist)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from jsonschema import ValidationError
from jsonschema.protocols import Validator

from engine.kinds import Json, Slips, kind_of
from engine.kinds.kind import items, members
from engine.language.model import Field
from engine.problems import AnswerProblem
from engine.words import Printed


def blank(field: Field) -> tuple[AnswerProblem, ...]:
    """What is wrong with leaving a field blank."""
    return () if field.optional else (AnswerProblem((field.id,), kind_of(field).blank, {}),)


def shape_problems(field: Field, answer: Json, validator: Validator) -> tuple[AnswerProblem, ...]:
    """What is wrong with the shape of an answer that isn't None; the path begins with the field's id."""
    found = [
        problem
        for error in validator.iter_errors(cast("Any", answer))
        for problem in _from_error(field, error)
    ]
    if found:
        return tuple({(problem.path, problem.code): problem for problem in found}.values())
    kind = kind_of(field)
    if field.fields or field.kind == "file":
        return ()
    if kind.value(field, answer) is None:
        return (AnswerProblem((field.id,), "malformed", {}),)
    again = kind.read(field, kind.raw(field, answer))
    return again.problems if isinstance(again, Slips) else ()


def _from_error(field: Field, error: ValidationError) -> Iterator[AnswerProblem]:
    path = (field.id, *error.absolute_path)
    keyword, wanted = str(error.validator), cast("Any", error.validator_value)
    if keyword == "required":
        yield from (
            AnswerProblem((*path, name), "missing", {})
            for name in wanted
            if name not in members(error.instance)
        )
    elif keyword == "minItems" and not items(error.instance):
        yield AnswerProblem(path, kind_of(field).blank, {})
    else:
        yield AnswerProblem(path, *_code(keyword, wanted, error.instance))


def _code(keyword: str, wanted: Any, answer: object) -> tuple[str, Mapping[str, object]]:
    """The code and params for one keyword of JSON Schema."""
    length = len(answer) if isinstance(answer, str) else 0
    counted = Printed(wanted, "integer")
    table: Mapping[str, tuple[str, Mapping[str, object]]] = {
        "enum": ("not_an_option", {}),
        "const": ("not_accepted", {}),
        "maxLength": ("too_long", {"max": wanted, "length": length}),
        "minLength": ("too_short", {"min": wanted, "length": length}),
        "minItems": ("too_few", {"min": counted}),
        "maxItems": ("too_many", {"max": counted}),
    }
    return table.get(keyword, ("malformed", {}))

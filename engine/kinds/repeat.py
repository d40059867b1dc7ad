"""Kind `repeat`: rows of fields (partners, children, invoices); a row may hold rows of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import (
    COUNTS,
    Controls,
    Json,
    JsonSchema,
    Kind,
    Raw,
    Slips,
    constant,
    count_keys,
    count_schema,
    items,
    members,
    slip,
)
from engine.problems import AnswerProblem
from engine.words import Phrase, Printed

MOST = 200  # rows, when the scheme doesn't say
ROW = re.compile(r"-([0-9]{1,4})(?:-([a-z][a-z0-9_]*)(.*))?", re.DOTALL)

Typed = dict[int, dict[str, dict[str, list[str]]]]


def rows_typed(raw: Raw) -> list[dict[str, dict[str, list[str]]]]:
    """What was typed, by row, field and suffix. `-0` alone says that row 0 is there, though nothing is typed in it."""
    rows: Typed = {}
    for suffix, values in raw.items():
        if found := ROW.fullmatch(suffix):
            row = rows.setdefault(int(found[1]), {})
            if found[2]:
                row.setdefault(found[2], {})[found[3]] = list(values)
    return [rows[number] for number in sorted(rows)]


Kinds = Mapping[str, Kind]


def repeat(kinds: Kinds) -> Kind:
    """The kind `repeat`, whose rows hold fields of these kinds."""
    return Kind(
        name="repeat",
        keys=count_keys("rows"),
        expressions=COUNTS,
        codes=("too_few", "too_many", "row_twice"),
        feel_type=partial(_feel_type, kinds),
        read=partial(_read, kinds),
        schema=partial(_schema, kinds),
        value=partial(_value, kinds),
        raw=partial(_controls, kinds),
        printed=_printed,
        inputs=lambda field: (),
        unit="list",
        proven=True,
    )


def _feel_type(kinds: Kinds, field: FieldView) -> feel.Type:
    names = {name: kinds[inner.kind].feel_type(inner) for name, inner in field.fields.items()}
    for inner in field.fields.values():
        names |= {name: total.type for name, total in getattr(inner, "totals", {}).items()}
    return feel.List(feel.Context(names))


def _read(kinds: Kinds, field: FieldView, raw: Raw) -> Json | Slips | None:
    typed = rows_typed(raw)
    if len(typed) > MOST:
        return slip(field, "too_many", max=Printed(MOST, "integer"))
    answers: list[dict[str, Json]] = []
    problems: list[AnswerProblem] = []
    for index, row in enumerate(typed):
        answer, slips = _read_row(kinds, field, row)
        answers.append(answer)
        problems += (AnswerProblem((field.id, index, *slip.path), slip.code, slip.params) for slip in slips)
    return Slips(tuple(problems)) if problems else answers


def _typed(field: FieldView) -> list[tuple[str, FieldView]]:
    """The fields of a row that are asked: those that aren't computed."""
    return [(name, inner) for name, inner in field.fields.items() if getattr(inner, "value", None) is None]


def _read_row(
    kinds: Kinds, field: FieldView, typed: Mapping[str, Raw]
) -> tuple[dict[str, Json], tuple[AnswerProblem, ...]]:
    answers: dict[str, Json] = {}
    problems: tuple[AnswerProblem, ...] = ()
    for name, inner in _typed(field):
        found = kinds[inner.kind].read(inner, typed.get(name, {}))
        if isinstance(found, Slips):
            problems += found.problems
        elif found is not None:
            answers[name] = found
    return answers, problems


def _schema(kinds: Kinds, field: FieldView) -> JsonSchema:
    always = [
        name for name, inner in _typed(field) if not inner.optional and getattr(inner, "when", None) is None
    ]
    row: JsonSchema = {
        "type": "object",
        "properties": {name: kinds[inner.kind].schema(inner) for name, inner in _typed(field)},
        "required": always,
        "additionalProperties": False,
    }
    return rows_schema(field) | {"items": row}


def _value(kinds: Kinds, field: FieldView, answer: Json) -> object:
    if not isinstance(answer, list):
        return None
    return [
        {name: _cell(kinds, inner, members(row).get(name)) for name, inner in field.fields.items()}
        for row in answer
    ]


def _cell(kinds: Kinds, inner: FieldView, answer: Json) -> object:
    return None if answer is None else kinds[inner.kind].value(inner, answer)


def _controls(kinds: Kinds, field: FieldView, answer: Json) -> Controls:
    found: Controls = {}
    for index, row in enumerate(items(answer)):
        found[f"-{index}"] = ["row"]
        for name, inner in _typed(field):
            if members(row).get(name) is not None:
                typed = kinds[inner.kind].raw(inner, members(row)[name])
                found |= {f"-{index}-{name}{suffix}": values for suffix, values in typed.items()}
    return found


def rows_schema(field: FieldView) -> JsonSchema:
    """The JSON Schema of the rows together; each row is judged by what is asked in it."""
    most = constant(field, "at_most")
    fewest: JsonSchema = {} if field.optional else {"minItems": 1}
    bounds = fewest | count_schema(field) | {"maxItems": MOST if most is None else most}
    return {"type": "array"} | bounds


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    """How many rows there are: pages print the rows themselves."""
    return (Printed(len(items(answer)), "integer"),)

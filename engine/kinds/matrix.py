"""Kind `matrix`: a table whose lines are fixed (a budget by account), and whose columns are fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from engine.feel import types as feel
from engine.kinds.field import FieldView, figure_columns
from engine.kinds.kind import Controls, Json, JsonSchema, Kind, Raw, Slips, members
from engine.problems import AnswerProblem
from engine.words import Phrase, Printed

CELL = re.compile(r"-([a-z][a-z0-9_]*)-([a-z][a-z0-9_]*)(.*)", re.DOTALL)
# What fits in a cell.
COLUMN_KINDS = ("text", "integer", "decimal", "money", "percentage")

Kinds = Mapping[str, Kind]


def matrix(kinds: Kinds) -> Kind:
    """The kind `matrix`, whose columns are fields of these kinds."""
    return Kind(
        name="matrix",
        keys={},
        codes=(),
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


def typed_cells(field: FieldView) -> Mapping[str, Mapping[str, FieldView]]:
    """The cells that are typed, by line and column: those of computed lines and columns aren't."""
    columns = {name: inner for name, inner in field.fields.items() if getattr(inner, "value", None) is None}
    return {id: columns for id, line in field.lines.items() if line.is_typed}


def _feel_type(kinds: Kinds, field: FieldView) -> feel.Type:
    every = {name: kinds[inner.kind].feel_type(inner) for name, inner in field.fields.items()}
    figures = {name: every[name] for name in figure_columns(field)}
    return feel.Context(
        {
            id: feel.Context(every if line.is_typed else figures)
            for id, line in field.lines.items()
            if not line.heading
        }
    )


def _read(kinds: Kinds, field: FieldView, raw: Raw) -> Json | Slips | None:
    typed: dict[tuple[str, str], dict[str, list[str]]] = {}
    for suffix, values in raw.items():
        if found := CELL.fullmatch(suffix):
            typed.setdefault((found[1], found[2]), {})[found[3]] = list(values)
    answers: dict[str, dict[str, Json]] = {}
    problems: list[AnswerProblem] = []
    for line, columns in typed_cells(field).items():
        for name, column in columns.items():
            cell = kinds[column.kind].read(column, typed.get((line, name), {}))
            if isinstance(cell, Slips):
                problems += (
                    AnswerProblem((field.id, line, *slip.path), slip.code, slip.params)
                    for slip in cell.problems
                )
            elif cell is not None:
                answers.setdefault(line, {})[name] = cell
    return Slips(tuple(problems)) if problems else answers


def _schema(kinds: Kinds, field: FieldView) -> JsonSchema:
    lines = {
        id: {
            "type": "object",
            "properties": {name: kinds[column.kind].schema(column) for name, column in columns.items()},
            "required": [name for name, column in columns.items() if not column.optional],
            "additionalProperties": False,
        }
        for id, columns in typed_cells(field).items()
    }
    return lines_schema(field) | {"properties": lines, "additionalProperties": False}


def lines_schema(field: FieldView) -> JsonSchema:
    """The JSON Schema of the table as a whole; each cell is judged by its column."""
    return {"type": "object"} | ({} if field.optional else {"minProperties": 1})


def _value(kinds: Kinds, field: FieldView, answer: Json) -> object:
    """The typed cells alone: those that are computed are settled with what stands around (engine.asked.lines)."""
    if not isinstance(answer, Mapping):
        return None
    return {
        line: {
            name: None if cells.get(name) is None else kinds[column.kind].value(column, cells[name])
            for name, column in columns.items()
        }
        for line, columns in typed_cells(field).items()
        for cells in [members(answer.get(line))]
    }


def _controls(kinds: Kinds, field: FieldView, answer: Json) -> Controls:
    found: Controls = {}
    for line, columns in typed_cells(field).items():
        cells = members(members(answer).get(line))
        for name, column in columns.items():
            if cells.get(name) is not None:
                typed = kinds[column.kind].raw(column, cells[name])
                found |= {f"-{line}-{name}{suffix}": values for suffix, values in typed.items()}
    return found


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    """How many lines are filled in: pages print the lines themselves."""
    return (Printed(len(members(answer)), "integer"),)

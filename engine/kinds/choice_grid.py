"""Kind `choice_grid`: the same options for several lines, one choice in each (how satisfied one is with this and that)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from engine.feel import types as feel
from engine.kinds.choice import option_keys
from engine.kinds.field import FieldView, TextView
from engine.kinds.kind import Controls, Json, JsonSchema, Kind, Raw, Slips, members, print_list, slip
from engine.kinds.options import codes_of, label_of
from engine.kinds.typed import single
from engine.problems import AnswerProblem
from engine.words import Phrase


def lines_of(field: FieldView) -> Mapping[str, TextView]:
    """The lines of a grid, each with what is asked in it."""
    return cast("Mapping[str, TextView]", field.options.get("rows") or {})


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    given = {line: code for line in lines_of(field) if (code := single(raw, f"-{line}"))}
    if not given:
        return None
    known = codes_of(field)
    problems: list[AnswerProblem] = []
    for line in lines_of(field):
        if line in given and given[line] not in known:
            problems += slip(field, "not_an_option", line).problems
        elif line not in given and not field.optional:
            problems += slip(field, "missing", line).problems
    return Slips(tuple(problems)) if problems else dict(given)


def _value(field: FieldView, answer: Json) -> object:
    if not isinstance(answer, dict):
        return None
    known = codes_of(field)
    return {line: code if (code := answer.get(line)) in known else None for line in lines_of(field)}


def _schema(field: FieldView) -> JsonSchema:
    option: JsonSchema = {"type": "string", "enum": list(codes_of(field))}
    return {
        "type": "object",
        "properties": dict.fromkeys(lines_of(field), option),
        "required": [] if field.optional else list(lines_of(field)),
        "minProperties": 1,
        "additionalProperties": False,
    }


def _controls(field: FieldView, answer: Json) -> Controls:
    found = members(answer)
    return {f"-{line}": [str(found[line])] for line in lines_of(field) if line in found}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    found = members(answer)
    return print_list(
        f"{text.plain(language)} – {label_of(field, str(found[line]), language)}"
        for line, text in lines_of(field).items()
        if line in found
    )


CHOICE_GRID = Kind(
    name="choice_grid",
    keys={
        "rows": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"},
            "additionalProperties": {"type": ["string", "object"]},
            "description": "The lines of the grid: what is asked in each, by id.",
        },
        "options": option_keys()["options"],
    },
    codes=("missing", "not_an_option"),
    feel_type=lambda field: feel.Context(
        dict.fromkeys(lines_of(field), feel.String(frozenset(codes_of(field))))
    ),
    read=_read,
    schema=_schema,
    value=_value,
    raw=_controls,
    printed=_printed,
    inputs=lambda field: tuple(f"-{line}" for line in lines_of(field)),
    unit="list",
    proven=True,
)

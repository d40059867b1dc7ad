"""Kind `choice`: one among options written in the scheme or in a reference list, or something else in words."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, JsonSchema, Kind, Raw, Slips, slip
from engine.kinds.options import OTHER, codes_of, has_other, known_codes, label_of
from engine.kinds.other import OTHER_SCHEMA, TYPED_OTHER, other_text, printed_other, read_other
from engine.kinds.search import is_typed, meant
from engine.kinds.typed import single
from engine.words import Phrase, Printed

__all__ = ["CHOICE", "codes_of", "label_of"]


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    code = _code(field, raw)
    if isinstance(code, Slips) or not code:
        return code or None
    if code == OTHER and has_other(field):
        return read_other(field, raw)
    return code if code in codes_of(field) else slip(field, "not_an_option")


def _code(field: FieldView, raw: Raw) -> str | Slips:
    """The code chosen, or meant by what is typed; words beside an open choice mean something else."""
    chosen = "" if is_typed(raw) else single(raw)
    if chosen:
        return chosen
    if has_other(field) and single(raw, TYPED_OTHER):
        return OTHER
    return meant(field, raw) or ""


def _value(field: FieldView, answer: Json) -> object:
    if other_text(answer) is not None:
        return OTHER if has_other(field) else None
    return answer if isinstance(answer, str) and answer in codes_of(field) else None


def option_type(field: FieldView) -> feel.Type:
    """The type of one option in the rules."""
    return feel.String(known_codes(field))


def option_schema(field: FieldView) -> JsonSchema:
    """The JSON Schema of one option as it is stored."""
    listed: JsonSchema = {"type": "string", "enum": list(codes_of(field))}
    return {"anyOf": [listed, OTHER_SCHEMA]} if has_other(field) else listed


def printed_option(field: FieldView, answer: Json, language: str) -> str:
    """One option as people read it; "" for what is none."""
    if (text := other_text(answer)) is not None:
        return printed_other(field, text, language)
    return label_of(field, answer, language) if isinstance(answer, str) else ""


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    text = printed_option(field, answer, language)
    return (Printed(text, "choice"),) if text else ()


def _controls(field: FieldView, answer: Json) -> Controls:
    if (text := other_text(answer)) is not None:
        return {"": [OTHER], TYPED_OTHER: [text]}
    return {"": [answer] if isinstance(answer, str) else []}


def option_keys(*ways: str) -> Mapping[str, JsonSchema]:
    """The YAML keys of what one may choose from; `ways` are those it may be shown in."""
    return {
        "options": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": ["string", "object"]},
            "description": "What one may choose: a label for each code.",
        },
        "list": {"type": "string", "description": "The reference list to choose from: lists/NAME.csv."},
        "where": {
            "type": "string",
            "description": "Which rows of the list may be chosen, by their columns and other answers (FEEL).",
        },
        "shown_as": {
            "enum": list(ways),
            "description": "How it is shown; by the number of options when not said.",
        },
        "other": {
            "type": ["string", "object"],
            "description": "Something else may be answered, in words: how that option is called.",
        },
    }


OPTION_CODES = (
    "not_an_option",
    "not_with_these_answers",
    "several_found",
    "nothing_found",
    "other_missing",
    "control_character",
    "too_long",
)
CHOICE = Kind(
    name="choice",
    keys=option_keys("buttons", "menu", "search"),
    expressions=frozenset({"where"}),
    codes=OPTION_CODES,
    feel_type=option_type,
    read=_read,
    schema=option_schema,
    value=_value,
    raw=_controls,
    printed=_printed,
    unit="choice",
    proven=True,
)

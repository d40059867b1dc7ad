"""Kind `person`: first and last name; with `parts`, also civility, name at birth, day and place of birth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from engine.feel import types as feel
from engine.kinds.date import PARTS as DATE_PARTS
from engine.kinds.date import date_controls, date_schema, date_value, read_date
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, JsonSchema, Kind, Raw, Slips, members, slip
from engine.kinds.typed import composed, is_storable, single
from engine.problems import AnswerProblem
from engine.words import Phrase, Printed

NAMES = ("first_name", "last_name")
PARTS = ("civility", *NAMES, "birth_name", "born", "birth_place")
MAY_STAY_BLANK = ("civility", "birth_name")  # nobody owes a civility; a name at birth is often the last name
CIVILITIES = ("mrs", "mr")
LONGEST = 100


def parts_of(field: FieldView) -> tuple[str, ...]:
    """The parts a field asks, in order; the two names always."""
    asked = {*NAMES, *cast("Sequence[str]", field.options.get("parts") or ())}
    if field.options.get("born") is True:
        asked.add("born")
    return tuple(part for part in PARTS if part in asked)


def asks_birth(field: FieldView) -> bool:
    """Whether the day of birth is asked too."""
    return "born" in parts_of(field)


def _inputs(field: FieldView) -> tuple[str, ...]:
    return tuple(
        suffix
        for part in parts_of(field)
        for suffix in ([f"-born{day}" for day in DATE_PARTS] if part == "born" else [f"-{part}"])
    )


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    if not any(single(raw, suffix) for suffix in _inputs(field)):
        return None
    found = {part: READ.get(part, _name)(field, part, raw) for part in parts_of(field)}
    slips = [one for part in found.values() if isinstance(part, Slips) for one in part.problems]
    if slips:
        return Slips(tuple(slips))
    return {part: text for part, text in found.items() if text}


def _name(field: FieldView, part: str, raw: Raw) -> str | Slips:
    text = composed(" ".join(single(raw, f"-{part}").split()))
    problems = _problems(field, part, text)
    return Slips(problems) if problems else text


def _problems(field: FieldView, part: str, text: str) -> tuple[AnswerProblem, ...]:
    if not text:
        return () if part in MAY_STAY_BLANK else slip(field, "missing", part).problems
    if not is_storable(text):
        return slip(field, "control_character", part).problems
    return (
        slip(field, "too_long", part, max=LONGEST, length=len(text)).problems if len(text) > LONGEST else ()
    )


def _born(field: FieldView, part: str, raw: Raw) -> str | Slips:
    typed = {suffix.removeprefix("-born"): raw.get(suffix, ()) for suffix in _inputs(field)}
    return read_date(field, typed, part) or slip(field, "missing", part)


def _civility(field: FieldView, part: str, raw: Raw) -> str | Slips:
    code = single(raw, f"-{part}")
    return code if code in ("", *CIVILITIES) else slip(field, "not_an_option", part)


READ: Mapping[str, Callable[[FieldView, str, Raw], str | Slips]] = {"born": _born, "civility": _civility}


def _value(field: FieldView, answer: Json) -> object:
    if not isinstance(answer, dict):
        return None
    found = members(answer)
    return {
        part: date_value(found.get(part)) if part == "born" else found.get(part) for part in parts_of(field)
    }


def _controls(field: FieldView, answer: Json) -> Controls:
    found = members(answer)
    texts = {f"-{part}": [str(found[part])] for part in PARTS if part in found and part != "born"}
    return texts | {f"-born{part}": typed for part, typed in date_controls(found.get("born")).items()}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    """`Mme Ada Exemple, née Essai, 10 décembre 1980, Annecy`."""
    found = members(answer)
    name = " ".join(str(found[part]) for part in NAMES if part in found)
    if not name:
        return ()
    asked = [part for part in parts_of(field) if found.get(part)]
    before: Phrase = (Printed(str(found["civility"]), "civility"), " ") if "civility" in asked else ()
    after = [_part(part, found) for part in ("birth_name", "born", "birth_place") if part in asked]
    return (*before, Printed(name, "text"), *(one for part in after for one in (", ", part)))


def _part(part: str, found: Mapping[str, object]) -> Printed:
    return Printed(str(found[part]), {"birth_name": "birth_name", "born": "date"}.get(part, "text"))


def _schema(field: FieldView) -> JsonSchema:
    name = {"type": "string", "minLength": 1, "maxLength": LONGEST, "format": "line"}
    of: dict[str, JsonSchema] = {"born": date_schema(field), "civility": {"enum": list(CIVILITIES)}}
    asked = parts_of(field)
    return {
        "type": "object",
        "properties": {part: of.get(part, name) for part in asked},
        "required": [part for part in asked if part not in MAY_STAY_BLANK],
        "additionalProperties": False,
    }


def _type(field: FieldView) -> feel.Type:
    of: dict[str, feel.Type] = {"born": feel.DATE, "civility": feel.String(frozenset(CIVILITIES))}
    return feel.Context({part: of.get(part, feel.STRING) for part in parts_of(field)})


PERSON = Kind(
    name="person",
    keys={
        "born": {"type": "boolean", "description": "true to ask the day of birth too."},
        "parts": {
            "type": "array",
            "items": {"enum": list(PARTS)},
            "minItems": 1,
            "uniqueItems": True,
            "description": "What is asked; first and last name always are.",
            "examples": [["civility", "first_name", "last_name", "birth_name", "born", "birth_place"]],
        },
    },
    codes=(
        "missing",
        "control_character",
        "too_long",
        "not_a_date",
        "date_incomplete",
        "no_such_date",
        "year_not_four_digits",
        "not_an_option",
    ),
    feel_type=_type,
    read=_read,
    schema=_schema,
    value=_value,
    raw=_controls,
    printed=_printed,
    inputs=_inputs,
    proven=True,
)

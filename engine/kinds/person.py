"""Kind `person`: first name, last name and, when the scheme asks for it (`born: true`), the day of birth."""

from __future__ import annotations

from engine.feel import types as feel
from engine.kinds.date import PARTS as DATE_PARTS
from engine.kinds.date import date_controls, date_schema, date_value, read_date
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, JsonSchema, Kind, Raw, Slips, members, slip
from engine.kinds.typed import composed, is_storable, single
from engine.problems import AnswerProblem
from engine.words import Phrase, Printed

NAMES = ("first_name", "last_name")
LONGEST = 100


def asks_birth(field: FieldView) -> bool:
    """Whether the day of birth is asked too."""
    return field.options.get("born") is True


def _inputs(field: FieldView) -> tuple[str, ...]:
    birth = tuple(f"-born{part}" for part in DATE_PARTS) if asks_birth(field) else ()
    return (*(f"-{name}" for name in NAMES), *birth)


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    if not any(single(raw, suffix) for suffix in _inputs(field)):
        return None
    names = {name: composed(" ".join(single(raw, f"-{name}").split())) for name in NAMES}
    problems = [problem for name in NAMES for problem in _problems(field, name, names[name])]
    born = _born(field, raw)
    if isinstance(born, Slips):
        problems += born.problems
    if problems:
        return Slips(tuple(problems))
    return names | ({"born": str(born)} if asks_birth(field) else {})


def _born(field: FieldView, raw: Raw) -> str | Slips | None:
    if not asks_birth(field):
        return None
    typed = {suffix.removeprefix("-born"): raw.get(suffix, ()) for suffix in _inputs(field)}
    return read_date(field, typed, "born") or slip(field, "missing", "born")


def _problems(field: FieldView, name: str, text: str) -> tuple[AnswerProblem, ...]:
    if not text:
        return slip(field, "missing", name).problems
    if not is_storable(text):
        return slip(field, "control_character", name).problems
    return (
        slip(field, "too_long", name, max=LONGEST, length=len(text)).problems if len(text) > LONGEST else ()
    )


def _value(field: FieldView, answer: Json) -> object:
    if not isinstance(answer, dict):
        return None
    found = members(answer)
    birth = {"born": date_value(found.get("born"))} if asks_birth(field) else {}
    return {name: found.get(name) for name in NAMES} | birth


def _controls(field: FieldView, answer: Json) -> Controls:
    found = members(answer)
    names = {f"-{name}": [str(found[name])] for name in NAMES if name in found}
    return names | {f"-born{part}": typed for part, typed in date_controls(found.get("born")).items()}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    found = members(answer)
    name = " ".join(str(found[part]) for part in NAMES if part in found)
    if not name:
        return ()
    born = date_value(found.get("born")) if asks_birth(field) else None
    return (Printed(name, "text"), *((", ", Printed(born.isoformat(), "date")) if born else ()))


def _schema(field: FieldView) -> JsonSchema:
    name = {"type": "string", "minLength": 1, "maxLength": LONGEST, "format": "line"}
    birth: JsonSchema = {"born": date_schema(field)} if asks_birth(field) else {}
    return {
        "type": "object",
        "properties": dict.fromkeys(NAMES, name) | birth,
        "required": [*NAMES, *birth],
        "additionalProperties": False,
    }


def _type(field: FieldView) -> feel.Type:
    birth: dict[str, feel.Type] = {"born": feel.DATE} if asks_birth(field) else {}
    return feel.Context(dict.fromkeys(NAMES, feel.STRING) | birth)


PERSON = Kind(
    name="person",
    keys={"born": {"type": "boolean", "description": "true to ask the day of birth too."}},
    codes=(
        "missing",
        "control_character",
        "too_long",
        "not_a_date",
        "date_incomplete",
        "no_such_date",
        "year_not_four_digits",
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

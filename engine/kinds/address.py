"""Kind `address`: a French postal address in four controls."""

from __future__ import annotations

import re

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, JsonSchema, Kind, Raw, Slips, members, slip
from engine.kinds.typed import composed, is_storable, latin_digits, single
from engine.problems import AnswerProblem
from engine.words import Phrase, Printed

PARTS = ("street", "extra", "postcode", "commune")
REQUIRED = ("street", "postcode", "commune")
LONGEST = 120


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    typed = {part: composed(" ".join(single(raw, f"-{part}").split())) for part in PARTS}
    if not any(typed.values()):
        return None
    typed["postcode"] = latin_digits(typed["postcode"]).replace(" ", "")
    found = [problem for part in PARTS for problem in _problems(field, part, typed[part])]
    if found:
        return Slips(tuple(found))
    return {part: text for part, text in typed.items() if text}


def _problems(field: FieldView, part: str, text: str) -> tuple[AnswerProblem, ...]:
    if not text:
        return slip(field, "missing", part).problems if part in REQUIRED else ()
    if not is_storable(text):
        return slip(field, "control_character", part).problems
    if len(text) > LONGEST:
        return slip(field, "too_long", part, max=LONGEST, length=len(text)).problems
    if part == "postcode" and not re.fullmatch(r"[0-9]{5}", text):
        return slip(field, "not_a_postcode", part).problems
    return ()


def _value(field: FieldView, answer: Json) -> object:
    return {part: members(answer).get(part) for part in PARTS} if isinstance(answer, dict) else None


def _controls(field: FieldView, answer: Json) -> Controls:
    found = members(answer)
    return {f"-{part}": [str(found[part])] for part in PARTS if part in found}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    found = members(answer)
    lines = (
        found.get("street"),
        found.get("extra"),
        " ".join(str(found[part]) for part in ("postcode", "commune") if part in found),
    )
    text = ", ".join(str(line) for line in lines if line)
    return (Printed(text, "text"),) if text else ()


def _schema(field: FieldView) -> JsonSchema:
    line = {"type": "string", "minLength": 1, "maxLength": LONGEST, "format": "line"}
    return {
        "type": "object",
        "properties": dict.fromkeys(PARTS, line)
        | {"postcode": {"type": "string", "pattern": r"^[0-9]{5}$(?!\n)"}},
        "required": list(REQUIRED),
        "additionalProperties": False,
    }


ADDRESS = Kind(
    name="address",
    keys={},
    codes=("missing", "control_character", "too_long", "not_a_postcode"),
    feel_type=lambda field: feel.Context(dict.fromkeys(PARTS, feel.STRING)),
    read=_read,
    schema=_schema,
    value=_value,
    raw=_controls,
    printed=_printed,
    inputs=lambda field: tuple(f"-{part}" for part in PARTS),
    proven=True,
)

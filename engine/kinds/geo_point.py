"""Kind `geo_point`: a latitude and a longitude in degrees (WGS 84), typed or pasted (`45.899, 6.129`)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, JsonSchema, Kind, Raw, Slips, members, slip
from engine.kinds.typed import latin_digits, single, spaced
from engine.words import Phrase, Printed

PARTS = {"latitude": 90, "longitude": 180}  # degrees at most
STEP = Decimal("0.000001")  # a tenth of a metre
DEGREES = r"[+-]?[0-9]{1,3}(?:[.,][0-9]+)?"
ONE = re.compile(rf"(?P<sign>{DEGREES}) ?°? ?(?P<side>[NSEWO])?", re.IGNORECASE)
# between the two: a semicolon, a blank, or a comma followed by a blank where commas are decimal marks
PAIR = re.compile(
    r"(?P<latitude>[^;]+?)(?: ?; ?|, | ,| (?=[+\-0-9])|(?<=[0-9]),(?=[+\-]?[0-9]+\.))(?P<longitude>[^;]+)"
)
STORED = r"^-?[0-9]{1,3}(\.[0-9]{1,6})?$(?!\n)"


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    typed = {part: latin_digits(spaced(single(raw, f"-{part}")[:80])) for part in PARTS}
    whole = latin_digits(spaced(single(raw)[:80])) or ("" if typed["longitude"] else typed["latitude"])
    if pasted := PAIR.fullmatch(whole):
        typed = pasted.groupdict()
    if not any(typed.values()):
        return slip(field, "not_coordinates") if whole else None
    found = {
        part: _degrees(text, most) for (part, most), text in zip(PARTS.items(), typed.values(), strict=True)
    }
    if wrong := next((part for part, degrees in found.items() if degrees is None), None):
        return slip(field, "not_coordinates" if typed[wrong] else "missing", wrong)
    return {part: f"{degrees:f}" for part, degrees in found.items()}


def _degrees(text: str, most: int) -> Decimal | None:
    """So many degrees; south and west count below zero."""
    found = ONE.fullmatch(text.strip())
    if not found:
        return None
    degrees = Decimal(found["sign"].replace(",", ".")).quantize(STEP, ROUND_HALF_EVEN).normalize() + 0
    side = (found["side"] or "").upper()
    fits = abs(degrees) <= most and (not side or side in ("NS" if most == PARTS["latitude"] else "EWO"))
    return (-degrees if side and side in "SWO" else degrees) if fits else None


def _value(field: FieldView, answer: Json) -> object:
    found = members(answer)
    texts = [found.get(part) for part in PARTS]
    if not all(isinstance(text, str) and re.fullmatch(STORED, text) for text in texts):
        return None
    return {part: Decimal(str(text)) for part, text in zip(PARTS, texts, strict=True)}


def _controls(field: FieldView, answer: Json) -> Controls:
    found = members(answer)
    return {f"-{part}": [str(found[part])] for part in PARTS if part in found}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    """As maps take it: `45.899, 6.129`, in every language."""
    found = members(answer)
    text = ", ".join(str(found[part]) for part in PARTS if part in found)
    return (Printed(text, "text"),) if text else ()


def _schema(field: FieldView) -> JsonSchema:
    return {
        "type": "object",
        "properties": {part: {"type": "string", "pattern": STORED} for part in PARTS},
        "required": list(PARTS),
        "additionalProperties": False,
    }


GEO_POINT = Kind(
    name="geo_point",
    keys={},
    codes=("missing", "not_coordinates"),
    feel_type=lambda field: feel.Context(dict.fromkeys(PARTS, feel.NUMBER)),
    read=_read,
    schema=_schema,
    value=_value,
    raw=_controls,
    printed=_printed,
    inputs=lambda field: tuple(f"-{part}" for part in PARTS),
)

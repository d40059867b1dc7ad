"""Kind `phone`: a telephone number, French (overseas too) or foreign, stored as E.164."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, Kind, Raw, Slips, slip
from engine.kinds.typed import latin_digits, single, spaced
from engine.words import Phrase, Printed

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# a number written with ten digits belongs to one of these; from anywhere else one writes +687, +41…
OVERSEAS = ("RE", "GP", "MQ", "GF", "YT", "BL", "MF")  # before France, whose plan holds some of theirs too
MAINLAND_ONLY = ("01", "03", "04", "08")  # no overseas number begins so
TEN_DIGITS = re.compile(r"(?:[^0-9]*[0-9]){10}[^0-9]*")
# 0508 41 12 34: dialled from France, for +508 41 12 34
SAINT_PIERRE = re.compile(r"0[^0-9]*5[^0-9]*0[^0-9]*8")
FRENCH_CODES = frozenset({33, 262, 508, 590, 594, 596})


def normalised(text: str) -> str | None:
    """What people type of a telephone number, as E.164; None for anything else."""
    number = _number(latin_digits(spaced(text[:60])))
    return _written(number, "E164") if number else None


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = spaced(single(raw)[:60])
    if not text:
        return None
    return normalised(text) or slip(field, "not_a_phone")


def _number(text: str) -> PhoneNumber | None:
    if any(sign.isalpha() for sign in text):
        return None
    if text.startswith(("+", "00", "(+")):
        return _valid(text, "FR")
    if not (text.startswith(("0", "(0")) and TEN_DIGITS.fullmatch(text)):
        return None
    if SAINT_PIERRE.match(text):
        return _valid(SAINT_PIERRE.sub("+508", text, count=1), "PM")
    digits = "".join(sign for sign in text if sign.isdigit())
    regions = ("FR",) if digits.startswith(MAINLAND_ONLY) else (*OVERSEAS, "FR")
    return next((number for region in regions if (number := _valid(text, region))), None)


def _valid(text: str, region: str) -> PhoneNumber | None:
    import phonenumbers  # sixty modules, which a site whose forms ask for no number does without

    number = _parsed(text, region)
    return number if number and phonenumbers.is_valid_number(number) else None


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _written(number: PhoneNumber, style: str) -> str:
    import phonenumbers

    return phonenumbers.format_number(number, getattr(phonenumbers.PhoneNumberFormat, style))


def is_phone(text: str) -> bool:
    """The format `phone`: a number that may be in service, as E.164."""
    return text.startswith("+") and _valid(text, "FR") is not None


def shown(answer: str) -> str:
    """`04 50 00 00 00` for a French number, `+41 22 730 51 11` for another."""
    number = _parsed(answer, None)
    if number is None:
        return answer
    return _written(number, "NATIONAL" if number.country_code in FRENCH_CODES else "INTERNATIONAL")


def _controls(field: FieldView, answer: Json) -> Controls:
    return {"": [shown(answer)] if isinstance(answer, str) else []}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    return (Printed(shown(answer), "text"),) if isinstance(answer, str) else ()


PHONE = Kind(
    name="phone",
    keys={},
    codes=("not_a_phone",),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "format": "phone", "pattern": r"^\+[0-9]{4,15}$(?!\n)"},
    raw=_controls,
    printed=_printed,
    formats={"phone": is_phone},
    proven=True,
)

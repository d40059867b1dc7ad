"""Kind `siret`: the 14 digits of a French establishment, with their key (Luhn; La Poste has its own sum)."""

from __future__ import annotations

import re

from stdnum.fr import siret as numbers

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, Kind, Raw, Slips, slip
from engine.kinds.typed import latin_digits, single
from engine.words import Phrase, Printed


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = re.sub(r"[\s.\-]", "", latin_digits(single(raw)[:60]))
    if not text:
        return slip(field, "siret_not_14_digits", digits=0) if single(raw) else None
    if not re.fullmatch(r"[0-9]{14}", text):
        return slip(field, "siret_not_14_digits", digits=sum(sign in "0123456789" for sign in text))
    return text if is_siret(text) else slip(field, "siret_wrong_key")


def is_siret(text: str) -> bool:
    """The format `siret`: 14 digits that fit their key."""
    return bool(numbers.is_valid(text))


def shown(answer: str) -> str:
    """As people read it aloud: `732 829 320 00074`."""
    return " ".join((answer[:3], answer[3:6], answer[6:9], answer[9:])).strip()


def _controls(field: FieldView, answer: Json) -> Controls:
    return {"": [shown(answer)] if isinstance(answer, str) else []}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    return (Printed(shown(answer), "text"),) if isinstance(answer, str) else ()


SIRET = Kind(
    name="siret",
    keys={},
    codes=("siret_not_14_digits", "siret_wrong_key"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "format": "siret", "pattern": r"^[0-9]{14}$(?!\n)"},
    raw=_controls,
    printed=_printed,
    formats={"siret": is_siret},
    proven=True,
)

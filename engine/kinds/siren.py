"""Kind `siren`: the 9 digits of a French company or association, with their key (Luhn)."""

from __future__ import annotations

import re

from stdnum.fr import siren as numbers
from stdnum.fr import siret as establishments

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, print_as, raw_as, slip
from engine.kinds.typed import compact, single


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = compact(raw)
    if not single(raw):
        return None
    if re.fullmatch(r"[0-9]{14}", text) and establishments.is_valid(text):
        return slip(field, "siren_is_siret", siren=shown(text[:9]))
    if not re.fullmatch(r"[0-9]{9}", text):
        return slip(field, "siren_not_9_digits", digits=sum(sign in "0123456789" for sign in text))
    return text if is_siren(text) else slip(field, "siren_wrong_key")


def is_siren(text: str) -> bool:
    """The format `siren`: 9 digits that fit their key."""
    return bool(numbers.is_valid(text))


def shown(answer: str) -> str:
    """As people read it aloud: `732 829 320`."""
    return " ".join((answer[:3], answer[3:6], answer[6:])).strip()


SIREN = Kind(
    name="siren",
    keys={},
    codes=("siren_not_9_digits", "siren_is_siret", "siren_wrong_key"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "format": "siren", "pattern": r"^[0-9]{9}$(?!\n)"},
    raw=raw_as(shown),
    printed=print_as(shown),
    formats={"siren": is_siren},
    proven=True,
)

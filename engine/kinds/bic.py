"""Kind `bic`: the code of a bank (ISO 9362), 8 or 11 signs. For a French IBAN nobody needs it any more."""

from __future__ import annotations

import re

from stdnum import bic as codes

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, slip
from engine.kinds.typed import compact, single

IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = compact(raw).removeprefix("BIC:").removeprefix("SWIFT:")
    if not single(raw):
        return None
    if IBAN.fullmatch(text):
        return slip(field, "bic_is_iban")
    return text if text.isascii() and codes.is_valid(text) else slip(field, "not_a_bic")


BIC = Kind(
    name="bic",
    keys={},
    codes=("not_a_bic", "bic_is_iban"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "pattern": r"^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$(?!\n)"},
)

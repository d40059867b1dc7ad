"""Kind `bic`: the code of a bank (ISO 9362), 8 or 11 signs. For a French IBAN nobody needs it any more."""

from __future__ import annotations

import re

from stdnum import bic as codes

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, slip
from engine.kinds.typed import compact, single

PATTERN = r"^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$(?!\n)"
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = compact(raw).removeprefix("BIC:").removeprefix("SWIFT:")
    if not single(raw):
        return None
    if IBAN.fullmatch(text):
        return slip(field, "bic_is_iban")
    return text if is_bic(text) else slip(field, "not_a_bic")


def is_bic(text: str) -> bool:
    """The format `bic`: 8 or 11 signs that may be a bank's."""
    return text.isascii() and bool(codes.is_valid(text))


BIC = Kind(
    name="bic",
    keys={},
    codes=("not_a_bic", "bic_is_iban"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "format": "bic", "pattern": PATTERN},
    formats={"bic": is_bic},
    proven=True,
)

"""Kind `rna`: the number of a French association in the national register, W and nine signs."""

from __future__ import annotations

import re

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, slip
from engine.kinds.typed import compact, single

# the second sign after W is a letter in Corsica (W2A…) and overseas (W9R…)
NUMBER = r"W[0-9][0-9A-Z][0-9]{7}"


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = compact(raw)
    if not single(raw):
        return None
    if re.fullmatch(NUMBER, text):
        return text
    if re.fullmatch(r"[0-9]{9}", text):
        return slip(field, "rna_without_letter")
    # a prefecture's own numbers, from before the register: 1/02345, 0742012345
    return slip(field, "rna_old_number" if re.fullmatch(r"[0-9]{4,}", text) else "not_an_rna")


RNA = Kind(
    name="rna",
    keys={},
    codes=("not_an_rna", "rna_without_letter", "rna_old_number"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "pattern": rf"^{NUMBER}$(?!\n)"},
    proven=True,
)

"""Kind `nir`: the social security number with its key. Sensitive unless the scheme says otherwise."""

from __future__ import annotations

import re
from itertools import pairwise

from stdnum.fr import nir as numbers

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, print_as, raw_as, slip
from engine.kinds.typed import compact, single

# sex (7 and 8: a number for the time being), year, month, department (2A and 2B in Corsica), commune, rank
BARE = r"[1-478][0-9]{4}(?:[0-9]{2}|2[AB])[0-9]{6}"
WHOLE = rf"{BARE}[0-9]{{2}}"


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = compact(raw)
    if not single(raw):
        return None
    if re.fullmatch(BARE, text):
        return slip(field, "nir_without_key")
    if not re.fullmatch(WHOLE, text):
        return slip(field, "not_a_nir", digits=len(text))
    return text if is_nir(text) else slip(field, "nir_wrong_key")


def is_nir(text: str) -> bool:
    """The format `nir`: a social security number that fits its key."""
    return bool(numbers.is_valid(text))


def shown(answer: str) -> str:
    """In the groups of the card: `1 85 05 78 006 084 36`."""
    cuts = (0, 1, 3, 5, 7, 10, 13, len(answer))
    return " ".join(answer[start:end] for start, end in pairwise(cuts)).strip()


NIR = Kind(
    name="nir",
    keys={},
    codes=("not_a_nir", "nir_without_key", "nir_wrong_key"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "format": "nir", "pattern": rf"^{WHOLE}$(?!\n)"},
    raw=raw_as(shown),
    printed=print_as(shown),
    sensitive=True,
    formats={"nir": is_nir},
    proven=True,
)

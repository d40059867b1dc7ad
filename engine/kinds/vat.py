"""Kind `vat`: a VAT number of a country of the European Union, with its key."""

from __future__ import annotations

import re

from stdnum.eu import vat as numbers

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, print_as, raw_as, slip
from engine.kinds.typed import compact, single

NUMBER = r"[A-Z]{2}[0-9A-Z]{2,13}"
COUNTRIES = frozenset(state.upper() for state in numbers.MEMBER_STATES) | {"EL"}  # EL: Greece writes it so


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = compact(raw)
    if not single(raw):
        return None
    if re.match(r"[0-9]", text):
        return slip(field, "vat_without_country")
    if not re.fullmatch(NUMBER, text):
        return slip(field, "not_a_vat")
    if text[:2] not in COUNTRIES:
        return slip(field, "vat_not_eu", country=text[:2])
    return text if is_vat(text) else slip(field, "vat_wrong_key")


def is_vat(text: str) -> bool:
    """The format `vat`: a number of a country of the Union that fits its key."""
    return text[:2] in COUNTRIES and bool(numbers.is_valid(text))


def shown(answer: str) -> str:
    """A French one in groups, `FR 40 303 265 045`; another as it is."""
    found = re.fullmatch(r"FR(..)(...)(...)(...)", answer)
    return " ".join(("FR", *found.groups())) if found else answer


VAT = Kind(
    name="vat",
    keys={},
    codes=("not_a_vat", "vat_without_country", "vat_not_eu", "vat_wrong_key"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "format": "vat", "pattern": rf"^{NUMBER}$(?!\n)"},
    raw=raw_as(shown),
    printed=print_as(shown),
    formats={"vat": is_vat},
    proven=True,
)

"""Kind `postal_code`: five digits in France, overseas included; `country` for a neighbour's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, JsonSchema, Kind, Raw, Slips, slip
from engine.kinds.typed import compact, single

# country → what its postcodes look like, and an example
COUNTRIES: Mapping[str, tuple[str, str]] = {
    "FR": (r"(?:(?:0[1-9]|[1-8][0-9]|9[0-5])[0-9]|97[1-8]|98[4678])[0-9]{2}", "74000"),
    "BE": (r"[1-9][0-9]{3}", "1000"),
    "CH": (r"[1-9][0-9]{3}", "1200"),
    "DE": (r"[0-9]{5}", "79100"),
    "ES": (r"(?:0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}", "17001"),
    "IT": (r"[0-9]{5}", "11013"),
    "LU": (r"[0-9]{4}", "1009"),
    "MC": (r"980[0-9]{2}", "98000"),
}
BEFORE = re.compile(r"[A-Z]{1,2}(?=[0-9])")  # F-74000, CH-1200


def country_of(field: FieldView) -> str:
    """The country whose postcodes a field takes."""
    return cast("str", field.options.get("country") or "FR")


def pattern_of(field: FieldView) -> str:
    """What the postcodes a field takes look like."""
    return COUNTRIES[country_of(field)][0]


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    if not single(raw):
        return None
    text, country = BEFORE.sub("", compact(raw), count=1), country_of(field)
    pattern, example = COUNTRIES[country]
    if re.fullmatch(pattern, text):
        return text
    if country != "FR":
        return slip(field, "not_a_postcode_there", example=example)
    return slip(field, "no_such_postcode" if re.fullmatch(r"[0-9]{5}", text) else "not_a_postcode")


def _schema(field: FieldView) -> JsonSchema:
    return {"type": "string", "pattern": rf"^{pattern_of(field)}$(?!\n)"}


POSTAL_CODE = Kind(
    name="postal_code",
    keys={
        "country": {
            "enum": list(COUNTRIES),
            "description": "The country whose postcodes are meant (FR when not said).",
        }
    },
    codes=("not_a_postcode", "no_such_postcode", "not_a_postcode_there"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=_schema,
    proven=True,
)

"""Kinds `integer`, `decimal`, `money` and `percentage`: stored exactly, money and decimals as texts."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import (
    BOUNDS,
    Controls,
    Json,
    JsonSchema,
    Kind,
    Raw,
    Slips,
    bounds_keys,
    slip,
    whole_option,
)
from engine.kinds.typed import NotAFigure, figure, single
from engine.words import Phrase, Printed

DIGITS = 13  # before the decimal mark: cents still fit in a 64-bit column
STORED = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,12})?")
CURRENCY = re.compile(r"^(?:€|EUR(?=\s|[0-9+-]))\s*|\s*(?:€|euros?|EUR)$", re.IGNORECASE)
PERCENT = re.compile(r"\s*(?:%|pour\s*cent|percent)$", re.IGNORECASE)
CODES = ("not_a_number", "too_many_digits", "too_small", "too_large")


def _read(field: FieldView, text: str, decimals: int) -> Decimal | Slips | None:
    """The number typed; every figure kind goes through here."""
    if not text:
        return None
    try:
        found = figure(text, decimals)
    except NotAFigure as refused:
        whole = refused.code == "too_many_decimals" and decimals == 0
        return slip(
            field, "not_a_whole_number" if whole else refused.code, **({} if whole else refused.params)
        )
    return found if abs(found) < 10**DIGITS else slip(field, "too_many_digits", max=DIGITS)


def _read_integer(field: FieldView, raw: Raw) -> Json | Slips | None:
    found = _read(field, single(raw), 0)
    return int(found) if isinstance(found, Decimal) else found


def _read_money(field: FieldView, raw: Raw) -> Json | Slips | None:
    found = _read(field, CURRENCY.sub("", single(raw)[:200]), 2)
    return f"{found:.2f}" if isinstance(found, Decimal) else found


def _decimals(field: FieldView) -> int:
    return whole_option(field, "decimals", 4)


def _read_decimal(field: FieldView, raw: Raw) -> Json | Slips | None:
    found = _read(field, single(raw), _decimals(field))
    return _shortest(found) if isinstance(found, Decimal) else found


def _read_percentage(field: FieldView, raw: Raw) -> Json | Slips | None:
    found = _read(field, PERCENT.sub("", single(raw)[:200]), _decimals(field))
    return _shortest(found) if isinstance(found, Decimal) else found


def _shortest(number: Decimal) -> str:
    """`40.50` as "40.5", `100` as "100": never with an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(field: FieldView, answer: Json) -> Decimal | None:
    """The stored number for the rules; a boolean is no number."""
    if isinstance(answer, int) and not isinstance(answer, bool):
        return Decimal(answer)
    return Decimal(answer) if isinstance(answer, str) and STORED.fullmatch(answer) else None


def _raw(field: FieldView, answer: Json) -> Controls:
    """As a French keyboard writes it: a decimal comma, no grouping."""
    number = _number(field, answer)
    if number is None:
        return {"": []}
    whole, _, fraction = f"{number:f}".partition(".")
    if len(fraction) == 3:
        fraction += "0"  # `12,345` alone could be read as twelve thousand
    return {"": [f"{whole},{fraction}" if fraction.strip("0") else whole]}


def _pattern(decimals: str) -> JsonSchema:
    # `$` lets a final newline pass in Python; `\Z` means nothing in ECMA 262: this one is right in both
    return {"type": "string", "pattern": rf"^-?[0-9]{{1,{DIGITS}}}{decimals}$(?!\n)"}


def _decimal_schema(field: FieldView) -> JsonSchema:
    most = _decimals(field)
    return _pattern(rf"(\.[0-9]{{1,{most}}})?" if most else "")


DECIMALS: dict[str, JsonSchema] = {
    "decimals": {
        "type": "integer",
        "minimum": 0,
        "maximum": 12,
        "description": "How many decimals at most (4 when not said).",
    }
}


def _print(answer: Json, unit: str) -> Phrase:
    return (Printed(answer, unit),) if isinstance(answer, str | int) and not isinstance(answer, bool) else ()


INTEGER = Kind(
    name="integer",
    keys=bounds_keys("number"),
    expressions=BOUNDS,
    codes=(*CODES, "not_a_whole_number"),
    feel_type=lambda field: feel.Number("integer"),
    read=_read_integer,
    schema=lambda field: {"type": "integer", "minimum": -(10**DIGITS) + 1, "maximum": 10**DIGITS - 1},
    value=_number,
    raw=_raw,
    printed=lambda field, answer, language: _print(answer, "integer"),
    unit="integer",
    proven=True,
)
DECIMAL = Kind(
    name="decimal",
    keys=bounds_keys("number") | DECIMALS,
    expressions=BOUNDS,
    codes=(*CODES, "too_many_decimals", "ambiguous_number", "not_a_whole_number"),
    feel_type=lambda field: feel.NUMBER,
    read=_read_decimal,
    schema=_decimal_schema,
    value=_number,
    raw=_raw,
    printed=lambda field, answer, language: _print(answer, "number"),
    unit="number",
    proven=True,
)
MONEY = Kind(
    name="money",
    keys=bounds_keys("amount"),
    expressions=BOUNDS,
    codes=(*CODES, "too_many_decimals"),
    feel_type=lambda field: feel.Number("money"),
    read=_read_money,
    schema=lambda field: _pattern(r"\.[0-9]{2}"),
    value=_number,
    raw=_raw,
    printed=lambda field, answer, language: _print(answer, "money"),
    unit="money",
    proven=True,
)
PERCENTAGE = Kind(
    name="percentage",
    keys=bounds_keys("percentage (40 means 40 %)") | DECIMALS,
    expressions=BOUNDS,
    codes=(*CODES, "too_many_decimals", "ambiguous_number", "not_a_whole_number"),
    feel_type=lambda field: feel.Number("percentage"),
    read=_read_percentage,
    schema=_decimal_schema,
    value=_number,
    raw=_raw,
    printed=lambda field, answer, language: _print(answer, "percentage"),
    unit="percentage",
    proven=True,
)

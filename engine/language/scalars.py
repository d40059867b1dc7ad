"""What an unquoted word of YAML is: true, false, nothing, or the text as typed (YAML 1.2, and no number guessed)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_INTEGER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)")
_GROUPED = re.compile(r"[+-]?[0-9][0-9 _\u00a0\u202f'.,]*(?:[ \u00a0\u202f]?(?:€|EUR|%))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN_DATE = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
_NAMED_MONTH = re.compile(r"([0-9]{1,2})(?:er|st|nd|rd|th)? +([^\W\d]+),? +([0-9]{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january", "février fevrier february", "mars march", "avril april", "mai may", "juin june",
            "juillet july", "août aout august", "septembre september", "octobre october", "novembre november",
            "décembre decembre december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
YES = frozenset({"oui", "yes", "vrai", "on", "o", "y"})
NO = frozenset({"non", "no", "faux", "off", "n"})

_CURRENCIES = {
    "€": "EUR",
    "euro": "EUR",
    "$": "USD",
    "dollar": "USD",
    "£": "GBP",
    "franc suisse": "CHF",
    "franc pacifique": "XPF",
}


def plain_value(text: str) -> object:
    """The value of an unquoted word: a number stays the text that was typed until a key wants a number."""
    if text in {"true", "false"}:
        return text == "true"
    return None if text in {"", "~", "null"} else text


def is_number(value: object) -> bool:
    """Whether a text writes a number (no leading 0, a point before decimals)."""
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


def is_integer(value: object) -> bool:
    """Whether a text writes a whole number."""
    return isinstance(value, str) and _INTEGER.fullmatch(value) is not None


def read_whole(value: object) -> int | None:
    """The whole number a text writes; None for anything else."""
    return int(value) if isinstance(value, str) and is_integer(value) else None


def number_meant(text: str) -> str | None:
    """The number somebody meant by `12 000,50`, `1_000`, `01000`, `5 €`; None when that can't be told."""
    if not _GROUPED.fullmatch(text.strip()):
        return None
    bare = re.sub(r"[ _\u00a0\u202f'€%]|EUR", "", text.strip())
    whole, comma, decimals = bare.rpartition(",")
    if comma and "." in decimals:  # 12,000.50
        bare = bare.replace(",", "")
    elif comma:  # 12.000,50
        bare = whole.replace(".", "").replace(",", "") + "." + decimals
    bare = re.sub(r"^([+-]?)0+(?=[0-9])", r"\1", bare)
    return bare if is_number(bare) else None


def integer_meant(text: str) -> str | None:
    """The whole number somebody meant by `1 000` or `012`; None when that is none."""
    found = number_meant(text)
    return found if is_integer(found) else None


def currency_meant(text: str) -> str | None:
    """The code of the currency somebody meant by `€`, `euros`, `eur`; None when that can't be told."""
    word = text.strip().lower()
    code = _CURRENCIES.get(word.removesuffix("s"), word.upper())
    return code if code in _CURRENCIES.values() else None


def boolean_meant(text: str) -> str | None:
    """`true` for oui, yes, True…, `false` for non, no…; None for another word."""
    word = text.strip().lower()
    if word in YES or word == "true":
        return "true"
    return "false" if word in NO or word == "false" else None


def read_number(text: str) -> Decimal:
    """The number a text writes, exactly."""
    return Decimal(text)


def read_date(text: str) -> date | None:
    """The day a text writes as 2020-05-05, or None."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def date_meant(text: str) -> str | None:
    """`2020-05-05` for 05/05/2020 (day first, as in France) and 5 mai 2020; None when that can't be told."""
    if found := _WRITTEN_DATE.fullmatch(text.strip()):
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif (found := _NAMED_MONTH.fullmatch(text.strip().lower())) and found[2] in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[found[2]], found[3]
    else:
        return None
    written = f"{year}-{month:02}-{day:02}"
    return written if read_date(written) else None

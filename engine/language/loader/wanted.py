"""What a key wants and what an expression gives instead: their types in words, and what was probably meant."""

from __future__ import annotations

import re

from engine.feel import types

ISO = re.compile(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})\s*")
FRENCH = re.compile(r"\s*([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\s*")


def type_word(type_: types.Type) -> str:
    """A type as the tables of sentences word it."""
    return f"@feel {types.type_name(type_)}"


def meant(text: str, wanted: types.Type) -> str | None:
    """The day that was meant by what FEEL takes for a subtraction or a division: `2026-01-31`, `31/01/2026`."""
    if not isinstance(wanted, types.Date):
        return None
    if found := ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := FRENCH.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    return f'date("{year}-{month:>02}-{day:>02}")'

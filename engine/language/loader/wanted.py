"""What a key wants and what an expression gives instead: their types in words, and what was probably meant."""

from __future__ import annotations

from engine.feel import types
from engine.feel.written_days import day_meant


def type_word(type_: types.Type) -> str:
    """A type as the tables of sentences word it."""
    return f"@feel {types.type_name(type_)}"


def meant(text: str, wanted: types.Type) -> str | None:
    """The day that was meant by what FEEL takes for a subtraction or a division: `2026-01-31`, `31/01/2026`."""
    return day_meant(text) if isinstance(wanted, types.Date) else None

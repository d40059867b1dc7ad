"""Functions on texts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel.limits import bounded_text
from engine.feel.values import Value


def substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    """Characters from a place on, counted from 1, or from -1 at the end."""
    place = int(start)
    first = place - 1 if place > 0 else len(text) + place
    if not place or not 0 <= first <= len(text) or (length is not None and length < 1):
        return None
    return text[first:] if length is None else text[first : first + int(min(length, Decimal(len(text))))]


def before(text: str, match: str) -> str:
    """What stands before the first match; nothing when there is none."""
    return text.partition(match)[0] if match and match in text else ""


def after(text: str, match: str) -> str:
    """What stands after the first match; nothing when there is none."""
    return text.partition(match)[2] if match else text


def join(items: list[Value], delimiter: str | None = None) -> str | None:
    """The texts of a list after one another, nulls left out; null when an item is no text."""
    present = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in present):
        return None
    return bounded_text((delimiter or "").join(present))


TABLE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("substring(string: string, start position: number, length?: number): string", substring),
    ("string length(string: string): number", lambda text: Decimal(len(text))),
    ("upper case(string: string): string", lambda text: text.upper()),
    ("lower case(string: string): string", lambda text: text.lower()),
    ("substring before(string: string, match: string): string", before),
    ("substring after(string: string, match: string): string", after),
    ("contains(string: string, match: string): boolean", lambda text, match: match in text),
    ("starts with(string: string, match: string): boolean", lambda text, match: text.startswith(match)),
    ("ends with(string: string, match: string): boolean", lambda text, match: text.endswith(match)),
    ("string join(list: list, delimiter?: string?): string", join),
)

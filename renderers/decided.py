"""The decision tables behind an amount, as a page tells them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.asked.decided import Decided
from renderers.words import phrase, printed


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table: what it is called ("" for the amount itself), its rows that hit, the values looked at, the result."""

    title: str
    rows: tuple[int, ...]
    used: tuple[tuple[str, str], ...]
    result: str


def shown_tables(found: Iterable[Decided], language: str) -> tuple[ShownTable, ...]:
    """The tables in a language."""
    return tuple(_shown(one, language) for one in found)


def _shown(one: Decided, language: str) -> ShownTable:
    used = tuple((value.label(language), printed(value.value(language), language)) for value in one.used)
    title = phrase(one.title.get(language, ()), language)
    return ShownTable(title, one.rows, used, printed(one.result[language], language))

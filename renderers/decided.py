"""The decision tables behind an amount, as a page tells them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from engine.asked.decided import Decided
from engine.award import Computation
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


@dataclass(frozen=True, slots=True)
class ShownComputation:
    """What an amount is computed from: the expression of the scheme, and the values it reads."""

    source: str
    amount: Decimal | None
    currency: str
    used: tuple[tuple[str, str], ...]


def shown_computation(found: Computation | None, language: str) -> ShownComputation | None:
    """A computation in a language."""
    if found is None:
        return None
    used = tuple((value.label(language), printed(value.value(language), language)) for value in found.used)
    return ShownComputation(found.source, found.amount, found.currency, used)

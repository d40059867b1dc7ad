"""Tables of figures, each line with its bar: what the pages of figures are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from markupsafe import Markup

from renderers.catalogues import marked, say
from renderers.charts import bar, columns
from renderers.words import has_cents, money, number
from renderers.words.figures import locale

POINT = marked("%(when)s: %(count)s")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is counted, the figure as it is read, its bar (empty for what was left out), and further cells."""

    words: str
    said: str
    drawn: Markup
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Some lines under heads: what stands in the first column, in the second, in those after it."""

    head: str
    unit: str
    lines: tuple[Line, ...]
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """What came over time: the picture, what is read under it, and the same as a table."""

    drawn: Markup
    first: str
    last: str
    most: str
    table: Table


Found = tuple[str, int | Decimal | None]  # words, and a figure; None when it is too small to be told


def table(
    head: str,
    unit: str,
    rows: Iterable[Found],
    language: str,
    *,
    currency: str = "",
    too_few: str = "",
    more: Sequence[tuple[str, Sequence[str]]] = (),
) -> Table:
    """Lines in order; amounts when there is a `currency`. `more`: further columns, a head and a cell for each line."""
    found = list(rows)
    cents = bool(currency) and has_cents(Decimal(value) for _, value in found if value is not None)
    greatest = max((value for _, value in found if value is not None), default=0)
    lines = tuple(
        Line(
            words,
            too_few if value is None else said(value, language, currency, cents=cents),
            Markup("") if value is None else bar(value, greatest),
            tuple(cells[place] for _, cells in more),
        )
        for place, (words, value) in enumerate(found)
    )
    return Table(head, unit, lines, tuple(name for name, _ in more))


def course(
    title: str,
    head: str,
    unit: str,
    points: Sequence[tuple[str, int | None]],
    language: str,
    too_few: str = "",
) -> Course:
    """What came over time: points in order, by what is read of each; None for a figure too small to be told."""
    drawn = [
        (say(language, POINT, {"when": words, "count": too_few if count is None else count}), count or 0)
        for words, count in points
    ]
    return Course(
        columns(drawn, title),
        points[0][0] if points else "",
        points[-1][0] if points else "",
        number(max((count for _, count in drawn), default=0), language),
        table(head, unit, points, language, too_few=too_few),
    )


def month(on: date, language: str) -> str:
    """A month as it is read: "mai 2020"."""
    return str(format_date(on, "MMMM y", locale=locale(language)))


def said(value: int | Decimal, language: str, currency: str = "", *, cents: bool = False) -> str:
    """A figure as it is read; `cents`: others of its column have some."""
    return money(Decimal(value), language, currency, cents=cents) if currency else number(value, language)

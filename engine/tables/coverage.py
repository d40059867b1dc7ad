"""Gaps and overlaps of a table, each with an example of values that fall in; exact where its cells can be analysed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.tables.model import Table
from engine.tables.regions import Domain, NotAnalysable, Value, constants, examples, mask

Point: TypeAlias = tuple[Value, ...]
STEPS = 20_000  # places looked at by one search; a table that needs more is said not to be checked


class TooWide(Exception):
    """A table with too many combinations to look at them all."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as sets: the examples of each input, and for each row the examples its cells hold for.

    `unknown` are the cells (row, column) that can't be analysed: they may hold for anything.
    """

    columns: tuple[tuple[Value, ...], ...]
    rows: tuple[tuple[int, ...], ...]
    unknown: frozenset[tuple[int, int]]


def grid(table: Table, domains: Sequence[Domain]) -> Grid:
    """The sets of a table whose inputs have these domains."""
    columns: list[tuple[Value, ...]] = []
    masks: list[list[int]] = []
    unknown: set[tuple[int, int]] = set()
    for number, domain in enumerate(domains):
        cells = [row.tests[number].node for row in table.rows]
        odd = {place for place, cell in enumerate(cells) if not _is_analysable(cell)}
        try:
            found = examples(domain, [cell for place, cell in enumerate(cells) if place not in odd])
        except NotAnalysable:
            odd, found = set(range(len(cells))), (None,)
        odd = {place for place in odd if not _always(table, place, number)}
        everything = (1 << len(found)) - 1
        masks.append([everything if place in odd else mask(cell, found) for place, cell in enumerate(cells)])
        columns.append(found)
        unknown |= {(place, number) for place in odd}
    rows = tuple(tuple(column[place] for column in masks) for place in range(len(table.rows)))
    return Grid(tuple(columns), rows, frozenset(unknown))


def _is_analysable(cell: object) -> bool:
    try:
        constants(cell)  # type: ignore[arg-type]
    except NotAnalysable:
        return False
    return True


def _always(table: Table, row: int, column: int) -> bool:
    return table.rows[row].tests[column].text.strip() == "-"


def gaps(sets: Grid, most: int = 3) -> tuple[Point, ...]:
    """Examples of values no row holds for, one a gap; cells that can't be analysed count as holding."""
    whole = tuple((1 << len(column)) - 1 for column in sets.columns)
    found = _Search(sets.columns, sets.rows).holes(whole)
    return tuple(point for point, _ in zip(found, range(most), strict=False))


def overlaps(sets: Grid) -> Iterator[tuple[int, int, Point]]:
    """Every two rows that hold for the same values, with an example; not where that depends on an unknown cell."""
    for first, row in enumerate(sets.rows):
        for second in range(first + 1, len(sets.rows)):
            shared = [one & other for one, other in zip(row, sets.rows[second], strict=True)]
            if all(shared) and not _is_unsure(sets, first, second):
                yield first, second, _example(sets.columns, shared)


def may_overlap(sets: Grid) -> bool:
    """Whether two rows may hold for the same values, surely or for all that is known."""
    rows = sets.rows
    return any(
        all(one & other for one, other in zip(rows[first], rows[second], strict=True))
        for first in range(len(rows))
        for second in range(first + 1, len(rows))
    )


def never_reached(sets: Grid) -> Iterator[int]:
    """The rows that can't be the first one to hold."""
    sure = [
        tuple(0 if (place, number) in sets.unknown else cell for number, cell in enumerate(row))
        for place, row in enumerate(sets.rows)
    ]
    for place, row in enumerate(sets.rows):
        if next(_Search(sets.columns, sure[:place]).holes(row), None) is None:
            yield place


def _is_unsure(sets: Grid, first: int, second: int) -> bool:
    return any(
        (row, column) in sets.unknown for row in (first, second) for column in range(len(sets.columns))
    )


def _example(columns: Sequence[Sequence[Value]], masks: Sequence[int]) -> Point:
    return tuple(
        next(value for place, value in enumerate(column) if cell >> place & 1)
        for column, cell in zip(columns, masks, strict=True)
    )


class _Search:
    """Looks for values no row holds for, input after input; what is known to be covered is not looked at twice."""

    def __init__(self, columns: Sequence[Sequence[Value]], rows: Sequence[Sequence[int]]) -> None:
        self.columns, self.rows = columns, rows
        self.covered: set[tuple[int, int]] = set()
        self.steps = 0

    def holes(self, within: Sequence[int]) -> Iterator[Point]:
        """The gaps inside these examples; raises TooWide."""
        yield from self._holes(0, (1 << len(self.rows)) - 1, within)

    def _holes(self, column: int, rows: int, within: Sequence[int]) -> Iterator[Point]:
        if not rows:
            if all(within[column:]):
                yield _example(self.columns[column:], within[column:])
            return
        if column == len(self.columns) or (column, rows) in self.covered:
            return
        found = False
        for value, left in self._cuts(column, rows, within[column]):
            for point in self._holes(column + 1, left, within):
                found = True
                yield (value, *point)
        if not found:
            self.covered.add((column, rows))

    def _cuts(self, column: int, rows: int, within: int) -> Iterator[tuple[Value, int]]:
        """The values of one input, those told once for which the same rows hold."""
        told: set[int] = set()
        for place, value in enumerate(self.columns[column]):
            if not within >> place & 1:
                continue
            self.steps += 1
            if self.steps > STEPS:
                raise TooWide
            left = sum(1 << row for row in _bits(rows) if self.rows[row][column] >> place & 1)
            if left not in told:
                told.add(left)
                yield value, left


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest

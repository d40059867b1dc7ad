"""Gaps and overlaps of decision tables, told with an example of values that fall in."""

from __future__ import annotations

from collections.abc import Sequence

from engine.feel import types
from engine.language.loader.loading import Loading
from engine.problems import Path
from engine.tables import Hit, Table
from engine.tables.as_feel import constant
from engine.tables.coverage import Grid, Point, TooWide, gaps, grid, may_overlap, never_reached, overlaps
from engine.tables.regions import Domain, written

FIGURES = frozenset({Hit.SUM, Hit.MIN, Hit.MAX})
MAY_BE_EMPTY = frozenset({Hit.COLLECT, Hit.RULE_ORDER, Hit.OUTPUT_ORDER, Hit.COUNT})


def check_table(
    load: Loading, path: Path, table: Table, domains: Sequence[Domain], given: Sequence[types.Type]
) -> bool:
    """Tell gaps, overlaps and rows never reached; whether no two rows can hold with different results."""
    if table.hit in FIGURES and not types.fits(given[0], types.NUMBER):
        load.report("hit_wants_numbers", (*path, "hit"), hit=str(table.hit))
    sets = grid(table, domains)
    try:
        disjoint = _check_overlaps(load, path, table, sets)
        _check_gaps(load, path, table, sets)
    except TooWide:
        load.report("table_too_wide", (*path, "rows"), at_key=True, severity="warning")
        return False
    return disjoint


def _check_overlaps(load: Loading, path: Path, table: Table, sets: Grid) -> bool:
    if table.hit is Hit.FIRST:
        for row in never_reached(sets):
            here = (*path, "rows", row)
            load.report("row_never_reached", here, severity="warning", row=row + 1)
    if table.hit not in {Hit.UNIQUE, Hit.ANY}:
        return False
    told: set[int] = set()
    for first, second, point in overlaps(sets):
        if table.hit is Hit.ANY and _same(table, first, second):
            continue
        if second not in told:
            told.add(second)
            code = "rows_overlap" if table.hit is Hit.UNIQUE else "rows_differ"
            here, example = (*path, "rows", second), _said(table, point)
            load.report(code, here, first=first + 1, second=second + 1, example=example)
    if told:
        return False
    if sets.unknown and may_overlap(sets):
        _not_analysed(load, path, sets)
        return False
    return table.hit is Hit.UNIQUE or all(_same(table, first, second) for first, second, _ in overlaps(sets))


def _same(table: Table, first: int, second: int) -> bool:
    """Whether two rows give the same, as far as can be told without values."""
    pairs = zip(table.rows[first].results, table.rows[second].results, strict=True)
    return all(
        one.text == other.text or (constant(one.node) == constant(other.node) is not None)
        for one, other in pairs
    )


def _check_gaps(load: Loading, path: Path, table: Table, sets: Grid) -> None:
    if table.otherwise or table.hit in MAY_BE_EMPTY:
        return
    found = gaps(sets)
    if found:
        told = " ; ".join(_said(table, point) for point in found)
        load.report("table_gap", (*path, "rows"), at_key=True, severity="warning", example=told)
    elif sets.unknown and gaps(_without_unknown(sets), 1):
        _not_analysed(load, path, sets)


def _without_unknown(sets: Grid) -> Grid:
    rows = tuple(
        tuple(0 if (place, column) in sets.unknown else cell for column, cell in enumerate(row))
        for place, row in enumerate(sets.rows)
    )
    return Grid(sets.columns, rows, frozenset())


def _not_analysed(load: Loading, path: Path, sets: Grid) -> None:
    row, column = min(sets.unknown)
    load.report("cell_not_analysed", (*path, "rows", row, column), severity="warning")


def _said(table: Table, point: Point) -> str:
    """`quotient = 500, level = college`; an input no row looks at is left out."""
    looked = [
        any(row.tests[column].text.strip() != "-" for row in table.rows)
        for column in range(len(table.inputs))
    ]
    pairs = zip(table.inputs, point, looked, strict=True)
    return ", ".join(f"{cell.text} = {written(value)}" for cell, value, shown in pairs if shown)

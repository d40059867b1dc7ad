"""Holes between the rows of a parameter: values no row covers though rows around them do."""

from __future__ import annotations

from collections.abc import Sequence

from engine.feel import types
from engine.feel.tree import Name
from engine.language.expressions import Expression
from engine.language.loader.loading import Loading
from engine.language.loader.names import field_bounds
from engine.problems import Path
from engine.tables import Cell, Hit, Output, Row, Table
from engine.tables.coverage import Grid, TooWide, gaps, grid
from engine.tables.regions import Domain, NotAnalysable, constants, written

Rows = Sequence[tuple[tuple[Expression, ...], Expression]]


def check_rows(load: Loading, path: Path, by: tuple[str, ...], rows: Rows) -> None:
    """Warn of each hole; what lies below the first row or above the last one may be left out on purpose."""
    inputs = tuple(Cell(name, Name(name)) for name in by)
    lines = tuple(
        Row(tuple(Cell(test.text, test.compiled.tree.root) for test in tests), ()) for tests, _ in rows
    )
    table = Table(inputs, (Output(),), lines, Hit.FIRST)
    domains = [_domain(load, name, [line.tests[place] for line in lines]) for place, name in enumerate(by)]
    try:
        found = gaps(_between(grid(table, domains), domains))
    except TooWide:
        return
    if found:
        told = " ; ".join(
            ", ".join(f"{name} = {written(value)}" for name, value in zip(by, point, strict=True))
            for point in found
        )
        load.report("parameter_gap", path, at_key=True, severity="warning", example=told)


def _domain(load: Loading, name: str, tests: Sequence[Cell]) -> Domain:
    """What is known of an input: that of the field of this name; where there is none, whole figures make it whole."""
    of = load.scope.names.get(name, types.ANY)
    if not isinstance(of, types.Number | types.String | types.Boolean | types.Date):
        of = types.ANY
    unit = of.unit if isinstance(of, types.Number) else None
    is_counted = unit == "integer" or (unit is None and all(_is_whole(test) for test in tests))
    return Domain(of, *field_bounds(load, name), is_counted)


def _is_whole(test: Cell) -> bool:
    try:
        return all(value == value.to_integral_value() for value in constants(test.node))
    except (NotAnalysable, AttributeError):
        return False


def _between(sets: Grid, domains: Sequence[Domain]) -> Grid:
    """The examples from the first that some row covers to the last; of a choice all its options."""
    columns = list(sets.columns)
    rows = [list(row) for row in sets.rows]
    for place, domain in enumerate(domains):
        if isinstance(domain.type, types.String | types.Boolean):
            continue
        covered = 0
        for row in rows:
            covered |= row[place]
        first, end = (covered & -covered).bit_length() - 1, covered.bit_length()
        columns[place] = columns[place][first:end] if covered else ()
        for row in rows:
            row[place] >>= max(first, 0)
    return Grid(tuple(columns), tuple(tuple(row) for row in rows), sets.unknown)

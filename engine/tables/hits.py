"""Which rows of a table hold for some values, and what its result was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from engine import feel
from engine.feel import tree as t
from engine.tables.as_feel import holds
from engine.tables.model import Cell, Hit, Table


@dataclass(frozen=True, slots=True)
class RowHit:
    """A row that decided: its number (the first is 1; 0 when none holds), and the tests that say something."""

    number: int
    tests: tuple[tuple[str, str], ...]


def rows_hit(
    table: Table, values: Mapping[str, object], now: datetime | None = None, zone: tzinfo | None = None
) -> tuple[RowHit, ...]:
    """The rows that made the result, in their order; only the first where the first counts."""
    found: list[RowHit] = []
    for number, row in enumerate(table.rows, 1):
        condition = feel.compile(t.Tree("", holds(table, row)))
        if condition.run(values, now=now, zone=zone) is not True:
            continue
        cells = zip(table.inputs, row.tests, strict=True)
        found.append(RowHit(number, tuple((one.text, cell.text) for one, cell in cells if _says(cell))))
        if table.hit is Hit.FIRST:
            break
    return tuple(found) or ((RowHit(0, ()),) if table.otherwise else ())


def _says(cell: Cell) -> bool:
    return not (isinstance(cell.node, t.Tests) and not cell.node.tests)


def explain(
    table: Table,
    source: str,
    result: object,
    values: Mapping[str, object],
    now: datetime | None = None,
    zone: tzinfo | None = None,
) -> feel.Clause:
    """The result of a table as one clause: the values of its inputs, and what the rows that hold have read."""
    clauses = tuple(
        feel.explain(t.Tree(cell.text, cell.node), values, now=now, zone=zone)
        for cell in _read(table, rows_hit(table, values, now, zone))
    )
    return feel.Clause(source, 0, len(source), "table", result, (), clauses)


def _read(table: Table, hits: tuple[RowHit, ...]) -> Iterator[Cell]:
    yield from table.inputs
    for hit in hits:
        yield from table.rows[hit.number - 1].results if hit.number else table.otherwise

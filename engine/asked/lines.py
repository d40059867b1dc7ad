"""The lines of a matrix settled: typed cells, then computed lines, then computed columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.asked.reading import Row
from engine.kinds import Json, kind_of
from engine.kinds.field import FIGURES, figure_columns
from engine.kinds.kind import members, stored_rows
from engine.language.model import Expression, Field

Cells = dict[str, dict[str, object]]  # by line, then column


def settled_lines(
    field: Field, answer: Json, around: Mapping[str, object], now: datetime, zone: ZoneInfo
) -> tuple[Row, ...]:
    """One row for each line that is no heading, in order; `around` is what the table's expressions know besides."""
    found: Cells = {
        id: _typed(field, cells, is_typed=field.lines[id].is_typed)
        for id, cells in zip(_figures(field), stored_rows(field, answer), strict=True)
    }
    columns = [name for name in figure_columns(field) if field.fields[name].value is None]
    for id in line_order(field):
        value = field.lines[id].value
        for column in columns if value else ():
            scope = {**around, **{line: cells.get(column) for line, cells in found.items()}}
            found[id][column] = value.value(scope, now, zone) if value else None
    for number, cells in enumerate(found.values(), 1):
        row = {"row": {"number": Decimal(number)}, field.id: found}
        for name in column_order(field):
            scope = {**around, **dict.fromkeys(field.fields), **cells, **row}
            expression = field.fields[name].value
            cells[name] = expression.value(scope, now, zone) if expression else None
    return tuple(_row(field, id, cells) for id, cells in found.items())


def table(rows: Iterable[Row]) -> dict[str, Mapping[str, object]]:
    """The value of a matrix for the rules: its cells by line and column."""
    return {row.key: row.values for row in rows}


def _figures(field: Field) -> tuple[str, ...]:
    return tuple(id for id, line in field.lines.items() if not line.heading)


def _typed(field: Field, cells: object, *, is_typed: bool) -> dict[str, object]:
    """The cells of a line; a blank figure of an optional column is 0."""
    found: dict[str, object] = {}
    for name, column in field.fields.items():
        if column.value is not None or not (is_typed or column.kind in FIGURES):
            continue
        answer = members(cells).get(name) if is_typed else None
        zero = Decimal(0) if is_typed and column.optional and column.kind in FIGURES else None
        found[name] = zero if answer is None else kind_of(column).value(column, answer)
    return found


def _row(field: Field, id: str, cells: Mapping[str, object]) -> Row:
    is_sum = field.lines[id].value is not None
    held = tuple(inner for name, inner in field.fields.items() if name in cells)
    typed = () if is_sum else tuple(inner for inner in held if inner.value is None)
    computed = tuple(inner for inner in held if inner not in typed)
    return Row(typed, {name: cells[name] for name in (one.id for one in held)}, computed, id, is_sum)


def line_order(field: Field) -> tuple[str, ...]:
    """The computed lines of a matrix, each after those it reads."""
    needs = {id: line.value for id, line in field.lines.items() if line.value is not None}
    return _sorted(needs)


def column_order(field: Field) -> tuple[str, ...]:
    """The computed columns of a matrix, each after those it reads."""
    return _sorted({name: inner.value for name, inner in field.fields.items() if inner.value is not None})


def _sorted(needs: Mapping[str, Expression]) -> tuple[str, ...]:
    found: dict[str, bool] = {}
    for id in needs:
        _visit(id, needs, found, frozenset())
    return tuple(found)


def _visit(id: str, needs: Mapping[str, Expression], found: dict[str, bool], under: frozenset[str]) -> None:
    """A loop, refused when the scheme is checked, is cut where it closes."""
    for path in sorted(needs[id].names):
        if path[0] in needs and path[0] not in found and path[0] not in under:
            _visit(path[0], needs, found, under | {id})
    found[id] = True

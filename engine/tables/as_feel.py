"""A decision table written as one FEEL expression: whoever evaluates FEEL (page, browser, simulation) evaluates tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from engine.feel import compile as compile_feel
from engine.feel import tree as t
from engine.tables.model import Cell, Hit, Row, Table

CHAIN = 40  # rows written as if … then … else …; more would nest too deep, and become one list
NULL = t.Literal(None)
HITS = "hits"
JUDGED = "?"


def as_feel(table: Table, *, disjoint: bool = False) -> t.Node:
    """The expression that gives what the table gives; `disjoint` when no two rows can hold with different results."""
    rows = by_order(table) if table.hit.wants_order else table.rows
    first = table.hit in {Hit.FIRST, Hit.PRIORITY} or (disjoint and table.hit in {Hit.UNIQUE, Hit.ANY})
    otherwise = result(table, table.otherwise) if table.otherwise else None
    if first and len(rows) <= CHAIN:
        return _chain(table, rows, otherwise or NULL)
    hits = t.Entry(HITS, _hits(table, rows))
    chosen = _first() if first else _CHOSEN[table.hit]()
    if otherwise is not None:
        chosen = t.If(_equals(_call("count", t.Name(HITS)), 0), otherwise, chosen)
    return t.Path(t.Entries((hits, t.Entry("result", chosen))), "result")


def _chain(table: Table, rows: Iterable[Row], otherwise: t.Node) -> t.Node:
    """`if row 1 holds then … else if row 2 holds then … else otherwise`."""
    node = otherwise
    for row in reversed(tuple(rows)):
        node = t.If(holds(table, row), result(table, row.results), node)
    return node


def _hits(table: Table, rows: Iterable[Row]) -> t.Node:
    """The results of the rows that hold: `concatenate(if row 1 holds then [result 1] else [], …)`."""
    nothing = t.Items(())
    parts: list[t.Node] = [
        t.If(holds(table, row), t.Items((result(table, row.results),)), nothing) for row in rows
    ]
    return _call("concatenate", *(parts or [nothing]))


def holds(table: Table, row: Row) -> t.Node:
    """The condition of a row: each of its cells holds for its input."""
    parts = [
        condition
        for input_, cell in zip(table.inputs, row.tests, strict=True)
        if (condition := cell_condition(input_.node, cell.node)) is not None
    ]
    if not parts:
        return t.Literal(True)
    return parts[0] if len(parts) == 1 else t.And(tuple(parts))


def cell_condition(value: t.Node, cell: t.Node) -> t.Node | None:
    """The condition that a cell is for a value; None for `-`, which always holds."""
    assert isinstance(cell, t.Tests)
    if not cell.tests:
        return None
    parts = tuple(_test(value, test) for test in cell.tests)
    either = parts[0] if len(parts) == 1 else t.Or(parts)
    return t.Not(either) if cell.negated else either


def _test(value: t.Node, test: t.Node) -> t.Node:
    if isinstance(test, t.Test):
        return t.Comparison(test.operator, value, test.operand)
    if isinstance(test, t.Literal | t.At):
        return t.Comparison("=", value, test)
    if any(isinstance(node, t.Name) and node.name == JUDGED for node in t.walk(test)):
        found = _with(test, value)
        assert isinstance(found, t.Node)
        return found
    return t.In(value, (test,))


def _with(node: Any, value: t.Node) -> Any:
    """A condition on `?` as a condition on the value itself."""
    if isinstance(node, tuple):
        return tuple(_with(one, value) for one in node)
    if not isinstance(node, t.Node):
        return node
    if isinstance(node, t.Name) and node.name == JUDGED:
        return value
    own = (one.name for one in fields(node) if one.name not in {"start", "end"})
    return replace(node, **{name: _with(getattr(node, name), value) for name in own})


def result(table: Table, cells: tuple[Cell, ...]) -> t.Node:
    """What a row gives: its one result, or a context of them."""
    if len(table.outputs) == 1 and not table.outputs[0].name:
        return cells[0].node
    named = zip(table.outputs, cells, strict=True)
    return t.Entries(tuple(t.Entry(output.name, cell.node) for output, cell in named))


def by_order(table: Table) -> tuple[Row, ...]:
    """The rows sorted by their outputs, the most important first; equal ones as they stand."""
    return tuple(sorted(table.rows, key=lambda row: _rank(table, row)))


def _rank(table: Table, row: Row) -> tuple[int, ...]:
    """The place of each result in the order of its output; what is not listed comes last."""
    ranks: list[int] = []
    for output, cell in zip(table.outputs, row.results, strict=True):
        value = constant(cell.node)
        ranks.append(output.order.index(value) if value in output.order else len(output.order))
    return tuple(ranks)


def constant(node: t.Node) -> object:
    """The value of an expression that reads nothing; None when it reads something."""
    compiled = compile_feel(t.Tree("", node))
    return None if compiled.names else compiled.run({})


def _first() -> t.Node:
    return t.Filter(t.Name(HITS), t.Literal(Decimal(1)))


def _only(of: t.Node) -> t.Node:
    return t.If(_equals(_call("count", of), 1), _first(), NULL)


def _equals(left: t.Node, number: int) -> t.Node:
    return t.Comparison("=", left, t.Literal(Decimal(number)))


def _call(function: str, *arguments: t.Node) -> t.Node:
    return t.Call(t.Name(function), arguments)


_CHOSEN: Mapping[Hit, Callable[[], t.Node]] = {
    Hit.UNIQUE: lambda: _only(t.Name(HITS)),
    Hit.ANY: lambda: _only(_call("distinct values", t.Name(HITS))),
    Hit.RULE_ORDER: lambda: t.Name(HITS),
    Hit.OUTPUT_ORDER: lambda: t.Name(HITS),
    Hit.COLLECT: lambda: t.Name(HITS),
    Hit.SUM: lambda: _call("sum", t.Name(HITS)),
    Hit.MIN: lambda: _call("min", t.Name(HITS)),
    Hit.MAX: lambda: _call("max", t.Name(HITS)),
    Hit.COUNT: lambda: _call("count", t.Name(HITS)),
}

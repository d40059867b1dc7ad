"""Literals, names, arithmetic, comparison and membership: Python's own operator where both types are plain."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from engine.feel import tree as t
from engine.feel.generated.known import is_known, known_value
from engine.feel.generated.logic import chain
from engine.feel.generated.python import (
    FALSE,
    NULL,
    OPERATORS,
    TRUE,
    call,
    compared,
    either,
    every,
    load,
    method,
    of_type,
    same,
    store,
    when,
)
from engine.feel.generated.writer import Wording, Writer
from engine.feel.temporal import MonthsDuration

# Two values of the same one of these types are compared by Python itself.
ORDERED: Mapping[type, str] = {
    Decimal: "Decimal",
    str: "str",
    date: "date",
    timedelta: "timedelta",
    MonthsDuration: "MonthsDuration",
}
EQUATABLE: Mapping[type, str] = {**ORDERED, bool: "bool"}
SLOW = {"=": "equal", "!=": "unequal", "<": "less", "<=": "less_or_equal", ">": "greater", ">=": "greater_or_equal",
        "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "power"}  # fmt: skip
DECIMAL = {"+": "decimal_add", "-": "decimal_subtract", "*": "decimal_multiply", "/": "decimal_divide"}
PYTHON: Mapping[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}
Types = tuple[type | None, type | None]


def _known(writer: Writer, node: t.Node) -> ast.expr:
    return writer.constant(known_value(node))


def _name(writer: Writer, node: t.Name) -> ast.expr:
    return writer.place.name(node.name)


def _comparison(writer: Writer, node: t.Comparison) -> ast.expr:
    left, right = writer.held(node.left), writer.held(node.right)
    return comparison(node.operator, left, right, _known_types(node.left, node.right))


def _known_types(left: t.Node, right: t.Node) -> Types:
    """The types of two operands, where no answer can change them."""
    one, other = (type(known_value(node)) if is_known(node) else None for node in (left, right))
    return one, other


def comparison(operator: str, left: ast.expr, right: ast.expr, types: Types) -> ast.expr:
    """The comparison of two values; `types` are those known already, of the left one and the right one."""
    quick, slow = compared(left, OPERATORS[operator](), right), call(SLOW[operator], left, right)
    plain, named = (EQUATABLE, "EQUATABLE") if operator in {"=", "!="} else (ORDERED, "ORDERED")
    for kind, other in zip(types, (right, left), strict=True):
        if kind is not None:
            return either(of_type(other, plain[kind]), quick, slow) if kind in plain else slow
    alike = same(call("type", left), call("type", right))
    other_types = either(every([alike, compared(call("type", left), ast.In(), load(named))]), quick, slow)
    return either(every([of_type(left, "Decimal"), of_type(right, "Decimal")]), quick, other_types)


def _arithmetic(writer: Writer, node: t.Arithmetic) -> ast.expr:
    left, right = writer.held(node.left), writer.held(node.right)
    slow = call(SLOW[node.operator], left, right)
    types = _known_types(node.left, node.right)
    if node.operator not in DECIMAL or not {None, Decimal}.issuperset(types):
        return slow
    asked = [value for value, kind in zip((left, right), types, strict=True) if kind is None]
    if node.operator == "-" and len(asked) == 2:
        days = every([of_type(value, "date") for value in asked])
        slow = either(days, ast.BinOp(left, ast.Sub(), right), slow)
    result = writer.variable()
    finite = either(method(load(result), "is_finite"), load(result), NULL)
    calculated = call(DECIMAL[node.operator], left, right)
    if writer.has_decimals and node.operator in PYTHON:
        calculated = ast.BinOp(left, PYTHON[node.operator](), right)
    quick = [store(result, calculated), store(result, finite)]
    numbers = every([of_type(value, "Decimal") for value in asked])
    writer.add(when(numbers, quick, [store(result, slow)]))
    return load(result)


def _negate(writer: Writer, node: t.Negate) -> ast.expr:
    return call("negate", writer.value(node.of))


def _between(writer: Writer, node: t.Between) -> ast.expr:
    parts = (node.value, node.low, node.high)
    value, low, high = (writer.held(part) for part in parts)
    asked = [
        one
        for one, part in zip((value, low, high), parts, strict=True)
        if not (is_known(part) and type(known_value(part)) is Decimal)
    ]
    numbers = every([of_type(one, "Decimal") for one in asked])
    quick = ast.Compare(low, [ast.LtE(), ast.LtE()], [value, high])
    return either(numbers, quick, call("between", value, low, high))


def _in(writer: Writer, node: t.In) -> ast.expr:
    """Tests against known values; any other test is left to the closure."""
    operands = [test.operand if isinstance(test, t.Test) else test for test in node.tests]
    if not all(is_known(operand) for operand in operands):
        return writer.by_closure(node)
    value = writer.held(node.value)
    return chain(writer, [partial(_one_test, writer, test, value) for test in node.tests], FALSE, TRUE)


def _one_test(writer: Writer, test: t.Node, value: ast.expr) -> ast.expr:
    if isinstance(test, t.Test):
        wanted = known_value(test.operand)
        return comparison(test.operator, value, writer.constant(wanted), (None, type(wanted)))
    wanted = known_value(test)
    constant, kind = writer.constant(wanted), EQUATABLE.get(type(wanted))
    slow = call("satisfies", value, constant)
    return either(of_type(value, kind), compared(value, ast.Eq(), constant), slow) if kind else slow


TABLE: Mapping[type[t.Node], Wording] = {
    t.Literal: _known,
    t.At: _known,
    t.Name: _name,
    t.Comparison: _comparison,
    t.Between: _between,
    t.In: _in,
    t.Arithmetic: _arithmetic,
    t.Negate: _negate,
}

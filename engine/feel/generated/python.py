"""Small pieces of Python's own syntax tree. They are put together from nodes: no text becomes code."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

TRUE, FALSE, NULL = ast.Constant(True), ast.Constant(False), ast.Constant(None)
OPERATORS: dict[str, type[ast.cmpop]] = {
    "=": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
}  # fmt: skip


def load(name: str) -> ast.Name:
    """The value of a Python name."""
    return ast.Name(name, ast.Load())


def store(name: str, value: ast.expr) -> ast.stmt:
    """`name = value`."""
    return ast.Assign([ast.Name(name, ast.Store())], value)


def call(function: str | ast.expr, *arguments: ast.expr) -> ast.expr:
    """`function(arguments)`."""
    return ast.Call(load(function) if isinstance(function, str) else function, list(arguments), [])


def method(of: ast.expr, name: str, *arguments: ast.expr) -> ast.expr:
    """`of.name(arguments)`."""
    return call(ast.Attribute(of, name, ast.Load()), *arguments)


def compared(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    """`left operator right`."""
    return ast.Compare(left, [operator], [right])


def same(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left is right`."""
    return compared(left, ast.Is(), right)


def different(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left is not right`."""
    return compared(left, ast.IsNot(), right)


def of_type(value: ast.expr, kind: str) -> ast.expr:
    """`type(value) is kind`."""
    return same(call("type", value), load(kind))


def every(tests: Sequence[ast.expr]) -> ast.expr:
    """Tests with `and` between them; no test at all always holds."""
    if len(tests) < 2:
        return tests[0] if tests else TRUE
    return ast.BoolOp(ast.And(), list(tests))


def either(test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """`then if test else otherwise`."""
    if isinstance(test, ast.Constant):
        return then if test.value else otherwise
    return ast.IfExp(test, then, otherwise)


def when(test: ast.expr, then: list[ast.stmt], otherwise: Iterable[ast.stmt] = ()) -> ast.stmt:
    """`if test: … else: …`."""
    return ast.If(test, then or [ast.Pass()], list(otherwise))


def function(name: str, parameters: Sequence[str], body: list[ast.stmt]) -> ast.stmt:
    """`def name(parameters): body`."""
    given = ast.arguments([], [ast.arg(one) for one in parameters], None, [], [], None, [])
    return ast.FunctionDef(name, given, body, [], None)

"""The tree as a Python function: what runs often runs twice as fast as by closures, with the same results.

This is the only place of the engine that makes code. It is put together from the nodes of our own tree as nodes of
Python's syntax tree; no text of an author or applicant is ever compiled, nor becomes a Python name.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from engine.feel import tree as t
from engine.feel.costs import cost_at_start
from engine.feel.generated import calculations, calls, lists, logic
from engine.feel.generated.names import KNOWN
from engine.feel.generated.places import Given, Row
from engine.feel.generated.python import call, function, load, method, store
from engine.feel.generated.writer import WORDINGS, Writer
from engine.feel.limits import Run
from engine.feel.values import Value

for _family in (logic, calculations, lists, calls):
    WORDINGS.update(_family.TABLE)

Rule: TypeAlias = Callable[[Mapping[str, object], Run], Value]
ENOUGH_OPERATIONS = 4  # that setting Python's decimal context once is quicker than naming it for each of them
LARGEST, HIGHEST = 400, 40  # nodes, and nodes from the root to a leaf: what is larger is left to closures
INNERMOST = 6  # loops inside one another: Python takes twenty blocks, and a loop is two or three of them
_LOOPS = (t.Filter, t.For, t.Quantified)


def is_small(node: t.Node) -> bool:
    """Whether it is worth a function, and cannot be too deep for Python to compile."""
    return (
        t.height(node) <= HIGHEST
        and sum(1 for _ in t.walk(node)) <= LARGEST
        and _loops_inside_one_another(node) <= INNERMOST
    )


def _loops_inside_one_another(node: t.Node) -> int:
    """How many at most; the node is known not to be high."""
    inner = max(map(_loops_inside_one_another, t.children(node)), default=0)
    return inner + isinstance(node, _LOOPS)


def rule(node: t.Node) -> Rule:
    """The function that evaluates a node with the values of a mapping, `rule(names, run)`."""
    much = sum(_operations(inner) for inner in t.walk(node)) >= ENOUGH_OPERATIONS
    writer = Writer(Given(), KNOWN, has_decimals=much)
    result = writer.value(node)
    body = [*writer.statements, ast.Return(result)]
    writer.has_decimals = False
    get = store("get", ast.Attribute(load("names"), "get", ast.Load()))
    whole = [get, *(writer.with_decimals(body) if much else body)]
    return _made(function("rule", ("names", "run"), whole), writer)


def _operations(node: t.Node) -> int:
    """How many numbers a node adds or multiplies, a sum of rows counted as four."""
    match node:
        case t.Arithmetic():
            return 1
        case t.Call(t.Name("sum"), (t.Path(t.Filter()),)):
            return 4
    return 0


def rows_rule(node: t.Node, names: Sequence[str]) -> Callable[..., None]:
    """The function that evaluates a node for each row: `rule(rows, new_run, results, by_closures)`.

    A row holds the values of these names in their order. The results are appended to `results`; for a row that
    passes a bound or holds a number that is none, it is what `by_closures(number of the row)` gives.
    """
    variables = {name: f"c{number}" for number, name in enumerate(names)}
    writer = Writer(Row(variables), KNOWN, has_decimals=True)
    if at_start := cost_at_start(node):
        writer.add(ast.Expr(method(load("run"), "spend", ast.Constant(at_start))))
    value = writer.value(node) if is_small(node) else writer.by_closure(node)
    writer.add(ast.Expr(method(load("results"), "append", value)))
    if _uses(writer.statements, "run"):
        writer.statements.insert(0, store("run", call("new_run")))
    again = call("by_closures", call("len", load("results")))
    stop: list[ast.stmt] = [ast.Expr(method(load("results"), "append", again))]
    stopping = ast.Tuple([load(name) for name in ("FeelError", "ArithmeticError", "ValueError")], ast.Load())
    turn = ast.Try(writer.statements, [ast.ExceptHandler(stopping, None, stop)], [], [])
    row = ast.Tuple([ast.Name(variable, ast.Store()) for variable in variables.values()], ast.Store())
    loop = ast.For(row, load("rows"), [turn], [], None)
    writer.has_decimals = False
    whole = writer.with_decimals([loop])
    return _made(function("rule", ("rows", "new_run", "results", "by_closures"), whole), writer)


def _uses(statements: list[ast.stmt], name: str) -> bool:
    """Whether a Python name is read somewhere."""
    inner = (node for statement in statements for node in ast.walk(statement))
    return any(isinstance(node, ast.Name) and node.id == name for node in inner)


def _made(written: ast.stmt, writer: Writer) -> Callable[..., Any]:
    """The Python function of a definition."""
    module = ast.fix_missing_locations(ast.Module([written], []))
    values = dict(writer.globals)
    exec(compile(module, "<FEEL>", "exec"), values)  # noqa: S102 — nodes of our own tree, never text
    made: Callable[..., Any] = values["rule"]
    return made

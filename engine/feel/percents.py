"""`40 %` in an expression: 0.4, but 40 beside a number of percent, which `40` means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from engine.feel import tree as t
from engine.feel.errors import FeelError, FeelProblem
from engine.feel.parser import parse
from engine.feel.types import Number, Type

Infer = Callable[[t.Node], Type]


def percent_meant(
    text: str, problem: FeelProblem, wanted: Type | None, *, unary: bool, infer: Infer
) -> FeelProblem | None:
    """The problem of a sign of percent that stands beside a number of percent, or where one is wanted; None elsewhere."""
    found = str(problem.params.get("found", ""))
    if problem.code != "instead" or not found.endswith("%"):
        return None
    figure = found.removesuffix("%").strip().replace(",", ".")
    plain = text[: problem.start] + figure.ljust(problem.end - problem.start) + text[problem.end :]
    try:
        root = parse(plain.replace("%", " "), unary=unary).root
    except FeelError:
        return None
    beside = [infer(other) for one, other in _pairs(root) if one.start == problem.start]
    if isinstance(root, t.Literal) and wanted is not None:
        beside.append(wanted)
    if not any(isinstance(of, Number) and of.unit == "percentage" for of in beside):
        return None
    return replace(problem, params={**problem.params, "instead": figure})


def _pairs(root: t.Node) -> Iterator[tuple[t.Node, t.Node]]:
    """Each operand with the one it is compared or added with, both ways."""
    for node in t.walk(root):
        if isinstance(node, t.Comparison) or (isinstance(node, t.Arithmetic) and node.operator in {"+", "-"}):
            yield node.left, node.right
            yield node.right, node.left
        elif isinstance(node, t.Between):
            yield node.low, node.value
            yield node.high, node.value
        elif isinstance(node, t.In):
            yield from ((end, node.value) for test in node.tests for end in _ends(test))
        elif isinstance(node, t.Tests):
            yield from ((end, t.Name("?")) for test in node.tests for end in _ends(test))


def _ends(test: t.Node) -> tuple[t.Node, ...]:
    """What a test compares with."""
    if isinstance(test, t.Test):
        return (test.operand,)
    return (test.low, test.high) if isinstance(test, t.Interval) else (test,)

"""Unary tests and ranges: `< 5`, `[1..3]`, `x in (…)`, the cells of decision tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from engine.feel import tree as t
from engine.feel.closures.node import Compiler, compile_node, constant
from engine.feel.operators import COMPARISONS, disjunction, negation, satisfies
from engine.feel.scopes import Env, Levels, Read, reader
from engine.feel.values import RangeValue, Value, kind_of

UnaryTest: TypeAlias = Callable[[Env, Value], bool | None]


def compile_test(node: t.Node, levels: Levels) -> UnaryTest:
    """The function that judges a value by one unary test."""
    if isinstance(node, t.Test):
        operand, compare = compile_node(node.operand, levels), COMPARISONS[node.operator]
        return lambda env, value: compare(value, operand(env))
    read = compile_node(node, levels)
    if any(isinstance(inner, t.Name) and inner.name == "?" for inner in t.walk(node)):

        def judge(env: Env, value: Value) -> bool | None:
            result = read(env)
            return result if isinstance(result, bool) or result is None else satisfies(value, result)

        return judge
    return lambda env, value: satisfies(value, read(env))


def _in(node: t.In, levels: Levels) -> Read:
    value, tests = compile_node(node.value, levels), tuple(compile_test(test, levels) for test in node.tests)

    def evaluate(env: Env) -> bool | None:
        judged = value(env)
        return disjunction([test(env, judged) for test in tests])

    return evaluate


def _tests(node: t.Tests, levels: Levels) -> Read:
    value, tests = reader("?", levels), tuple(compile_test(test, levels) for test in node.tests)
    if not tests:
        return constant(True)

    def evaluate(env: Env) -> bool | None:
        judged = value(env)
        result = disjunction([test(env, judged) for test in tests])
        return negation(result) if node.negated else result

    return evaluate


def _test(node: t.Test, levels: Levels) -> Read:
    """A test that is no cell is a range open on one side, `(< 5)`."""
    operand, sign = compile_node(node.operand, levels), node.operator

    def evaluate(env: Env) -> RangeValue | None:
        end = operand(env)
        low = end if sign in {">", ">=", "=", "!="} else None
        high = end if sign in {"<", "<=", "=", "!="} else None
        return RangeValue(low, high, sign in {">=", "="}, sign in {"<=", "="}, sign)

    return evaluate


def _interval(node: t.Interval, levels: Levels) -> Read:
    low, high = compile_node(node.low, levels), compile_node(node.high, levels)

    def evaluate(env: Env) -> RangeValue | None:
        start, end = low(env), high(env)
        if start is None and end is None:
            return None
        if start is not None and end is not None and kind_of(start) != kind_of(end):
            return None
        return RangeValue(start, end, node.low_included, node.high_included)

    return evaluate


TABLE: Mapping[type[t.Node], Compiler] = {
    t.In: _in,
    t.Tests: _tests,
    t.Test: _test,
    t.Interval: _interval,
}

"""Turns the tree into Python functions, once; evaluating is then calling them. No text is ever executed."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from engine.feel import tree as t
from engine.feel.builtins import BUILTINS, CLOCK_READERS
from engine.feel.functions import (
    FunctionValue,
    builtin_value,
    by_position,
    call_builtin,
    call_outside,
    is_instance,
)
from engine.feel.iterations import compile_turns
from engine.feel.operators import (
    ARITHMETIC,
    COMPARISONS,
    DECIMALS,
    RangeValue,
    Value,
    between,
    disjunction,
    kind_of,
    member,
    negate,
    negation,
    satisfies,
)
from engine.feel.scopes import ITEM, Env, Level, Levels, Read, is_local, item_env, reader
from engine.feel.temporal import MonthsDuration
from engine.feel.type_names import meant_type

UnaryTest: TypeAlias = Callable[[Env, Value], bool | None]

# Values of one of these types are compared by Python itself; everything else goes through `operators`.
_ORDERED = frozenset({Decimal, str, date, timedelta, MonthsDuration})
_EQUATABLE = _ORDERED | {bool}
_PYTHON = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_DECIMAL = {"+": DECIMALS.add, "-": DECIMALS.subtract, "*": DECIMALS.multiply, "/": DECIMALS.divide}
_FOLDED = frozenset({"date", "time", "date and time", "duration"})


def compile_node(node: t.Node, levels: Levels = ()) -> Read:
    """The function that evaluates a node in an Env whose levels are these."""
    return _COMPILERS[type(node)](node, levels)


def _constant(value: Value) -> Read:
    return lambda _: value


def _literal(node: t.Literal | t.At, levels: Levels) -> Read:
    return _constant(node.value)


def _name(node: t.Name, levels: Levels) -> Read:
    return reader(node.name, levels, builtin_value(node.name))


def _path(node: t.Path, levels: Levels) -> Read:
    of, name = compile_node(node.of, levels), node.member

    def read(env: Env) -> Value:
        value = of(env)
        return value.get(name) if type(value) is dict else member(value, name)

    return read


# -- logic ------------------------------------------------------------------------------------------------------


def _and(node: t.And, levels: Levels) -> Read:
    parts = tuple(compile_node(part, levels) for part in node.parts)

    def evaluate(env: Env) -> bool | None:
        result: bool | None = True
        for part in parts:
            value = part(env)
            if value is False:
                return False
            if value is not True:
                result = None
        return result

    return evaluate


def _or(node: t.Or, levels: Levels) -> Read:
    parts = tuple(compile_node(part, levels) for part in node.parts)

    def evaluate(env: Env) -> bool | None:
        result: bool | None = False
        for part in parts:
            value = part(env)
            if value is True:
                return True
            if value is not False:
                result = None
        return result

    return evaluate


def _not(node: t.Not, levels: Levels) -> Read:
    of = compile_node(node.of, levels)
    return lambda env: negation(of(env))


def _if(node: t.If, levels: Levels) -> Read:
    condition, then, otherwise = (
        compile_node(n, levels) for n in (node.condition, node.then, node.otherwise)
    )
    return lambda env: then(env) if condition(env) is True else otherwise(env)


# -- comparison and arithmetic ----------------------------------------------------------------------------------


def _comparison(node: t.Comparison, levels: Levels) -> Read:
    left, right = compile_node(node.left, levels), compile_node(node.right, levels)
    quick, slow = _PYTHON[node.operator], COMPARISONS[node.operator]
    quickly = _EQUATABLE if node.operator in {"=", "!="} else _ORDERED
    if isinstance(node.right, t.Literal) and type(node.right.value) in quickly:
        constant, kind = node.right.value, type(node.right.value)

        def compare_with_constant(env: Env) -> bool | None:
            value = left(env)
            return quick(value, constant) if type(value) is kind else slow(value, constant)

        return compare_with_constant

    def compare(env: Env) -> bool | None:
        one, other = left(env), right(env)
        if type(one) is type(other) and type(one) in quickly:
            return quick(one, other)
        return slow(one, other)

    return compare


def _between(node: t.Between, levels: Levels) -> Read:
    value, low, high = (compile_node(n, levels) for n in (node.value, node.low, node.high))
    return lambda env: between(value(env), low(env), high(env))


def _arithmetic(node: t.Arithmetic, levels: Levels) -> Read:
    left, right = compile_node(node.left, levels), compile_node(node.right, levels)
    slow, quick = ARITHMETIC[node.operator], _DECIMAL.get(node.operator)
    if quick is None:
        return lambda env: slow(left(env), right(env))

    def calculate(env: Env) -> Value:
        one, other = left(env), right(env)
        if type(one) is Decimal and type(other) is Decimal:
            result = quick(one, other)
            return result if result.is_finite() else None
        return slow(one, other)

    return calculate


def _negate(node: t.Negate, levels: Levels) -> Read:
    of = compile_node(node.of, levels)
    return lambda env: negate(of(env))


# -- unary tests ------------------------------------------------------------------------------------------------


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
        return _constant(True)

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


# -- lists, contexts, loops -------------------------------------------------------------------------------------


def _items(node: t.Items, levels: Levels) -> Read:
    items = tuple(compile_node(item, levels) for item in node.items)
    return lambda env: [item(env) for item in items]


def _entries(node: t.Entries, levels: Levels) -> Read:
    compiled: list[tuple[str, Read]] = []
    for entry in node.entries:
        known = Level(frozenset(key for key, _ in compiled))
        compiled.append((entry.key, compile_node(entry.value, (known, *levels))))
    if len({key for key, _ in compiled}) < len(compiled):
        return _constant(None)  # a key that comes twice

    def evaluate(env: Env) -> dict[str, Value]:
        values: dict[str, Value] = {}
        inner = Env(values, env, env.run)
        for key, read in compiled:
            values[key] = read(inner)
        return values

    return evaluate


def _filter(node: t.Filter, levels: Levels) -> Read:
    of, condition = compile_node(node.of, levels), compile_node(node.condition, (ITEM, *levels))
    cost = t.size(node.condition) + 1

    def evaluate(env: Env) -> Value:
        value = of(env)
        items = value if isinstance(value, list | tuple) else [] if value is None else [value]
        kept: list[Value] = []
        for item in items:
            env.run.spend(cost)
            chosen = condition(item_env(item, env))
            if chosen is True:
                kept.append(item)
            elif kind_of(chosen) == "number":
                return _at(items, chosen)
        if not items and kind_of(condition(item_env(None, env))) == "number":
            return None
        return kept

    return evaluate


def _at(items: list[Value], number: Decimal) -> Value:
    """The item at a place counted from 1, or from -1 at the end; null outside the list."""
    place = int(number)
    index = place - 1 if place > 0 else len(items) + place
    return items[index] if place == number and place and 0 <= index < len(items) else None


def _for(node: t.For, levels: Levels) -> Read:
    turns, inner = compile_turns(node.iterations, node.body, levels, compile_node)
    # `partial` is the list of the results so far; copying it each time costs, so only when it is read.
    partial = any(isinstance(n, t.Name) and n.name == "partial" for n in t.walk(node.body))
    if partial:
        inner = (Level(frozenset({"partial"})), *inner)
    body = compile_node(node.body, inner)

    def evaluate(env: Env) -> list[Value] | None:
        results: list[Value] = []
        found = turns(env)
        if found is None:
            return None
        for turn in found:
            if partial:
                turn.run.spend(len(results))
                turn = Env({"partial": list(results)}, turn, turn.run)
            results.append(body(turn))
        return results

    return evaluate


def _quantified(node: t.Quantified, levels: Levels) -> Read:
    turns, inner = compile_turns(node.iterations, node.condition, levels, compile_node)
    condition, decisive = compile_node(node.condition, inner), node.quantifier == "some"

    def evaluate(env: Env) -> bool | None:
        found = turns(env)
        if found is None:
            return None
        result: bool | None = not decisive
        for turn in found:
            value = condition(turn)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                result = None
        return result

    return evaluate


# -- functions --------------------------------------------------------------------------------------------------


def _declared(node: t.Declared, levels: Levels) -> Read:
    names = tuple(parameter.name for parameter in node.parameters)
    types = tuple(meant_type(p.type) if p.type else None for p in node.parameters)
    body = compile_node(node.body, (Level(frozenset(names)), *levels))
    cost, height = t.size(node.body), 2 * t.height(node.body) + 4
    return lambda env: FunctionValue(names, types, body, env, cost, height)


def _call(node: t.Call, levels: Levels) -> Read:
    function = node.function
    if isinstance(function, t.Name) and function.name in BUILTINS and not is_local(function.name, levels):
        return _builtin_call(function.name, node, levels)
    called = compile_node(function, levels)
    arguments = tuple(compile_node(argument, levels) for argument in node.arguments)

    def evaluate(env: Env) -> Value:
        value = called(env)
        if not node.names:
            return call_outside(value, [argument(env) for argument in arguments])
        if not isinstance(value, FunctionValue) or sorted(node.names) != sorted(value.parameters):
            return None
        given = dict(zip(node.names, arguments, strict=True))
        return value(*(given[name](env) for name in value.parameters))

    return evaluate


def _builtin_call(name: str, node: t.Call, levels: Levels) -> Read:
    signatures = BUILTINS[name]
    arguments = tuple(compile_node(argument, levels) for argument in node.arguments)
    if name in _FOLDED and len(node.arguments) == 1 and not node.names:
        written = node.arguments[0]
        if isinstance(written, t.Literal):
            return _constant(call_builtin(signatures, [written.value]))
    if name in CLOCK_READERS:
        return lambda env: call_builtin(signatures, [argument(env) for argument in arguments], env.run)
    if node.names:
        return _named_call(node, levels)

    def evaluate(env: Env) -> Value:
        given = [argument(env) for argument in arguments]
        for value in given:
            if type(value) is list:
                env.run.spend(len(value))
        return call_builtin(signatures, given)

    return evaluate


def _named_call(node: t.Call, levels: Levels) -> Read:
    assert isinstance(node.function, t.Name)
    ways = by_position(node.names, BUILTINS[node.function.name])
    arguments = tuple(compile_node(argument, levels) for argument in node.arguments)

    def evaluate(env: Env) -> Value:
        given = [argument(env) for argument in arguments]
        for value in given:
            if type(value) is list:
                env.run.spend(len(value))
        for signature, places in ways:
            taken = signature.accept([given[place] if place >= 0 else None for place in places])
            if taken is not None:
                return signature.run(*taken)
        return None

    return evaluate


def _instance_of(node: t.InstanceOf, levels: Levels) -> Read:
    value, wanted = compile_node(node.value, levels), meant_type(node.type)
    return lambda env: is_instance(value(env), wanted)


_COMPILERS: dict[type[t.Node], Callable[..., Read]] = {
    t.Literal: _literal, t.At: _literal, t.Name: _name, t.Path: _path, t.Filter: _filter, t.Call: _call,
    t.Negate: _negate, t.Arithmetic: _arithmetic, t.Comparison: _comparison, t.Between: _between, t.In: _in,
    t.And: _and, t.Or: _or, t.Not: _not, t.If: _if, t.For: _for, t.Quantified: _quantified, t.Declared: _declared,
    t.InstanceOf: _instance_of, t.Items: _items, t.Entries: _entries, t.Interval: _interval, t.Test: _test,
    t.Tests: _tests,
}  # fmt: skip

__all__ = ["Iterator", "compile_node", "compile_test"]

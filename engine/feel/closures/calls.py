"""Functions: declaring them and calling them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import tree as t
from engine.feel.builtins import BUILTINS, RUN_TAKERS
from engine.feel.closures.node import Compiler, compile_node, constant
from engine.feel.costs import CALL
from engine.feel.costs import cost as cost_of
from engine.feel.functions import FunctionValue, by_position, call_builtin
from engine.feel.outside import call_outside
from engine.feel.scopes import Env, Level, Levels, Read, is_local
from engine.feel.type_names import meant_type
from engine.feel.values import Value

LONG_TEXT = 100  # characters of a text a function reads in one step
# Called with a text that is written in the expression, these are evaluated once.
_FOLDED = frozenset({"date", "time", "date and time", "duration"})


def _declared(node: t.Declared, levels: Levels) -> Read:
    names = tuple(parameter.name for parameter in node.parameters)
    types = tuple(meant_type(p.type) if p.type else None for p in node.parameters)
    body = compile_node(node.body, (Level(frozenset(names)), *levels))
    cost, height = cost_of(node.body) + CALL, 2 * t.height(node.body) + 4
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
            return constant(call_builtin(signatures, [written.value]))
    if node.names:
        return _named_call(name, node.names, arguments)
    takes_run = name in RUN_TAKERS

    def evaluate(env: Env) -> Value:
        given = _given(arguments, env)
        return call_builtin(signatures, given, env.run) if takes_run else call_builtin(signatures, given)

    return evaluate


def _given(arguments: tuple[Read, ...], env: Env) -> list[Value]:
    """The values of the arguments; a list costs as many steps as it has items, a long text some too."""
    given = [argument(env) for argument in arguments]
    for value in given:
        if type(value) is list:
            env.run.spend(len(value))
        elif type(value) is str and len(value) > LONG_TEXT:
            env.run.spend(len(value) // LONG_TEXT)
    return given


def _named_call(name: str, names: tuple[str, ...], arguments: tuple[Read, ...]) -> Read:
    ways = by_position(names, BUILTINS[name])
    takes_run = name in RUN_TAKERS

    def evaluate(env: Env) -> Value:
        given = _given(arguments, env)
        for signature, places in ways:
            taken = signature.accept([given[place] if place >= 0 else None for place in places])
            if taken is not None:
                return signature.run(env.run, *taken) if takes_run else signature.run(*taken)
        return None

    return evaluate


TABLE: Mapping[type[t.Node], Compiler] = {t.Declared: _declared, t.Call: _call}

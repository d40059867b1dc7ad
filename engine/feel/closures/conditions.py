"""and, or, not, if: three-valued logic, stopping as soon as the result is known."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import tree as t
from engine.feel.closures.node import Compiler, compile_node
from engine.feel.scopes import Env, Levels, Read


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

    def evaluate(env: Env) -> bool | None:
        value = of(env)
        return False if value is True else True if value is False else None

    return evaluate


def _if(node: t.If, levels: Levels) -> Read:
    condition, then, otherwise = (
        compile_node(n, levels) for n in (node.condition, node.then, node.otherwise)
    )
    return lambda env: then(env) if condition(env) is True else otherwise(env)


TABLE: Mapping[type[t.Node], Compiler] = {t.And: _and, t.Or: _or, t.Not: _not, t.If: _if}

"""Lists, contexts, filters and loops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from engine.feel import tree as t
from engine.feel.closures.iterations import compile_turns
from engine.feel.closures.node import Compiler, compile_node, constant
from engine.feel.costs import cost as cost_of
from engine.feel.scopes import ITEM, Env, ItemEnv, Level, Levels, Read
from engine.feel.values import LISTS, Value, kind_of


def _items(node: t.Items, levels: Levels) -> Read:
    items = tuple(compile_node(item, levels) for item in node.items)
    return lambda env: [item(env) for item in items]


def _entries(node: t.Entries, levels: Levels) -> Read:
    compiled: list[tuple[str, Read]] = []
    for entry in node.entries:
        known = Level(frozenset(key for key, _ in compiled))
        compiled.append((entry.key, compile_node(entry.value, (known, *levels))))
    if len({key for key, _ in compiled}) < len(compiled):
        return constant(None)  # a key that comes twice

    def evaluate(env: Env) -> dict[str, Value]:
        values: dict[str, Value] = {}
        inner = Env(values, env, env.run)
        for key, read in compiled:
            values[key] = read(inner)
        return values

    return evaluate


def _filter(node: t.Filter, levels: Levels) -> Read:
    of, condition = compile_node(node.of, levels), compile_node(node.condition, (ITEM, *levels))
    cost = cost_of(node.condition) + 1

    def evaluate(env: Env) -> Value:
        value = of(env)
        items = value if isinstance(value, LISTS) else [] if value is None else [value]
        env.run.spend(cost * len(items))
        kept: list[Value] = []
        for item in items:
            chosen = condition(ItemEnv(item, env))
            if chosen is True:
                kept.append(item)
            elif chosen is not False and kind_of(chosen) == "number":
                return _at(items, chosen)
        if not items and kind_of(condition(ItemEnv(None, env))) == "number":
            return None
        return kept

    return evaluate


def _at(items: Sequence[Value], number: Decimal) -> Value:
    """The item at a place counted from 1, or from -1 at the end; null outside the list."""
    place = int(number)
    index = place - 1 if place > 0 else len(items) + place
    return items[index] if place == number and place and 0 <= index < len(items) else None


def _for(node: t.For, levels: Levels) -> Read:
    turns, inner = compile_turns(node.iterations, node.body, levels)
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
    turns, inner = compile_turns(node.iterations, node.condition, levels)
    condition, decisive = compile_node(node.condition, inner), node.quantifier == "some"

    def evaluate(env: Env) -> bool | None:
        found = turns(env)
        if found is None:
            return None
        result: bool | None = not decisive
        for turn in found:
            value = condition(turn)
            if value is decisive:
                return bool(decisive)
            if value is not (not decisive):
                result = None
        return result

    return evaluate


TABLE: Mapping[type[t.Node], Compiler] = {
    t.Items: _items,
    t.Entries: _entries,
    t.Filter: _filter,
    t.For: _for,
    t.Quantified: _quantified,
}

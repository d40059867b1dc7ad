"""The turns of a loop: each combination of its variables, from lists, ranges and `1..10`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TypeAlias

from engine.feel import tree as t
from engine.feel.closures.node import compile_node
from engine.feel.costs import cost as cost_of
from engine.feel.far import AnyDay
from engine.feel.scopes import Env, Level, Levels, Read
from engine.feel.temporal import add_days, far_gap
from engine.feel.values import RangeValue, Value, kind_of

DAY = 86_400_000_000  # microseconds
Turns: TypeAlias = Callable[[Env], Iterator[Env] | None]
Domain: TypeAlias = tuple[str, Read, Read | None]


def compile_turns(iterations: tuple[t.Iteration, ...], body: t.Node, levels: Levels) -> tuple[Turns, Levels]:
    """The function that yields an Env for each turn, and the levels known inside the loop.

    It gives None (null) when a domain is null. Each turn costs as many steps as its body has nodes.
    """
    cost = cost_of(body) + 1
    domains: list[Domain] = []
    for iteration in iterations:
        last = compile_node(iteration.last, levels) if iteration.last else None
        domains.append((iteration.name, compile_node(iteration.domain, levels), last))
        levels = (Level(frozenset({iteration.name})), *levels)

    def turns(env: Env) -> Iterator[Env] | None:
        first = _values(domains[0], env)
        return None if first is None else _combined(domains, 0, first, env, cost)

    return turns, levels


def _combined(
    domains: list[Domain], place: int, values: Iterable[Value], env: Env, cost: int
) -> Iterator[Env]:
    """All turns of the variables from a place on."""
    name = domains[place][0]
    for value in values:
        env.run.spend(cost)
        inner = Env({name: value}, env, env.run)
        if place + 1 == len(domains):
            yield inner
        else:
            following = _values(domains[place + 1], inner)
            yield from _combined(domains, place + 1, following or (), inner, cost)


def _values(domain: Domain, env: Env) -> Iterable[Value] | None:
    """The values of one variable; None when there are none to speak of (null)."""
    _, read, read_last = domain
    first = read(env)
    if read_last is not None:
        return steps(first, read_last(env))
    if isinstance(first, RangeValue):
        return range_steps(first)
    if first is None:
        return None
    return first if isinstance(first, list | tuple) else [first]


def steps(first: Value, last: Value) -> Iterable[Value] | None:
    """Whole numbers or days from one to another, both included, up or down."""
    if kind_of(first) == kind_of(last) == "number":
        if first != int(first) or last != int(last):
            return None
        way = 1 if first <= last else -1
        return (Decimal(number) for number in range(int(first), int(last) + way, way))
    if _is_day(first) and _is_day(last):
        return _days(first, last)
    return None


def _is_day(value: Value) -> bool:
    return kind_of(value) == "date"


def _days(first: AnyDay, last: AnyDay) -> Iterator[Value]:
    way = 1 if first <= last else -1
    apart = (far_gap(last, first) or 0) // DAY
    for number in range(0, apart + way, way):
        yield add_days(first, timedelta(days=number))


def range_steps(span: RangeValue) -> Iterable[Value] | None:
    """The whole numbers or days a range holds."""
    found = steps(span.low, span.high)
    if found is None or span.low > span.high:
        return None
    return (
        value
        for value in found
        if (span.low_included or value != span.low) and (span.high_included or value != span.high)
    )

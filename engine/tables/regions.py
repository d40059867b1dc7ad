"""The values an input may take, cut where some cell changes its mind: one example stands for each piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias

from engine import feel
from engine.feel import tree as t
from engine.feel import types
from engine.feel.builtins import CLOCK_READERS

Value: TypeAlias = Any
OTHER = "…"  # a text no cell names
ONE, CENT, DAY = Decimal(1), Decimal("0.01"), timedelta(days=1)


class NotAnalysable(Exception):
    """A cell whose values can't be told without evaluating it for each dossier."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What is known of an input: its type, the bounds of its field, whether it is counted in whole numbers."""

    type: types.Type = types.ANY
    low: Value = None
    high: Value = None
    whole: bool = False


def constants(cell: t.Node) -> tuple[Value, ...]:
    """The constants a cell compares its input with; raises NotAnalysable."""
    return tuple(_constants(cell))


def _constants(node: t.Node) -> Iterator[Value]:
    match node:
        case t.Tests(parts) | t.And(parts) | t.Or(parts) | t.Items(parts):
            for part in parts:
                yield from _constants(part)
        case t.Not(of) | t.Test(_, of):
            yield from _constants(of)
        case t.Interval(low, high) | t.Between(t.Name("?"), low, high):
            yield from (*_constants(low), *_constants(high))
        case t.Comparison(_, t.Name("?"), other) | t.Comparison(_, other, t.Name("?")):
            yield from _constants(other)
        case t.In(t.Name("?"), tests):
            for test in tests:
                yield from _constants(test)
        case _:
            yield _constant(node)


def _constant(node: t.Node) -> Value:
    compiled = feel.compile(t.Tree("", node))
    calls = {
        inner.function.name
        for inner in t.walk(node)
        if isinstance(inner, t.Call) and isinstance(inner.function, t.Name)
    }
    if compiled.names or calls & CLOCK_READERS or _judges(node):
        raise NotAnalysable
    return compiled.run({})


def _judges(node: t.Node) -> bool:
    return any(isinstance(inner, t.Name) and inner.name == "?" for inner in t.walk(node))


def examples(domain: Domain, cells: Iterable[t.Node]) -> tuple[Value, ...]:
    """One value of each piece of the domain, in order; null only where a cell names it. Raises NotAnalysable."""
    named = [value for cell in cells for value in constants(cell)]
    blank: tuple[Value, ...] = (None,) if None in named else ()
    known = [value for value in named if value is not None]
    return (*_pieces(domain, known), *blank)


def _pieces(domain: Domain, named: list[Value]) -> tuple[Value, ...]:
    if isinstance(domain.type, types.Boolean) or (named and all(isinstance(one, bool) for one in named)):
        return (True, False)
    if isinstance(domain.type, types.String) and domain.type.values is not None:
        return tuple(sorted(domain.type.values))
    bounds = [bound for bound in (domain.low, domain.high) if bound is not None]
    ends = [*named, *bounds]
    kinds = {type(end) for end in ends}
    if not kinds:
        return (_anything(domain.type),)
    if len(kinds) > 1 or kinds - {Decimal, date, str}:
        raise NotAnalysable
    if kinds == {str}:
        return (*dict.fromkeys(named), OTHER)
    between = _day_between if kinds == {date} else _whole_between if domain.whole else _number_between
    found = _line(sorted(set(ends)), between)
    return tuple(one for one in found if _inside(domain, one))


def _anything(of: types.Type) -> Value:
    """A value of an input no cell says anything about."""
    return {types.Number: ONE, types.Date: date(2026, 1, 1), types.String: OTHER}.get(type(of))


def _line(ends: list[Value], between: Callable[[Value, Value], Value]) -> Iterator[Value]:
    """Before the first end, at each end, between two of them, after the last."""
    yield between(None, ends[0])
    for low, high in pairwise(ends):
        yield low
        if (middle := between(low, high)) is not None:
            yield middle
    yield ends[-1]
    yield between(ends[-1], None)


def _number_between(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    if low is None or high is None:
        return _whole_between(low, high)
    return next((low + step for step in (ONE, CENT) if low + step < high), (low + high) / 2)


def _whole_between(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    if low is None:
        return None if high is None else high.to_integral_value(rounding="ROUND_CEILING") - 1
    found = low.to_integral_value(rounding="ROUND_FLOOR") + 1
    return found if high is None or found < high else None


def _day_between(low: date | None, high: date | None) -> date | None:
    try:
        if low is None:
            return None if high is None else high - DAY
        return low + DAY if high is None or low + DAY < high else None
    except OverflowError:
        return None


def _inside(domain: Domain, value: Value) -> bool:
    if value is None or (domain.whole and isinstance(value, Decimal) and value % 1):
        return False
    return (domain.low is None or value >= domain.low) and (domain.high is None or value <= domain.high)


def mask(cell: t.Node, found: tuple[Value, ...]) -> int:
    """The examples a cell holds for, as the bits of a number."""
    test = feel.compile(t.Tree("", cell))
    return sum(1 << place for place, value in enumerate(found) if test.run({"?": value}) is True)


def written(value: Value) -> str:
    """A value as a cell would write it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)

"""What a term may give (`price * 2`, `min(a, b)`, `income_ceiling(household)`), from what its names may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from authoring.proofs.domains import NUMBERS, UNKNOWN, Domain, Ordered, exactly, union
from authoring.proofs.names import Names
from engine import feel
from engine.feel import tree as t
from engine.feel.reads import free_names, path_of, reads_clock
from engine.feel.values import DECIMALS

Key: TypeAlias = tuple[str, ...]
World: TypeAlias = dict[Key, Domain]  # what is known so far of names, and of terms by their text


def key_of(node: t.Node) -> Key:
    """What a term is remembered by: its path, or its own text."""
    return path_of(node) or ("", feel.unparse(node))


def term(node: t.Node, world: World, names: Names) -> Domain:
    """The values a term may have in a world."""
    known = world.get(key_of(node)) if not isinstance(node, t.Literal | t.At) else None
    return known if known is not None else _fresh(node, world, names)


def _fresh(node: t.Node, world: World, names: Names) -> Domain:
    if isinstance(node, t.Literal | t.At):
        return exactly(node.value)
    if path := path_of(node):
        definition = names.definition(path)
        return names.domain(path) if definition is None else term(definition, world, names)
    if isinstance(node, t.Arithmetic):
        return _arithmetic(node.operator, term(node.left, world, names), term(node.right, world, names))
    if isinstance(node, t.Negate):
        return _arithmetic("-", exactly(Decimal(0)), term(node.of, world, names))
    if isinstance(node, t.If):
        return union([term(node.then, world, names), term(node.otherwise, world, names)])
    if is_constant(node):
        return exactly(feel.compile(t.Tree("", node)).run({}))
    if isinstance(node, t.Call | t.Path):
        return _called(node, world, names)
    return UNKNOWN


def is_constant(node: t.Node) -> bool:
    """Whether a node reads nothing, not even the clock."""
    return not free_names(node) and not reads_clock(t.Tree("", node))


def _called(node: t.Call | t.Path, world: World, names: Names) -> Domain:
    """A call of a parameter, a column of a list, or one of the few built-ins whose range is known."""
    if isinstance(node, t.Path):
        of = node.of
        if isinstance(of, t.Call) and isinstance(of.function, t.Name):
            return names.column(of.function.name, node.member)
        return UNKNOWN
    if not isinstance(node.function, t.Name) or node.names:
        return UNKNOWN
    name = node.function.name
    if name in COUNTING:
        return Domain(replace(NUMBERS, low=Decimal(0), whole=True), True)
    if name in ("min", "max") and len(node.arguments) > 1:
        return _extreme(name, [term(argument, world, names) for argument in node.arguments])
    return names.called(name)


COUNTING = frozenset({"count", "string length"})


def _extreme(name: str, domains: Sequence[Domain]) -> Domain:
    """`min(a, b)`: no greater than the greatest of either; null as soon as one may be."""
    parts = [domain.some for domain in domains]
    ordered = [part for part in parts if isinstance(part, Ordered)]
    if len(ordered) != len(parts) or len({part.sort for part in ordered}) != 1:
        return UNKNOWN
    null = any(domain.null for domain in domains)
    pick: Callable[[list[Decimal]], Decimal] = min if name == "min" else max
    lows, highs = [part.low for part in ordered], [part.high for part in ordered]
    known_lows = [low for low in lows if low is not None]
    known_highs = [high for high in highs if high is not None]
    low = pick(known_lows) if _decides(known_lows, lows, name == "max") else None
    high = pick(known_highs) if _decides(known_highs, highs, name == "min") else None
    return Domain(Ordered(ordered[0].sort, low, high, whole=all(part.whole for part in ordered)), null)


def _decides(known: list[Decimal], all_ends: list[Decimal | None], one_is_enough: bool) -> bool:
    return bool(known) and (one_is_enough or len(known) == len(all_ends))


def _arithmetic(operator: str, left: Domain, right: Domain) -> Domain:
    """Interval arithmetic with FEEL's own rounding: it never changes the order of two results."""
    one, other = left.some, right.some
    if not (isinstance(one, Ordered) and isinstance(other, Ordered) and one.sort == other.sort == "number"):
        return UNKNOWN
    if one.is_empty or other.is_empty:
        return exactly(None)
    ends = _ENDS.get(operator)
    found = ends(one, other) if ends else None
    if found is None:
        return Domain(NUMBERS, True)
    null = left.null or right.null or operator == "/" or None in found
    return Domain(Ordered("number", *found), null)


Ends: TypeAlias = tuple[Decimal | None, Decimal | None]


def _sum(one: Ordered, other: Ordered) -> Ends:
    return _added(one.low, other.low), _added(one.high, other.high)


def _difference(one: Ordered, other: Ordered) -> Ends:
    return _subtracted(one.low, other.high), _subtracted(one.high, other.low)


def _added(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else DECIMALS.add(one, other)


def _subtracted(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else DECIMALS.subtract(one, other)


def _product(one: Ordered, other: Ordered) -> Ends | None:
    if one.only is not None and other.only is None:
        one, other = other, one
    if (factor := other.only) is not None:
        return (
            _scaled(one, lambda end: DECIMALS.multiply(end, factor), factor < 0)
            if factor
            else (factor, factor)
        )
    if one.low is not None and one.low >= 0 and other.low is not None and other.low >= 0:
        high = None if one.high is None or other.high is None else DECIMALS.multiply(one.high, other.high)
        return DECIMALS.multiply(one.low, other.low), high
    return None


def _quotient(one: Ordered, other: Ordered) -> Ends | None:
    divisor = other.only
    if not divisor:
        return None
    return _scaled(one, lambda end: DECIMALS.divide(end, divisor), divisor < 0)


def _scaled(one: Ordered, change: Callable[[Decimal], Decimal], turns: bool) -> Ends:
    low = None if one.low is None else change(one.low)
    high = None if one.high is None else change(one.high)
    return (high, low) if turns else (low, high)


_ENDS: dict[str, Callable[[Ordered, Ordered], Ends | None]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
}

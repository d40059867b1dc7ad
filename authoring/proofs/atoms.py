"""Conditions that aren't looked into, and comparisons: the worlds in which they give what is claimed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authoring.proofs.claims import Truths
from authoring.proofs.domains import NOTHING, RELATIONS, TRUTH, Among, Domain, Relation, compared
from authoring.proofs.names import Names
from authoring.proofs.terms import Key, World, is_constant, key_of, term
from engine.feel import tree as t

HOLDS: Mapping[str, frozenset[Relation]] = {
    "=": frozenset({"="}),
    "!=": frozenset({"<", ">"}),
    "<": frozenset({"<"}),
    "<=": frozenset({"<", "="}),
    ">": frozenset({">"}),
    ">=": frozenset({">", "="}),
}
EQUALITY = frozenset({"=", "!="})

_TURNS: Mapping[Relation, Relation] = {"<": ">", "=": "=", ">": "<"}


def atom(names: Names, node: t.Node, truths: Truths, world: World) -> list[World]:
    """A condition that isn't looked into: a name, a call; the same text always gives the same."""
    if is_constant(node):
        value = term(node, world, names)
        truth = value.some.only if isinstance(value.some, Among) and value.some.sort == TRUTH else None
        return [world] if truth in truths else []
    known, key = term(node, world, names), key_of(node)
    some = known.some
    values: frozenset[object] = frozenset(truth for truth in truths if truth is not None)
    wanted = Among(TRUTH, values)
    found: list[World] = []
    if some is None or (isinstance(some, Among) and some.sort == TRUTH):
        kept = wanted if some is None else some.within(wanted)
        if not kept.is_empty:
            found.append({**world, key: Domain(kept, False)})
    if None in truths and known.null:
        found.append({**world, key: known.unknown()})
    if None in truths and not (isinstance(some, Among) and some.sort == TRUTH) and not known.is_null_only:
        found.append({**world, key: known.known()})  # a value that is no truth value counts as null
    return found


def comparison(names: Names, node: t.Comparison, truths: Truths, world: World) -> list[World]:
    left, right = term(node.left, world, names), term(node.right, world, names)
    if left.some is None and right.some is None and is_constant(node):
        return atom(names, node, truths, world)
    found: list[World] = []
    holds = HOLDS[node.operator]
    relations: set[Relation] = set()
    if True in truths:
        relations |= holds
    if False in truths:
        relations |= RELATIONS - holds
    if relations:
        found += _related(node, left, right, frozenset(relations), world)
    if None in truths and _may_not_compare(node.operator, left, right):
        found.append(_set(world, (node.left, left.known()), (node.right, right.known())))
    return found + _with_null(node, left, right, truths, world)


def _related(
    node: t.Comparison, left: Domain, right: Domain, relations: frozenset[Relation], world: World
) -> list[World]:
    """The worlds in which both sides are known and stand in one of the relations."""
    if left.is_null_only or right.is_null_only:
        return []
    possible, one, other = compared(left.some, right.some, relations)
    possible, key = _remembered(node, possible, world)
    if not possible:
        return []
    values: frozenset[object] = frozenset(possible)
    after = _set(world, (node.left, Domain(one, False)), (node.right, Domain(other, False)))
    return [{**after, key: Domain(Among("relation", values), False)}]


def _remembered(
    node: t.Comparison, possible: frozenset[Relation], world: World
) -> tuple[frozenset[Relation], Key]:
    """`a < b` and `b < a` are about the same pair: what one says, the other knows."""
    left, right = key_of(node.left), key_of(node.right)
    is_turned = left > right
    key = ("", "relation", *(right + left if is_turned else left + right))
    known = world.get(key)
    if is_turned:
        possible = frozenset(_TURNS[relation] for relation in possible)
    if known is not None and isinstance(known.some, Among):
        kept: Any = possible & known.some.values
        return kept, key
    return possible, key


def _may_not_compare(operator: str, left: Domain, right: Domain) -> bool:
    """Whether two known values may give null: they may be of two types, or have no order."""
    if left.is_null_only or right.is_null_only:
        return False
    one, other = left.some, right.some
    if one is None or other is None or type(one) is not type(other) or one.sort != other.sort:
        return True
    return operator not in EQUALITY and one.sort == TRUTH


def _with_null(node: t.Comparison, left: Domain, right: Domain, truths: Truths, world: World) -> list[World]:
    """The worlds in which one side is null or both: equal only to null; without order."""
    found: list[World] = []
    both = True if node.operator == "=" else False if node.operator == "!=" else None
    one = None if both is None else not both
    if both in truths and left.null and right.null:
        found.append(_set(world, (node.left, left.unknown()), (node.right, right.unknown())))
    if one in truths and left.null and not right.is_null_only:
        found.append(_set(world, (node.left, left.unknown()), (node.right, right.known())))
    if one in truths and right.null and not left.is_null_only:
        found.append(_set(world, (node.left, left.known()), (node.right, right.unknown())))
    return found


def _set(world: World, *known: tuple[t.Node, Domain]) -> World:
    after = dict(world)
    for node, domain in known:
        if not isinstance(node, t.Literal | t.At):
            after[key_of(node)] = Domain(NOTHING, True) if domain.is_null_only else domain
    return after

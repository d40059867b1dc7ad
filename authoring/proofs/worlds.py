"""Splitting what may be so into worlds: each narrows the domains of names until a condition is what it is claimed to be.

Three-valued logic as FEEL has it: a condition is true, false or null. When no world is left, the claim is impossible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from authoring.proofs import atoms
from authoring.proofs.claims import EVERYTHING, FALSE, NOT_FALSE, NOT_TRUE, TRUE, Claim, Truths, flipped
from authoring.proofs.names import Names
from authoring.proofs.terms import World
from engine.feel import tree as t
from engine.feel.reads import path_of

MOST = 300  # worlds of one question; beyond, nothing is proved


class Undecided(Exception):
    """There are too many worlds to look at."""


class Splitter:
    """Answers one question about the names of a scheme."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.made = 0

    def worlds(self, claims: Sequence[Claim]) -> list[World]:
        """The worlds in which all claims hold together; raises Undecided."""
        found: list[World] = [{}]
        for claim in claims:
            found = self._each(found, claim)
        return [whole for world in found for whole in self._settled(world, frozenset())]

    def _each(self, worlds: Iterable[World], claim: Claim) -> list[World]:
        return [after for world in worlds for after in self.split(claim.node, claim.truths, world)]

    def _settled(self, world: World, told: frozenset[str]) -> list[World]:
        """The world with what its known fields imply: a field is known only where it is asked."""
        for head in {key[0] for key in world if key[0]} - told:
            conditions = self.names.asked_when(head)
            if not conditions:
                continue
            if self._is_known(world, head):
                claim = Claim(t.And(conditions) if len(conditions) > 1 else conditions[0], TRUE)
            elif self.names.is_required(head) and self._is_null(world, head):
                claim = Claim(t.And(conditions) if len(conditions) > 1 else conditions[0], NOT_TRUE)
            else:
                continue
            after = self._each([world], claim)
            return [whole for one in after for whole in self._settled(one, told | {head})]
        return [world]

    def _is_known(self, world: World, head: str) -> bool:
        return any(key[0] == head and not domain.null for key, domain in world.items())

    def _is_null(self, world: World, head: str) -> bool:
        return (head,) in world and world[head,].is_null_only

    # -- conditions -----------------------------------------------------------------------------------------

    def split(self, node: t.Node, truths: Truths, world: World) -> list[World]:
        """The worlds, inside this one, in which a condition gives one of these truths."""
        if truths == EVERYTHING:
            return [world]
        if not truths:
            return []
        definition = self.names.definition(path_of(node)) if isinstance(node, t.Name | t.Path) else None
        if definition is not None:
            return self.split(definition, truths, world)
        found = _SPLITTERS.get(type(node), Splitter.atom)(self, node, truths, world)
        self.made += len(found)
        if self.made > MOST:
            raise Undecided
        return found

    def literal(self, node: t.Literal, truths: Truths, world: World) -> list[World]:
        value = node.value if isinstance(node.value, bool) else None
        return [world] if value in truths else []

    def conjunction(self, node: t.And, truths: Truths, world: World) -> list[World]:
        return self._all(node.parts, truths, world, lambda same: same)

    def disjunction(self, node: t.Or, truths: Truths, world: World) -> list[World]:
        """`a or b` is not(not(a) and not(b))."""
        return self._all(node.parts, flipped(truths), world, flipped)

    def _all(
        self, parts: Sequence[t.Node], truths: Truths, world: World, turn: Callable[[Truths], Truths]
    ) -> list[World]:
        if truths in (TRUE, NOT_FALSE):
            found = [world]
            for part in parts:
                found = self._each(found, Claim(part, turn(truths)))
            return found
        if truths in (FALSE, NOT_TRUE):
            before = NOT_FALSE if truths == FALSE else TRUE
            return [
                after
                for one in range(len(parts))
                for after in self._first(parts, one, truths, before, world, turn)
            ]
        return [after for one in truths for after in self._exactly(parts, one, world, turn)]

    def _first(
        self,
        parts: Sequence[t.Node],
        number: int,
        truths: Truths,
        before: Truths,
        world: World,
        turn: Callable[[Truths], Truths],
    ) -> list[World]:
        """The worlds where this part is the first that is not as it should be."""
        found = [world]
        for part in parts[:number]:
            found = self._each(found, Claim(part, turn(before)))
        return self._each(found, Claim(parts[number], turn(truths)))

    def _exactly(
        self, parts: Sequence[t.Node], truth: bool | None, world: World, turn: Callable[[Truths], Truths]
    ) -> list[World]:
        if truth is not None:
            return self._all(parts, frozenset({truth}), world, turn)
        worlds: list[World] = []
        for number in range(len(parts)):
            found = self._first(parts, number, frozenset({None}), TRUE, world, turn)
            for part in parts[number + 1 :]:
                found = self._each(found, Claim(part, turn(NOT_FALSE)))
            worlds += found
        return worlds

    def negation(self, node: t.Not, truths: Truths, world: World) -> list[World]:
        return self.split(node.of, flipped(truths), world)

    def choice(self, node: t.If, truths: Truths, world: World) -> list[World]:
        then = self._each(self.split(node.condition, TRUE, world), Claim(node.then, truths))
        return then + self._each(self.split(node.condition, NOT_TRUE, world), Claim(node.otherwise, truths))

    def between(self, node: t.Between, truths: Truths, world: World) -> list[World]:
        parts = (t.Comparison(">=", node.value, node.low), t.Comparison("<=", node.value, node.high))
        return self.conjunction(t.And(parts), truths, world)

    def membership(self, node: t.In, truths: Truths, world: World) -> list[World]:
        """`x in (1, [3..5], > 10)` as a chain of comparisons; anything else is looked at from outside."""
        tests = [as_condition(node.value, test) for test in node.tests]
        known = [test for test in tests if test is not None]
        if len(known) < len(tests):
            return self.atom(node, truths, world)
        return self.disjunction(t.Or(tuple(known)), truths, world)

    def atom(self, node: t.Node, truths: Truths, world: World) -> list[World]:
        return atoms.atom(self.names, node, truths, world)

    def comparison(self, node: t.Comparison, truths: Truths, world: World) -> list[World]:
        return atoms.comparison(self.names, node, truths, world)


def as_condition(value: t.Node, test: t.Node) -> t.Node | None:
    """A unary test of a value as a condition; None when it may be something else than it seems."""
    if isinstance(test, t.Test):
        return t.Comparison(test.operator, value, test.operand)
    if isinstance(test, t.Literal | t.At):
        return t.Comparison("=", value, test)
    if isinstance(test, t.Interval) and all(
        isinstance(end, t.Literal | t.At) for end in (test.low, test.high)
    ):
        low = t.Comparison(">=" if test.low_included else ">", value, test.low)
        return t.And((low, t.Comparison("<=" if test.high_included else "<", value, test.high)))
    return None


_SPLITTERS: Mapping[type[t.Node], Callable[[Splitter, Any, Truths, World], list[World]]] = {
    t.Literal: Splitter.literal,
    t.And: Splitter.conjunction,
    t.Or: Splitter.disjunction,
    t.Not: Splitter.negation,
    t.If: Splitter.choice,
    t.Between: Splitter.between,
    t.In: Splitter.membership,
    t.Comparison: Splitter.comparison,
}


def few(worlds: Sequence[World], count: int) -> list[World]:
    """The first worlds of many."""
    return list(islice(worlds, count))

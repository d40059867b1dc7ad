"""Conditions in the words of z3: a truth is two flags (true, false; null when neither), a term its value and a null flag."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import ModuleType
from typing import Any, TypeAlias

from authoring.proofs.claims import Claim
from authoring.proofs.domains import TEXT, TRUTH, Among, Ordered
from authoring.proofs.names import Names
from authoring.proofs.terms import is_constant, key_of, term
from authoring.proofs.worlds import as_condition
from engine.feel import tree as t
from engine.feel.reads import path_of

Z3: TypeAlias = Any  # the library is an extra and has no types
DIGITS = 6  # of a factor: an amount times that still fits in FEEL's 34 digits


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition: when it is true and when it is false."""

    true: Z3
    false: Z3


@dataclass(frozen=True, slots=True)
class Term:
    """A value of one sort, and when it is null."""

    sort: str
    value: Z3
    null: Z3


class Encoding:
    """The conditions of one question, and all that is known of the names they read."""

    def __init__(self, z3: ModuleType, names: Names) -> None:
        self.z3, self.names = z3, names
        self._terms: dict[object, Term] = {}
        self._truths: dict[object, Truth] = {}
        self._texts: dict[object, int] = {}
        self._facts: list[Z3] = []
        self._heads: list[str] = []

    def claim(self, claim: Claim) -> Z3:
        """That a condition gives one of the claimed truths."""
        found = self.truth(claim.node)
        null = self.z3.And(self.z3.Not(found.true), self.z3.Not(found.false))
        by_truth = {True: found.true, False: found.false, None: null}
        return self.z3.Or(*(by_truth[truth] for truth in claim.truths))

    def facts(self) -> list[Z3]:
        """What is known of the names that were read, the conditions under which they are asked included."""
        done = 0
        while done < len(self._heads):
            self._ask(self._heads[done])
            done += 1
        return self._facts

    def _ask(self, head: str) -> None:
        z3, key = self.z3, (head,)
        for condition in self.names.asked_when(head):
            asked = self.truth(condition).true
            known = [
                z3.Not(term.null)
                for path, term in self._terms.items()
                if isinstance(path, tuple) and path[0] == head
            ]
            known += [
                z3.Or(one.true, one.false)
                for path, one in self._truths.items()
                if isinstance(path, tuple) and path[0] == head
            ]
            self._facts += [z3.Implies(one, asked) for one in known]
        if self.names.is_required(head) and (key in self._terms or key in self._truths):
            conditions = [self.truth(condition).true for condition in self.names.asked_when(head)]
            found = self._terms.get(key)
            null = found.null if found else z3.And(*(z3.Not(one) for one in _flags(self._truths[key])))
            self._facts.append(z3.Implies(null, z3.Not(z3.And(True, *conditions))))

    # -- conditions -----------------------------------------------------------------------------------------

    def truth(self, node: t.Node) -> Truth:
        """A condition in z3's words."""
        definition = self.names.definition(path_of(node)) if isinstance(node, t.Name | t.Path) else None
        if definition is not None:
            return self.truth(definition)
        known = _TRUTHS.get(type(node), Encoding.open)
        return known(self, node)

    def literal(self, node: t.Literal) -> Truth:
        return Truth(self.z3.BoolVal(node.value is True), self.z3.BoolVal(node.value is False))

    def conjunction(self, node: t.And) -> Truth:
        parts = [self.truth(part) for part in node.parts]
        return Truth(self.z3.And(*(part.true for part in parts)), self.z3.Or(*(part.false for part in parts)))

    def disjunction(self, node: t.Or) -> Truth:
        parts = [self.truth(part) for part in node.parts]
        return Truth(self.z3.Or(*(part.true for part in parts)), self.z3.And(*(part.false for part in parts)))

    def negation(self, node: t.Not) -> Truth:
        found = self.truth(node.of)
        return Truth(found.false, found.true)

    def choice(self, node: t.If) -> Truth:
        condition, then, otherwise = (self.truth(one) for one in (node.condition, node.then, node.otherwise))
        pick = self.z3.If
        return Truth(
            pick(condition.true, then.true, otherwise.true), pick(condition.true, then.false, otherwise.false)
        )

    def between(self, node: t.Between) -> Truth:
        low = t.Comparison(">=", node.value, node.low)
        return self.conjunction(t.And((low, t.Comparison("<=", node.value, node.high))))

    def membership(self, node: t.In) -> Truth:
        tests = [as_condition(node.value, test) for test in node.tests]
        known = [test for test in tests if test is not None]
        return self.disjunction(t.Or(tuple(known))) if len(known) == len(tests) else self.open(node)

    def comparison(self, node: t.Comparison) -> Truth:
        left, right = self.term(node.left), self.term(node.right)
        is_equality = node.operator in ("=", "!=")
        if (
            left is None
            or right is None
            or left.sort != right.sort
            or (left.sort == TEXT and not is_equality)
        ):
            return self.open(node)
        z3 = self.z3
        if is_equality:
            known = z3.And(z3.Not(left.null), z3.Not(right.null))
            equal = z3.Or(z3.And(left.null, right.null), z3.And(known, left.value == right.value))
            return Truth(equal, z3.Not(equal)) if node.operator == "=" else Truth(z3.Not(equal), equal)
        held = _ORDER[node.operator](left.value, right.value)
        known = z3.And(z3.Not(left.null), z3.Not(right.null))
        return Truth(z3.And(known, held), z3.And(known, z3.Not(held)))

    def open(self, node: t.Node) -> Truth:
        """A condition that isn't looked into: it may be anything, but the same everywhere. A number, a day or a text in its
        place is neither true nor false, even where it must be answered."""
        some = term(node, {}, self.names).some
        if isinstance(some, Ordered) or (isinstance(some, Among) and some.sort != TRUTH):
            return Truth(self.z3.BoolVal(False), self.z3.BoolVal(False))
        key = key_of(node)
        if key not in self._truths:
            name = "?".join(key)
            found = Truth(self.z3.Bool(f"true {name}"), self.z3.Bool(f"false {name}"))
            self._truths[key] = found
            self._facts.append(self.z3.Not(self.z3.And(found.true, found.false)))
            self._note_truth(node, found)
            self._heads += [key[0]] if key[0] else []
        return self._truths[key]

    def _note_truth(self, node: t.Node, found: Truth) -> None:
        known = term(node, {}, self.names)
        if isinstance(known.some, Among) and known.some.sort == TRUTH:
            flags = {True: found.true, False: found.false}
            self._facts += [
                self.z3.Not(flag) for truth, flag in flags.items() if truth not in known.some.values
            ]
            if not known.null:
                self._facts.append(self.z3.Or(found.true, found.false))

    # -- terms ----------------------------------------------------------------------------------------------

    def term(self, node: t.Node) -> Term | None:
        """A number, a day or a text in z3's words; None when it can be neither told."""
        if isinstance(node, t.Arithmetic) and (found := self._arithmetic(node)) is not None:
            return found
        definition = self.names.definition(path_of(node)) if path_of(node) else None
        if definition is not None:
            return self.term(definition)
        key: object = (
            ("", "literal", type(node.value).__name__, node.value)
            if isinstance(node, t.Literal | t.At)
            else key_of(node)
        )
        if key not in self._terms:
            made = self._made(node, str(key))
            if made is None:
                return None
            self._terms[key] = made
            if isinstance(key, tuple) and path_of(node):
                self._heads.append(path_of(node)[0])
        return self._terms[key]

    def _made(self, node: t.Node, name: str) -> Term | None:
        known = term(node, {}, self.names)
        null = self.z3.Bool(f"null {name}") if known.null else self.z3.BoolVal(False)
        if isinstance(known.some, Ordered):
            return self._figure(known.some, name, null)
        if isinstance(known.some, Among) and known.some.sort == TEXT and not known.is_null_only:
            return self._text(known.some, name, null)
        return None

    def _figure(self, some: Ordered, name: str, null: Z3) -> Term:
        z3 = self.z3
        if some.only is not None:
            return Term(some.sort, z3.RealVal(f"{some.only:f}"), null)
        value = z3.ToReal(z3.Int(name)) if some.whole else z3.Real(name)
        if some.low is not None:
            low = z3.RealVal(f"{some.low:f}")
            self._facts.append(z3.Or(null, value >= low if some.low_in else value > low))
        if some.high is not None:
            high = z3.RealVal(f"{some.high:f}")
            self._facts.append(z3.Or(null, value <= high if some.high_in else value < high))
        return Term(some.sort, value, null)

    def _text(self, some: Among, name: str, null: Z3) -> Term:
        """A text is the number of its wording."""
        numbers = [self._texts.setdefault(text, len(self._texts)) for text in sorted(some.values, key=str)]
        if some.only is not None:
            return Term(TEXT, self.z3.IntVal(numbers[0]), null)
        value = self.z3.Int(name)
        is_one = self.z3.Or(*(value == number for number in numbers))
        self._facts.append(self.z3.Or(null, self.z3.Not(is_one) if some.others else is_one))
        return Term(TEXT, value, null)

    def _arithmetic(self, node: t.Arithmetic) -> Term | None:
        """Sums and differences; products with one short figure."""
        if is_constant(node) or node.operator not in ("+", "-", "*"):
            return None
        if node.operator == "*" and not _is_exact(node):
            return None
        left, right = self.term(node.left), self.term(node.right)
        if left is None or right is None or not left.sort == right.sort == "number":
            return None
        value = {"+": left.value + right.value, "-": left.value - right.value, "*": left.value * right.value}
        return Term("number", value[node.operator], self.z3.Or(left.null, right.null))


def _is_exact(node: t.Arithmetic) -> bool:
    """Whether one side is a short figure and the other no product itself."""
    sides = (node.left, node.right)
    figures = [
        side.value for side in sides if isinstance(side, t.Literal) and isinstance(side.value, Decimal)
    ]
    deep = any(
        isinstance(inner, t.Arithmetic) and inner.operator not in ("+", "-")
        for side in sides
        for inner in t.walk(side)
    )
    return len(figures) == 1 and not deep and len(figures[0].as_tuple().digits) <= DIGITS


def _flags(truth: Truth) -> tuple[Z3, Z3]:
    return truth.true, truth.false


_ORDER: Mapping[str, Callable[[Z3, Z3], Z3]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
_TRUTHS: Mapping[type[t.Node], Callable[[Encoding, Any], Truth]] = {
    t.Literal: Encoding.literal,
    t.And: Encoding.conjunction,
    t.Or: Encoding.disjunction,
    t.Not: Encoding.negation,
    t.If: Encoding.choice,
    t.Between: Encoding.between,
    t.In: Encoding.membership,
    t.Comparison: Encoding.comparison,
}

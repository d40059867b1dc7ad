"""Checks an expression before any value is known: its type, its problems, the paths it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from engine.feel import tree as t
from engine.feel.builtins import BUILTINS
from engine.feel.calls import CallChecks
from engine.feel.compiled import as_tree
from engine.feel.contradictions import contradictions, is_upside_down
from engine.feel.errors import FeelError, FeelProblem
from engine.feel.french import french
from engine.feel.judgements import TRUTH, Judgements, literal_unit, part_type, type_of_value
from engine.feel.known import Given, Known, Path, Scope
from engine.feel.percents import percent_meant
from engine.feel.reads import reads_clock
from engine.feel.type_names import meant_type
from engine.feel.types import (
    ANY,
    BOOLEAN,
    NULL,
    NUMBER,
    STRING,
    Boolean,
    Context,
    Function,
    List,
    Null,
    Number,
    Range,
    Type,
    common,
    type_name,
)
from engine.feel.types import Any as AnyType


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of an expression: its type, all its problems, the paths it reads, whether it reads the clock.

    `tree` is what to compile; None when the text is no FEEL.
    """

    type: Type
    problems: tuple[FeelProblem, ...]
    names: frozenset[Path]
    reads_clock: bool
    tree: t.Tree | None = field(default=None, repr=False, compare=False)


def check(
    source: str | t.Tree,
    names: Mapping[str, Type],
    *,
    unary: Type | None = None,
    wanted: Type | None = None,
) -> Checked:
    """Check an expression whose names have these types; with `unary`, tests of a value of that type.

    Finds all problems at once and raises for none; a text that is no FEEL is one problem. `wanted`, the type it should
    give, only says better what to write.
    """
    text = source if isinstance(source, str) else source.text
    scope = Scope(Given(names))
    if unary is not None:
        scope = Scope({"?": Known(unary, None)}, scope)
    try:
        tree = as_tree(source, unary=unary is not None, names=names)
    except FeelError as error:
        problem = FeelProblem(error.code, error.params, error.start, error.end)
        is_unary = unary is not None
        meant = french(text, [problem], names, unary=is_unary) or percent_meant(
            text, problem, wanted, unary=is_unary, infer=lambda node: Checker("").infer(node, scope).type
        )
        return Checked(ANY, (meant or problem,), frozenset(), False)
    checker = Checker(tree.text)
    found = checker.infer(tree.root, scope)
    if meant := french(text, checker.problems, names, unary=unary is not None):
        return Checked(ANY, (meant,), frozenset(), False)
    problems = tuple(sorted(checker.problems, key=lambda problem: (problem.start, problem.end)))
    return Checked(found.type, problems, frozenset(checker.reads), reads_clock(tree), tree)


class Checker(CallChecks, Judgements):
    """Finds the type of each node, from the leaves up, and notes problems on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[FeelProblem] = []
        self.reads: set[Path] = set()

    def infer(self, node: t.Node, scope: Scope) -> Known:
        """What is known of a node."""
        method: Callable[[Checker, Any, Scope], Known] = _METHODS[type(node)]
        return method(self, node, scope)

    def report(
        self, code: str, node: t.Node, suggestion: str | None = None, severity: Any = "error", **params: Any
    ) -> None:
        """Note a problem at the place of a node."""
        self.problems.append(FeelProblem(code, params, node.start, node.end, suggestion, severity))

    def source(self, node: t.Node) -> str:
        """The piece of text a node is written with."""
        return self.text[node.start : node.end] or "?"  # the judged value of a unary test is not written

    def condition(self, node: t.Node, scope: Scope) -> None:
        """A node that must be true or false."""
        found = self.infer(node, scope).type
        if not isinstance(found, Boolean | AnyType | Null):
            self.report("not_boolean", node, found=type_name(found))

    # -- leaves ---------------------------------------------------------------------------------------------

    def literal(self, node: t.Literal, scope: Scope) -> Known:
        if node.value is None:
            return Known(NULL)
        if isinstance(node.value, bool):
            return Known(BOOLEAN)
        return Known(STRING if isinstance(node.value, str) else NUMBER)

    def at(self, node: t.At, scope: Scope) -> Known:
        if node.value is None:
            self.report("bad_temporal", node, found=f'@"{node.text}"')
        return Known(type_of_value(node.value))

    def name(self, node: t.Name, scope: Scope) -> Known:
        found = scope.find(node.name)
        if found is None and node.name in BUILTINS:
            return Known(Function((), ANY, 0))
        if found is None:
            near = get_close_matches(node.name.replace(" ", "_"), sorted(scope.visible()), 1, 0.6)
            meant = TRUTH.get(node.name.lower()) or next(iter(near), None)
            self.report("unknown_name", node, meant, name=node.name)
            return Known(ANY)
        if found.origin:
            self.reads.add(found.origin)
        return found

    def path(self, node: t.Path, scope: Scope) -> Known:
        """A part; of a chain of parts only the whole path is noted as read."""
        before = set(self.reads)
        of = self.infer(node.of, scope)
        found = part_type(of.type, node.member)
        if found is None:
            names = self.part_names(of.type)
            near = get_close_matches(node.member, names, 1, 0.6)
            params = {"of": self.source(node.of), "name": node.member, "known": ", ".join(names)}
            self.report("unknown_member", node, next(iter(near), None), **params)
            return Known(ANY)
        if of.origin is None or not self.has_members(of.type):
            return Known(found)
        origin = (*of.origin, node.member)
        if isinstance(node.of, t.Name | t.Path) and of.origin not in before:
            self.reads.discard(of.origin)
        self.reads.add(origin)
        return Known(found, origin)

    # -- logic ----------------------------------------------------------------------------------------------

    def parts(self, node: t.And | t.Or, scope: Scope) -> Known:
        for part in node.parts:
            self.condition(part, scope)
        for first, second in contradictions(node) if isinstance(node, t.And) else ():
            self.report("contradiction", second, first=self.source(first), second=self.source(second))
        return Known(BOOLEAN)

    def negation(self, node: t.Not, scope: Scope) -> Known:
        self.condition(node.of, scope)
        return Known(BOOLEAN)

    def conditional(self, node: t.If, scope: Scope) -> Known:
        self.condition(node.condition, scope)
        then, otherwise = self.infer(node.then, scope), self.infer(node.otherwise, scope)
        if isinstance(then.type, Number) and isinstance(otherwise.type, Number):
            return Known(Number(literal_unit(node.then, then.type, node.otherwise, otherwise.type)))
        return Known(common(then.type, otherwise.type))

    def instance(self, node: t.InstanceOf, scope: Scope) -> Known:
        self.infer(node.value, scope)
        return Known(BOOLEAN)

    # -- lists, contexts, loops -----------------------------------------------------------------------------

    def items(self, node: t.Items, scope: Scope) -> Known:
        found = [self.infer(item, scope).type for item in node.items]
        of: Type = found[0] if found else ANY
        for other in found[1:]:
            of = common(of, other)
        return Known(List(of))

    def entries(self, node: t.Entries, scope: Scope) -> Known:
        members: dict[str, Type] = {}
        inner: dict[str, Known] = {}
        for entry in node.entries:
            inner[entry.key] = self.infer(entry.value, Scope(dict(inner), scope))
            members[entry.key] = inner[entry.key].type
        return Known(Context(members))

    def filter(self, node: t.Filter, scope: Scope) -> Known:
        of = self.infer(node.of, scope)
        item = of.type.of if isinstance(of.type, List) else of.type
        members = item.members if isinstance(item, Context) else {}
        known = {
            name: Known(part, (*of.origin, name) if of.origin else None) for name, part in members.items()
        }
        known.setdefault("item", Known(item, of.origin))
        inner = Scope(known, scope, isinstance(item, AnyType) or (isinstance(item, Context) and not members))
        chosen = self.infer(node.condition, inner).type
        if isinstance(chosen, Number):
            return Known(item, of.origin)
        if not isinstance(chosen, Boolean | AnyType | Null):
            self.report("not_boolean", node.condition, found=type_name(chosen))
        return Known(List(item), of.origin)

    def loop_scope(self, iterations: tuple[t.Iteration, ...], scope: Scope) -> Scope:
        """The scope inside a loop: each variable with the type of the items."""
        for iteration in iterations:
            found = self.infer(iteration.domain, scope)
            of, origin = found.type, None
            if iteration.last is not None:
                self.infer(iteration.last, scope)
            elif isinstance(of, List | Range):
                of, origin = of.of, found.origin
            scope = Scope({iteration.name: Known(of, origin)}, scope)
        return scope

    def loop(self, node: t.For, scope: Scope) -> Known:
        inner = self.loop_scope(node.iterations, scope)
        return Known(List(self.infer(node.body, Scope({"partial": Known(List(ANY))}, inner)).type))

    def quantified(self, node: t.Quantified, scope: Scope) -> Known:
        self.condition(node.condition, self.loop_scope(node.iterations, scope))
        return Known(BOOLEAN)

    def interval(self, node: t.Interval, scope: Scope) -> Known:
        low, high = self.infer(node.low, scope), self.infer(node.high, scope)
        self.compared(node, ">", (node.low, low.type), (node.high, high.type))
        if is_upside_down(node.low, node.high):
            self.report("upside_down", node, low=self.source(node.low), high=self.source(node.high))
        return Known(Range(common(low.type, high.type)))

    def declared(self, node: t.Declared, scope: Scope) -> Known:
        types = tuple(meant_type(p.type) if p.type else ANY for p in node.parameters)
        names = [parameter.name for parameter in node.parameters]
        known = {name: Known(of) for name, of in zip(names, types, strict=True)}
        return Known(Function(types, self.infer(node.body, Scope(known, scope)).type, len(types)))


_METHODS: dict[type[t.Node], Callable[..., Known]] = {
    t.Literal: Checker.literal,
    t.At: Checker.at,
    t.Name: Checker.name,
    t.Path: Checker.path,
    t.Filter: Checker.filter,
    t.Call: Checker.call,
    t.Negate: Checker.negate,
    t.Arithmetic: Checker.arithmetic,
    t.Comparison: Checker.comparison,
    t.Between: Checker.between,
    t.In: Checker.membership,
    t.And: Checker.parts,
    t.Or: Checker.parts,
    t.Not: Checker.negation,
    t.If: Checker.conditional,
    t.For: Checker.loop,
    t.Quantified: Checker.quantified,
    t.Declared: Checker.declared,
    t.InstanceOf: Checker.instance,
    t.Items: Checker.items,
    t.Entries: Checker.entries,
    t.Interval: Checker.interval,
    t.Test: Checker.lone_test,
    t.Tests: Checker.tests,
}

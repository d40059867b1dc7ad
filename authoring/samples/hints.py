"""What a scheme compares its answers with: the figures, days, words and codes near which an answer tells most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from engine.asked.kept import Kept
from engine.asked.order import reads
from engine.feel import tree as t
from engine.language import Scheme
from engine.language.model import Expression, Parameter

PARTED = (t.And, t.Or, t.Not, t.If)


@dataclass(slots=True)
class Hints:
    """What stands beside one name in the scheme's conditions."""

    numbers: set[Decimal] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)

    def add(self, value: object) -> None:
        """One constant more; what is neither a figure, a day nor a word is left."""
        if isinstance(value, Decimal):
            self.numbers.add(value)
        elif isinstance(value, datetime):
            self.days.add(value.date())
        elif isinstance(value, date):
            self.days.add(value)
        elif isinstance(value, str) and value:
            self.texts.add(value)
            if len(value) == len("2020-03-14"):
                self._add_day(value)

    def _add_day(self, text: str) -> None:
        try:
            self.days.add(date.fromisoformat(text))
        except ValueError:
            return


Known = Mapping[tuple[str, ...], Hints]


def _hints(scheme: Scheme) -> Known:
    found: dict[tuple[str, ...], Hints] = {}
    for expression in _conditions(scheme):
        for clause in _clauses(expression.compiled.tree.root):
            constants = set(_constants(scheme, clause))
            for path in _paths(scheme, clause):
                for value in constants:
                    found.setdefault(path, Hints()).add(value)
    return found


hints = Kept(_hints)


def fields_read(scheme: Scheme, expression: Expression) -> frozenset[str]:
    """The fields an expression depends on, through totals and computed values too."""
    return frozenset(name for name in _behind(scheme, reads(expression)) if name in scheme.fields)


def _conditions(scheme: Scheme) -> Iterator[Expression]:
    """Every expression that decides something about answers."""
    for page in scheme.form.values():
        yield from (one for one in (page.when, *(check.require for check in page.checks)) if one)
    for asked in scheme.fields.values():
        for one in (asked, *asked.below):
            yield from (found for found in (one.when, *(check.require for check in one.checks)) if found)
    yield from (rule.require for rule in scheme.eligibility.values())
    yield from (one.value for one in scheme.computed.values())
    award = scheme.award
    yield from (one for one in (award and award.amount, award and award.at_least) if one)
    yield from (action.if_ for action in scheme.workflow.actions.values() if action.if_)


def _clauses(node: t.Node) -> Iterator[t.Node]:
    """The parts of a condition that each compare something."""
    if isinstance(node, PARTED):
        for child in t.children(node):
            yield from _clauses(child)
    else:
        yield node


def _constants(scheme: Scheme, clause: t.Node) -> Iterator[object]:
    for node in t.walk(clause):
        if isinstance(node, t.Literal | t.At):
            yield node.value
        elif isinstance(node, t.Name):
            if node.name in scheme.parameters:
                yield from _figures(scheme.parameters[node.name])
            elif node.name in scheme.lists and node.name not in scheme.fields:
                yield from scheme.lists[node.name].rows


def _figures(parameter: Parameter) -> Iterator[object]:
    for value in parameter.values:
        found = [value.is_] if value.is_ else []
        for tests, result in value.rows:
            found += [*tests, result]
        for expression in found:
            for node in t.walk(expression.compiled.tree.root):
                if isinstance(node, t.Literal | t.At):
                    yield node.value


def _paths(scheme: Scheme, clause: t.Node) -> Iterator[tuple[str, ...]]:
    """What a clause reads: ("home", "postcode"), and the fields behind what is computed."""
    for node in t.walk(clause):
        if isinstance(node, t.Path) and isinstance(node.of, t.Name):
            yield (node.of.name, node.member)
        elif isinstance(node, t.Name):
            yield from ((name,) for name in _behind(scheme, {node.name}))


def _behind(scheme: Scheme, names: frozenset[str] | set[str]) -> set[str]:
    """These names and those they are computed from."""
    totals = {name: one for one in scheme.fields.values() for name in one.totals}
    found, waiting = set(names), list(names)
    while waiting:
        name = waiting.pop()
        more: set[str] = set()
        if name in scheme.computed:
            more = set(reads(scheme.computed[name].value))
        elif name in totals:
            more = {totals[name].id, totals[name].totals[name].sum}
        waiting += more - found
        found |= more
    return found

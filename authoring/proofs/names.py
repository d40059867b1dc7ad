"""What each name of a scheme may be, before any answer: from its kind, its options, its bounds, its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from authoring.proofs.domains import (
    DATES,
    NUMBERS,
    TEXT,
    TEXTS,
    TRUTHS,
    UNKNOWN,
    Among,
    Domain,
    Ordered,
    exactly,
    union,
)
from engine import feel
from engine.feel import tree as t
from engine.feel import types
from engine.kinds import kind_of
from engine.language import Scheme
from engine.language.model import Expression, Field, Parameter, Total

Path = tuple[str, ...]
OUTCOMES = frozenset({"eligible", "rules"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a condition stands: `own` fields hide the form's (a row's, or an action's form); `states` it is judged in.

    `given`: what some paths are known to be.

    `filed`: the dossier was deposited, so that whatever was asked and isn't optional is answered.
    """

    filed: bool = False
    own: Mapping[str, Field] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    given: Mapping[Path, Domain] = field(default_factory=dict)


class Names:
    """The domains of the names of one scheme, at one standing."""

    def __init__(self, scheme: Scheme, standing: Standing | None = None) -> None:
        self.scheme = scheme
        self.standing = standing or Standing()
        self.fields = scheme.fields
        self.totals: dict[str, tuple[Field, Total]] = {
            name: (found, total) for found in self.fields.values() for name, total in found.totals.items()
        }
        self._domains: dict[Path, Domain] = {}

    def domain(self, path: Path) -> Domain:
        """The values a path may have; what is not known may be anything."""
        if path not in self._domains:
            self._domains[path] = self._domain(path)
        return self._domains[path]

    def _domain(self, path: Path) -> Domain:
        head = path[0]
        if path in self.standing.given:
            return self.standing.given[path]
        if head in self.standing.own:
            return self._part(self.standing.own[head], path, null=True)
        if head in self.fields:
            return self._part(self.fields[head], path, null=self.may_be_null(head))
        if head in self.totals and len(path) == 1:
            return self._total(*self.totals[head])
        if head in self.scheme.parameters and len(path) == 1:
            return self._parameter(self.scheme.parameters[head])
        return self._around(path)

    def may_be_null(self, head: str) -> bool:
        """Whether a field may be unknown whatever the others are."""
        found = self.fields[head]
        return not self.is_required(head) or found.when is not None or self._page_when(head) is not None

    def is_required(self, head: str) -> bool:
        """Whether a field is always answered where it is asked."""
        found = self.fields.get(head)
        plain = found is not None and not found.optional and found.kind not in ("file", "repeat")
        return self.standing.filed and plain and head not in self.standing.own

    def asked_when(self, head: str) -> tuple[t.Node, ...]:
        """The conditions that hold whenever a field is known."""
        if head not in self.fields or head in self.standing.own:
            return ()
        found = (self._page_when(head), self.fields[head].when)
        return tuple(one.compiled.tree.root for one in found if one is not None)

    def _page_when(self, head: str) -> Expression | None:
        return self.scheme.page_of(head).when

    def definition(self, path: Path) -> t.Node | None:
        """What a name stands for: `eligible` all refusing rules, `rules.NAME` that rule, a computed value its expression."""
        rules, computed = self.scheme.eligibility, self.scheme.computed
        if path == ("eligible",):
            refusing = [rule for rule in rules.values() if rule.severity == "refuse"]
            parts = [self._meant(rule.require) or t.Path(t.Name("rules"), rule.id) for rule in refusing]
            return t.And(tuple(parts)) if parts else t.Literal(True)
        if len(path) == 1 and path[0] in computed and path[0] not in self.standing.own:
            return None if computed[path[0]].by else self._meant(computed[path[0]].value)
        found = rules.get(path[1]) if len(path) == 2 and path[0] == "rules" else None
        return self._meant(found.require) if found else None

    def _meant(self, said: Expression) -> t.Node | None:
        """An expression said elsewhere; None when its names or the day may mean something else here than there."""
        is_hidden = any(path[0] in self.standing.own or path[0] == "award" for path in said.names)
        return None if is_hidden or said.reads_clock else said.compiled.tree.root

    def called(self, name: str) -> Domain:
        """What a call of a parameter may give."""
        found = self.scheme.parameters.get(name)
        return self._parameter(found) if found is not None and found.by else UNKNOWN

    def column(self, name: str, column: str) -> Domain:
        """What a column of a reference list may hold."""
        found = self.scheme.lists.get(name)
        if found is None or name in self.fields or name in self.standing.own or column not in found.columns:
            return UNKNOWN
        return self._columns[name, column]

    @cached_property
    def _columns(self) -> dict[tuple[str, str], Domain]:
        return {
            (name, column): Domain(Among(TEXT, frozenset(row[column] for row in found.rows.values())), True)
            for name, found in self.scheme.lists.items()
            for column in found.columns
        }

    # -- fields ---------------------------------------------------------------------------------------------

    def _part(self, found: Field, path: Path, *, null: bool) -> Domain:
        of: types.Type = kind_of(found).feel_type(found)
        for member in path[1:]:
            of = of.members.get(member, types.ANY) if isinstance(of, types.Context) else types.ANY
        some = of_type(of).some
        if len(path) == 1 and isinstance(some, Ordered):
            some = self._bounded(found, some)
        return Domain(some, null or len(path) > 1)

    def _bounded(self, found: Field, some: Ordered) -> Ordered:
        """Within `min` and `max`, where they are always known; what is computed isn't held to them."""
        if found.value is not None:
            return some
        least, most = self.bound(found, "min").some, self.bound(found, "max").some
        if isinstance(least, Ordered) and least.sort == some.sort:
            some = some.above(least.low, least.low_in)
        if isinstance(most, Ordered) and most.sort == some.sort:
            some = some.below(most.high, most.high_in)
        return some

    def bound(self, found: Field, key: str) -> Domain:
        """The values of a bound that reads no answer; anything when it may be null, for then it binds nothing."""
        expression = found.options.get(key)
        if isinstance(expression, int) and not isinstance(expression, bool):
            return exactly(Decimal(expression))
        if not isinstance(expression, Expression):
            return UNKNOWN
        root = expression.compiled.tree.root
        if isinstance(root, t.Name) and root.name in self.scheme.parameters:
            known = self.domain((root.name,))
            return UNKNOWN if known.null else known
        if expression.names or expression.reads_clock:
            return UNKNOWN
        return exactly(feel.compile(expression.compiled.tree).run({}))

    def _total(self, found: Field, total: Total) -> Domain:
        """A sum of figures that are never negative is never negative."""
        if total.sum in found.row_totals:
            return self._total(*found.row_totals[total.sum])
        summed = found.fields[total.sum]
        some = self._bounded(summed, NUMBERS)
        is_positive = some.low is not None and some.low >= 0
        return Domain(NUMBERS.above(Decimal(0), True) if is_positive else NUMBERS, True)

    # -- the rest -------------------------------------------------------------------------------------------

    def _parameter(self, found: Parameter) -> Domain:
        """All values it ever has; null before the first one, and beyond its rows."""
        values = [one for value in found.values for one in _values(value.is_, value.rows)]
        more = any(value.each_more is not None for value in found.values)
        known = union(exactly(value) if value is not None else UNKNOWN for value in values)
        if more and isinstance(known.some, Ordered):
            return Domain(NUMBERS.above(known.some.low, True) if _grows(found) else NUMBERS, True)
        return Domain(known.some, True)

    def _around(self, path: Path) -> Domain:
        """The names the engine gives: the dossier, the checklist, the row's number."""
        if path == ("dossier", "state") and self.standing.states:
            return Domain(Among(TEXT, frozenset(self.standing.states)), False)
        if path[0] in ("checklist", "tasks") and len(path) == 2:
            return Domain(TRUTHS, True)
        if path[0] == "opinions" and len(path) == 3:
            return Domain(Ordered("number", Decimal(0), whole=True), False)
        if path == ("row", "number"):
            return Domain(Ordered("number", Decimal(1), whole=True), True)
        return UNKNOWN


def _values(
    is_: Expression | None, rows: Iterable[tuple[tuple[Expression, ...], Expression]]
) -> list[object | None]:
    """The plain figures of a parameter's value; None for one that is computed."""
    found = [is_] if is_ is not None else [result for _, result in rows]
    return [one.compiled.run({}) if not one.names and not one.reads_clock else None for one in found]


def _grows(found: Parameter) -> bool:
    return all((value.each_more or Decimal(0)) >= 0 for value in found.values)


def of_type(of: types.Type) -> Domain:
    """The domain of a FEEL type."""
    if isinstance(of, types.Number):
        return Domain(Ordered("number", whole=of.unit == "integer"), True)
    if isinstance(of, types.String):
        some = TEXTS if of.values is None else Among(TEXT, of.values)
        return Domain(some, True)
    if isinstance(of, types.Boolean):
        return Domain(TRUTHS, True)
    return Domain(DATES, True) if isinstance(of, types.Date) else UNKNOWN

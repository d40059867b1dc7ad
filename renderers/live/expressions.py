"""Which expressions of a scheme a page may evaluate by itself, and the values from elsewhere they read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from engine.asked import Reading
from engine.asked.behind import behind
from engine.asked.figures import in_force
from engine.asked.kept import Kept
from engine.asked.order import dependencies, reads
from engine.feel import to_json
from engine.feel.shipping import NotShippable, needs_server, ship_value
from engine.language.model import Computed, Expression, Field, Parameter, ParameterValue, Scheme
from renderers.live.secret import listed, sensitive

Json: TypeAlias = Any
# The kinds whose controls the page reads exactly as the server does.
READABLE = frozenset(
    ("text", "long_text", "integer", "decimal", "money", "percentage", "date", "yes_no", "consent", "choice", "choices", "address", "repeat",
     "siren", "rna", "postal_code", "department", "country",
     "time", "date_time", "year", "rating", "matrix")
)  # fmt: skip


_trees: Kept[dict[int, Json]] = Kept(
    lambda scheme: {}
)  # by the identity of an expression, which the scheme holds


class Shipping:
    """Ships expressions for one page; `values` fills with what they read from elsewhere, `functions` with its figures.

    `computed` fills with the computed values to settle on the page. `open_fields` are the fields that may be typed in on
    the page. What comes from fields of rows asked on pages of their own is left to the server, as are the `unsure` names.
    """

    def __init__(
        self, reading: Reading, open_fields: Mapping[str, Field], unsure: Collection[str] = ()
    ) -> None:
        self.reading, self.open, self.unsure = reading, open_fields, unsure
        fields = open_fields.values()
        self.totals = {name for one in fields for name in one.totals if not self.reads_elsewhere([name])}
        self.values: dict[str, Json] = {}
        self.functions: dict[str, Json] = {}
        self.computed: dict[str, Json] = {}
        self._refused: set[str] = set()

    def tree(self, expression: Expression, local: Collection[str] = ()) -> Json | None:
        """The expression as JSON; None when only the server can tell. `local` are the names of a row."""
        if needs_server(expression.compiled.tree):
            return None
        named = reads(expression) - {*local, "row"}
        return self._json(expression) if all(map(self._has, named)) else None

    def reads_elsewhere(self, names: Iterable[str], repeat: Field | None = None) -> bool:
        """Whether something behind these names is asked in rows of this page, on a page of its own."""
        found = behind(self.reading.scheme, names, repeat)
        return any(self._is_apart(*path.split("/")) for path in found)

    def _is_apart(self, first: str, *below: str) -> bool:
        repeat = self.open.get(first)
        inner = repeat.fields[below[0]] if repeat is not None and below else repeat
        return repeat is not None and inner is not None and inner.page != repeat.page

    def _json(self, expression: Expression) -> Json:
        """The tree as JSON, made once for a scheme."""
        known = _trees(self.reading.scheme)
        if id(expression) not in known:
            known[id(expression)] = to_json(expression.compiled.tree)
        return known[id(expression)]

    def may_change(self, expression: Expression) -> bool:
        """Whether what is typed on the page may change the value of the expression."""
        return any(self._changes(name) for name in reads(expression))

    def _changes(self, name: str) -> bool:
        here = self.open.keys() | self.totals
        return (
            name in here
            or name in self.unsure
            or bool(dependencies(self.reading.scheme).get(name, frozenset()) & here)
        )

    def constant(self, value: object) -> Json | None:
        """A value as JSON; None when it can't travel."""
        try:
            return ship_value(value)
        except NotShippable:
            return None

    def _has(self, name: str) -> bool:
        """Whether the page can know a name: its own fields, and what nothing typed on it may change."""
        if name in self.unsure:
            return False
        if name in self.open:
            return self.open[name].kind in READABLE and not self.reads_elsewhere([name])
        if any(name in known for known in (self.totals, self.values, self.functions, self.computed)):
            return True
        scheme = self.reading.scheme
        one = scheme.computed.get(name)
        if one is not None and (one.by or self._changes(name)):
            return self._has_computed(one)
        if self._changes(name) or self.is_secret(name):
            return False
        if name in scheme.parameters and scheme.parameters[name].by:
            return self._has_function(name, scheme.parameters[name])
        return self._has_value(name)

    def _has_computed(self, one: Computed) -> bool:
        """Whether the page can settle a computed value, or call the function it is; both travel as their tree."""
        if one.id not in self._refused:
            self._refused.add(one.id)  # what reads itself is never settled
            if (tree := self.tree(one.value, one.by)) is not None:
                self._refused.remove(one.id)
                self.computed[one.id] = {"tree": tree, **({"by": list(one.by)} if one.by else {})}
        return one.id in self.computed

    def is_secret(self, name: str) -> bool:
        """Whether the value of a name from elsewhere never travels; what is open on the page is typed there."""
        return name not in self.open and name in sensitive(self.reading.scheme)

    def tells_secret(self, expression: Expression) -> bool:
        """Whether what an expression gives may tell something that never travels."""
        return any(self.is_secret(name) for name in reads(expression))

    def _has_value(self, name: str) -> bool:
        if name in listed(self.reading.scheme) or name not in self.reading.values:
            return False
        try:
            self.values[name] = ship_value(self.reading.values[name])
        except NotShippable:
            return False
        return True

    def _has_function(self, name: str, parameter: Parameter) -> bool:
        day = self.reading.values["dossier"]["deposited_on"]  # type: ignore[index]
        value = in_force(parameter, day)
        shipped = {"rows": []} if value is None else self._rows(value)
        if shipped is not None:
            self.functions[name] = shipped
        return shipped is not None

    def _rows(self, value: ParameterValue) -> Json | None:
        """The rows of a figure by something: their tests as trees, their results as values."""
        rows = []
        reading = self.reading
        for tests, result in value.rows:
            if any(reads(test) - {"?"} or needs_server(test.compiled.tree) for test in tests):
                return None
            given = self.constant(result.value(reading.values, reading.now, reading.zone))
            if given is None:
                return None
            rows.append([[self._json(test) for test in tests], given])
        return {"rows": rows, **self._beyond(value)}

    def _beyond(self, value: ParameterValue) -> dict[str, Json]:
        """What comes after the last row that stands for one figure: `each_more`."""
        plain = [tests[0].text.strip() for tests, _ in value.rows if len(tests) == 1]
        figures = [Decimal(text) for text in plain if text.isascii() and text.isdigit()]
        if value.each_more is None or not figures:
            return {}
        last = max(figures)
        row = max(place for place, text in enumerate(plain) if text.isdigit() and Decimal(text) == last)
        return {"last": ship_value(last), "at": row, "more": ship_value(value.each_more)}


def names_in(scheme: Scheme, repeat: Field) -> frozenset[str]:
    """What a row of a repeat knows by itself, and what the rows around it know."""
    first, *rest = repeat.place.split("/")
    around = [scheme.fields[first]]
    for name in rest:
        around.append(around[-1].fields[name])
    return frozenset(name for one in around for name in one.row_names)

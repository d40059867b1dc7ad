"""Which rows of which decision tables a reading went through, functions called with other values included."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from engine import feel
from engine.asked import Reading
from engine.eligibility import Verdict
from engine.feel import tree as t
from engine.language.form_model import inner_path
from engine.language.model import Computed, Expression, Scheme
from engine.problems import Path
from engine.tables import Hit, Table
from engine.tables.as_feel import holds

Values = Mapping[str, object]
Note = Callable[[Path, int], None]


def tables(scheme: Scheme) -> Iterator[tuple[Path, str, Table]]:
    """Every decision table of a scheme: where it stands, what it gives, the table."""
    for one in scheme.computed.values():
        if one.value.table is not None:
            yield ("computed", one.id, "value"), one.id, one.value.table
    for page in scheme.form.values():
        for repeat in page.fields.values():
            for inner in repeat.fields.values():
                if inner.value is not None and inner.value.table is not None:
                    path = (*inner_path(("form", page.id, "fields", repeat.id), repeat, inner), "value")
                    yield path, f"{repeat.id}.{inner.id}", inner.value.table
    if scheme.award is not None and scheme.award.amount.table is not None:
        yield ("award", "amount"), "amount", scheme.award.amount.table


@dataclass(slots=True)
class Rows:
    """The rows hit so far: `note` is told of each, with the path of its table and its number from 1."""

    scheme: Scheme
    note: Note
    conditions: dict[Path, tuple[feel.Compiled, ...]] = field(default_factory=dict)

    def see(self, reading: Reading, verdict: Verdict) -> None:
        """Note every row that holds where a table is evaluated."""
        values = {**reading.values, "eligible": verdict.eligible, "rules": dict(verdict.outcomes)}
        values |= {one.id: self._function(one, values, reading) for one in self._functions()}
        for one in self.scheme.computed.values():
            if not one.by:
                self._look(("computed", one.id, "value"), one.value, values, reading)
        for rule in self.scheme.eligibility.values():
            rule.require.value(values, reading.now, reading.zone)
        award = self.scheme.award
        if award is not None and verdict.eligible is not False:
            self._look(("award", "amount"), award.amount, values, reading)
        self._see_rows(reading, values)

    def _see_rows(self, reading: Reading, values: Values) -> None:
        for page in reading.pages:
            for repeat in page.fields:
                for row in reading.rows(repeat.id) if repeat.fields else ():
                    functions = {one.id: values[one.id] for one in self._functions()}
                    for inner in row.computed:
                        if inner.value is None:
                            continue  # a cell of a computed line
                        here: Path = ("form", page.page.id, "fields", repeat.id)
                        path = (*inner_path(here, repeat, inner), "value")
                        self._look(path, inner.value, {**row.values, **functions}, reading)

    def _functions(self) -> Iterator[Computed]:
        return (one for one in self.scheme.computed.values() if one.by)

    def _function(self, one: Computed, values: Values, reading: Reading) -> Callable[..., object]:
        """The computed function itself, which notes the rows it goes through."""

        def function(*arguments: object) -> object:
            given = dict.fromkeys(one.by) | dict(zip(one.by, arguments, strict=False))
            return self._look(("computed", one.id, "value"), one.value, {**values, **given}, reading)

        return function

    def _look(self, path: Path, expression: Expression, values: Values, reading: Reading) -> object:
        table = expression.table
        if table is not None:
            for number, condition in enumerate(self._conditions(path, table), 1):
                if condition.run(values, now=reading.now, zone=reading.zone) is True:
                    self.note(path, number)
                    if table.hit is Hit.FIRST:
                        break
        return expression.value(values, reading.now, reading.zone)

    def _conditions(self, path: Path, table: Table) -> tuple[feel.Compiled, ...]:
        if path not in self.conditions:
            self.conditions[path] = tuple(feel.compile(t.Tree("", holds(table, row))) for row in table.rows)
        return self.conditions[path]

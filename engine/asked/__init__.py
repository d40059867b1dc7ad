"""What is asked now, and what the rules know: every condition judged once, from the answers alone.

Hidden is absent: a field that isn't asked is None to every rule, whatever the draft still holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import cast

from engine.asked.facts import Facts, Known, settled
from engine.asked.figures import figures
from engine.asked.later import come_to, fields_of
from engine.asked.lines import settled_lines, table
from engine.asked.order import order, row_order
from engine.asked.reading import AskedPage, Reading, Row, RowReading
from engine.feel.arithmetic import add
from engine.kinds import Json, kind_of
from engine.kinds.kind import items, members
from engine.language import Scheme
from engine.language.model import Computed, Expression, Field, Total
from engine.organisation import Organisation

__all__ = ["AskedPage", "Facts", "Known", "Reading", "RowReading", "holds", "read_answers"]


def read_answers(
    scheme: Scheme,
    answers: Mapping[str, Json],
    *,
    now: datetime,
    organisation: Organisation,
    deposited_on: date | None = None,
    extra: Mapping[str, object] | None = None,
    facts: Facts | None = None,
) -> Reading:
    """Read stored answers under a scheme, at an instant (aware UTC).

    Parameters are those in force on the day of deposit, today in the organisation's zone when there was none yet;
    `dossier.deposited_on` and `dossier.complete_on` are that day unless `extra["dossier"]` says otherwise. `facts` are
    those known so far; each counts only for the answers it was found by.
    """
    settling = _Settling(
        scheme, answers, now, organisation, deposited_on=deposited_on, extra=extra or {}, facts=facts or {}
    )
    settling.settle()
    return settling.reading()


def holds(condition: Expression | None, values: Mapping[str, object], reading: Reading) -> bool:
    """Whether a condition is true with these values; no condition always holds."""
    return condition is None or condition.holds(values, reading.now, reading.zone)


class _Settling:
    """The work of one reading: each page, field and total in turn, those it reads before it."""

    def __init__(
        self,
        scheme: Scheme,
        answers: Mapping[str, Json],
        now: datetime,
        organisation: Organisation,
        *,
        deposited_on: date | None,
        extra: Mapping[str, object],
        facts: Facts,
    ) -> None:
        self.scheme, self.answers, self.now, self.organisation = scheme, answers, now, organisation
        self.facts = facts
        self.zone = organisation.zone
        day = deposited_on or organisation.local_date(now)
        dossier = {"deposited_on": day, "complete_on": day, **members(extra.get("dossier"))}
        dossier["forms"] = come_to(scheme, dossier.get("state"), answers)
        self.steps, self.row_orders = order(scheme), row_order(scheme)
        self.values: dict[str, object] = dict.fromkeys(step.id for step in self.steps if step.sort != "page")
        self.values |= {**figures(scheme, day, now, self.zone), **extra, "dossier": dossier}
        self.pages: set[str] = set()
        self.asked: set[str] = set()
        self.rows: dict[str, tuple[Row, ...]] = {}

    def settle(self) -> None:
        """Judge every condition and fill in every value."""
        fields, pages = self.scheme.fields, self.scheme.form
        totals = {name: (field, total) for field in fields.values() for name, total in field.totals.items()}
        for step in self.steps:
            if step.sort == "page":
                if self._holds(pages[step.id].when, self.values):
                    self.pages.add(step.id)
            elif step.sort == "field":
                self._settle_field(fields[step.id])
            elif step.sort == "computed":
                self.values[step.id] = self._computed(self.scheme.computed[step.id])
            elif step.sort == "form":
                self.values[step.id] = self._form(step.id)
            elif step.sort == "fact":
                fact = self.scheme.facts[step.id]
                self.values[step.id] = settled(fact, self.facts.get(step.id), self.values)
            else:
                field, total = totals[step.id]
                self.values[step.id] = self._total(field, total)

    def _form(self, id: str) -> dict[str, object]:
        """A form asked later, as it is known elsewhere: its fields and its totals."""
        fields = sorted(fields_of(self.scheme)[id])
        names = [*fields, *(name for field in fields for name in self.scheme.fields[field].totals)]
        return {name: self.values[name] for name in names}

    def _computed(self, one: Computed) -> object:
        """The value, or the function of what it depends on; what it isn't given is null."""
        if not one.by:
            return one.value.value(self.values, self.now, self.zone)

        def function(*arguments: object) -> object:
            given = dict.fromkeys(one.by) | dict(zip(one.by, arguments, strict=False))
            return one.value.value({**self.values, **given}, self.now, self.zone)

        return function

    def reading(self) -> Reading:
        """What was found, in the order of the form."""
        pages = tuple(
            AskedPage(page, fields)
            for page in self.scheme.form.values()
            if (fields := tuple(field for field in page.fields.values() if field.id in self.asked))
        )
        return Reading(
            self.scheme,
            self.answers,
            self.values,
            pages,
            frozenset(self.asked),
            self.now,
            self.organisation,
            self.rows,
            self.facts,
        )

    def _holds(self, condition: Expression | None, values: Mapping[str, object]) -> bool:
        return condition is None or condition.holds(values, self.now, self.zone)

    def _settle_field(self, field: Field) -> None:
        if field.page not in self.pages or not self._holds(field.when, self.values):
            return
        self.asked.add(field.id)
        answer = self.answers.get(field.id)
        if answer is None:
            return
        if not field.fields:
            self.values[field.id] = kind_of(field).value(field, answer)
        elif field.lines:
            self.rows[field.id] = settled_lines(field, answer, self.values, self.now, self.zone)
            self.values[field.id] = table(self.rows[field.id])
        elif isinstance(answer, list):
            self.rows[field.id] = self._settled(field, answer, self.values)
            self.values[field.id] = [dict(row.values) for row in self.rows[field.id]]

    def _settled(self, repeat: Field, answer: object, around: Mapping[str, object]) -> tuple[Row, ...]:
        """The rows of a repeat; `around` is what they know besides."""
        rows = enumerate(items(answer), 1)
        return tuple(self._row(repeat, members(row), number, around) for number, row in rows)

    def _row(
        self, field: Field, typed: Mapping[str, object], number: int, around: Mapping[str, object]
    ) -> Row:
        own: dict[str, object] = dict.fromkeys((*field.fields, *field.row_totals))
        scope = {**around, **own, "row": {"number": Decimal(number)}}
        asked = set()
        rows: dict[str, tuple[Row, ...]] = {}
        for inner in self.row_orders[field.place]:
            if self._holds(inner.when, scope):
                asked.add(inner.id)
                own[inner.id] = scope[inner.id] = self._cell(inner, typed.get(inner.id), scope, rows)
            known = rows.get(inner.id, None if inner.id in asked else ())
            for name, total in inner.totals.items():
                own[name] = scope[name] = self._sum(inner, total, known, scope)
        held = [inner for inner in field.fields.values() if inner.id in asked]
        typed_in = tuple(inner for inner in held if inner.value is None)
        computed = tuple(inner for inner in held if inner.value is not None)
        return Row(typed_in, own, computed, rows=rows)

    def _cell(
        self,
        inner: Field,
        answer: object,
        scope: Mapping[str, object],
        rows: dict[str, tuple[Row, ...]],
    ) -> object:
        """The value of a row's field; rows in the row are settled into `rows`."""
        if inner.value is not None:
            return inner.value.value(scope, self.now, self.zone)
        if inner.fields and isinstance(answer, list):
            rows[inner.id] = self._settled(inner, answer, scope)
            return [dict(row.values) for row in rows[inner.id]]
        return None if answer is None else kind_of(inner).value(inner, answer)

    def _total(self, field: Field, total: Total) -> Decimal | None:
        """The sum over the rows of a repeat of the form; one that isn't asked has no row."""
        known = self.rows.get(field.id, None if field.id in self.asked else ())
        return self._sum(field, total, known, self.values)

    def _sum(
        self, field: Field, total: Total, rows: tuple[Row, ...] | None, around: Mapping[str, object]
    ) -> Decimal | None:
        """The sum over the rows that count: 0 for no row, None while one of its terms, or the rows, are unknown.

        A row where the field isn't asked adds nothing.
        """
        if rows is None:
            return None
        terms: list[object] = []
        for number, row in enumerate(rows, 1):
            scope = {**around, **row.values, "row": {"number": Decimal(number)}}
            counts = not row.is_sum and self._holds(total.where, scope)
            held = total.sum not in field.fields or any(
                inner.id == total.sum for inner in (*row.fields, *row.computed)
            )
            if counts and held:
                terms.append(row.values[total.sum])
        if any(term is None for term in terms):
            return None
        return cast("Decimal | None", reduce(add, terms, Decimal(0)))

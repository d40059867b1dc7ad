"""A Reading: what one set of answers means under one scheme, computed once and passed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

from engine.asked.facts import Facts
from engine.kinds import Json
from engine.kinds.kind import items, members, stored_rows
from engine.language import Scheme
from engine.language.model import Field, Page
from engine.organisation import Organisation
from engine.problems import AnswerProblem


@dataclass(frozen=True, slots=True)
class AskedPage:
    """A page that is asked now, with the fields asked on it, in order.

    A page asked for each row of a repeat stands there once for each, `row` counting from 0: its field is the repeat, of which it
    shows that row alone, and what is asked on it.
    """

    page: Page
    fields: tuple[Field, ...]
    row: int | None = None

    @property
    def id(self) -> str:
        """What it is called in addresses: `school-2` for the second row."""
        return self.page.id if self.row is None else f"{self.page.id}-{self.row + 1}"

    def cells(self, reading: Reading) -> frozenset[str]:
        """The fields of its row that are asked on it; none on a page that isn't asked for each row."""
        row = None if self.row is None else reading.row(self.fields[0].id, self.row)
        return frozenset(one.id for one in row.fields if one.page == self.page.id) if row else frozenset()

    def shows(self, path: tuple[str | int, ...]) -> bool:
        """Whether an answer (`("children", 1, "school")`), or what is wrong with it, stands on this page."""
        known = self.page.fields if self.row is None else {one.id: one for one in self.fields}
        field = known.get(str(path[0])) if path else None
        if field is None:
            return False
        inner = field.fields.get(str(path[2])) if len(path) > 2 else None
        if self.row is None:
            return inner is None or inner.page == self.page.id
        return inner is not None and inner.page == self.page.id and path[1] == self.row


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row of a repeat, or `line` of a matrix: the fields asked in it, and what its conditions and checks know (outer names too).

    `computed` are the fields nobody types: their values stand among `values`.
    """

    index: int
    fields: tuple[Field, ...]
    values: Mapping[str, object]
    computed: tuple[Field, ...] = ()
    line: str = ""
    inner: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def rows(self, field_id: str) -> tuple[RowReading, ...]:
        """The rows in this row, of a repeat that stands in it."""
        return tuple(
            row_reading(index, row, self.values) for index, row in enumerate(self.inner.get(field_id, ()))
        )

    def row(self, field_id: str, index: int) -> RowReading | None:
        """One of those rows by its place, without reading the others; None when it isn't there."""
        settled = self.inner.get(field_id, ())
        return row_reading(index, settled[index], self.values) if index < len(settled) else None

    @property
    def step(self) -> str | int:
        """The step of a path that leads to it: its line in a matrix, its place in a repeat."""
        return self.line or self.index


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was settled: the fields asked, those computed, and its own values, None where hidden or blank.

    `key` is the line of a matrix; `is_sum` a line computed from others, which no total adds again; `rows` are those of each
    repeat in it.
    """

    fields: tuple[Field, ...]
    values: Mapping[str, object]
    computed: tuple[Field, ...] = ()
    key: str = ""
    is_sum: bool = False
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


def row_reading(index: int, row: Row, around: Mapping[str, object]) -> RowReading:
    """A settled row with what is known around it."""
    values = {**around, **row.values, "row": {"number": Decimal(index + 1)}}
    return RowReading(index, row.fields, values, row.computed, row.key, row.rows)


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers read under a scheme: what is asked, and what the rules know (None for hidden and blank).

    `values` holds fields, totals, parameters and lists (functions), `dossier` and whatever the caller added;
    `asked` the ids of the top-level fields asked now; `now` is aware UTC; `facts` those it was read with. `judged`: what was
    found wrong on its pages so far, by id (engine.validation): a reading never changes, so no page is judged twice.
    """

    scheme: Scheme
    answers: Mapping[str, Json]
    values: Mapping[str, object]
    pages: tuple[AskedPage, ...]
    asked: frozenset[str]
    now: datetime
    organisation: Organisation
    settled_rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    judged: dict[str, tuple[AnswerProblem, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the organisation, in which `today()` is read."""
        return self.organisation.zone

    @property
    def unknown_facts(self) -> frozenset[str]:
        """The facts that are not established for these answers: whatever the rules make of them is not known."""
        names = self.scheme.facts
        return frozenset(name for name in names if not any_known(members(self.values.get(name))))

    def is_asked(self, id: str) -> bool:
        """Whether a top-level field is asked now."""
        return id in self.asked

    @property
    def steps(self) -> tuple[AskedPage, ...]:
        """The pages one goes through: a page asked for each row of a repeat once for each."""
        return tuple(_steps(self)) if any(page.for_each for page in self.scheme.form.values()) else self.pages

    def page(self, id: str) -> AskedPage | None:
        """A page, when it is asked now; the one of a row as `school-2`."""
        return next((asked for asked in self.steps if asked.id == id), None)

    def rows(self, field_id: str) -> tuple[RowReading, ...]:
        """The rows of a repeat that is asked now, the lines of a matrix; none otherwise."""
        return tuple(
            row_reading(index, row, self.values)
            for index, row in enumerate(self.settled_rows.get(field_id, ()))
        )

    def row(self, field_id: str, index: int) -> RowReading | None:
        """One of those rows by its place, without reading the others; None when it isn't there."""
        settled = self.settled_rows.get(field_id, ())
        return row_reading(index, settled[index], self.values) if index < len(settled) else None

    def has_form(self, id: str) -> bool:
        """Whether a form asked later is asked by now; the first one ("") always is."""
        return not id or any(one.page.later == id for one in self.pages)

    def kept(self) -> dict[str, Json]:
        """The answers without what is hidden or blank: what a filing stores."""
        return {
            asked.id: self._kept_rows(asked) if asked.fields else self.answers[asked.id]
            for page in self.pages
            for asked in page.fields
            if self.answers.get(asked.id) is not None
        }

    def _kept_rows(self, repeat: Field) -> Json:
        typed = stored_rows(repeat, self.answers[repeat.id])
        settled = self.settled_rows.get(repeat.id, ())
        rows = [_kept_row(row, one) for row, one in zip(typed, settled, strict=False)]
        if not repeat.lines:
            return rows
        return {one.key: row for one, row in zip(settled, rows, strict=True) if row}


def _kept_row(typed: object, row: Row) -> dict[str, Json]:
    """What is asked in a row and was answered; of rows in it too."""
    found: dict[str, Json] = {}
    for inner in row.fields:
        answer = members(typed).get(inner.id)
        if inner.id in row.rows:
            pairs = zip(items(answer), row.rows[inner.id], strict=False)
            found[inner.id] = [_kept_row(one, below) for one, below in pairs]
        elif answer is not None:
            found[inner.id] = answer
    return found


def any_known(parts: Mapping[str, object]) -> bool:
    """Whether anything is known of a fact."""
    return any(part is not None for part in parts.values())


def _steps(reading: Reading) -> Iterator[AskedPage]:
    """The pages asked, and those of rows: pages of the same rows that follow each other go row by row."""
    pages = {asked.page.id: asked for asked in reading.pages}
    shown = {field.id: field for asked in reading.pages for field in asked.fields}
    for name, together in groupby(reading.scheme.form.values(), key=lambda page: page.for_each):
        if not name:
            yield from (pages[page.id] for page in together if page.id in pages)
        elif name in shown:
            yield from _of_rows(reading, shown[name], tuple(together))


def _of_rows(reading: Reading, repeat: Field, pages: Sequence[Page]) -> Iterator[AskedPage]:
    for index, row in enumerate(reading.settled_rows.get(repeat.id, ())):
        asked = {field.page for field in row.fields}
        yield from (AskedPage(page, (repeat,), index) for page in pages if page.id in asked)

"""A Reading: what one set of answers means under one scheme, computed once and passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.asked.facts import Facts
from engine.kinds import Json
from engine.kinds.kind import items, members, stored_rows
from engine.language import Scheme
from engine.language.model import Field, Page
from engine.organisation import Organisation


@dataclass(frozen=True, slots=True)
class AskedPage:
    """A page that is asked now, with the fields asked on it, in order."""

    page: Page
    fields: tuple[Field, ...]


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
    `asked` the ids of the top-level fields asked now; `now` is aware UTC; `facts` those it was read with.
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

    def page(self, id: str) -> AskedPage | None:
        """A page, when it is asked now."""
        return next((asked for asked in self.pages if asked.page.id == id), None)

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

"""What a form is made of: pages, fields and checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.feel.types import Type
from engine.language.expressions import Expression, Text
from engine.problems import Path

INNER = {"matrix": "columns"}  # where inner fields don't stand under `fields`
APPLICANT = "applicant"  # the party who begins a dossier; every scheme has this one


@dataclass(frozen=True, slots=True)
class Check:
    """What must be so among answers, and what people read when it is not."""

    id: str
    require: Expression
    otherwise: Text


@dataclass(frozen=True, slots=True)
class Once:
    """An answer no two dossiers of the scheme may share, and what people read when they do."""

    per: Literal["scheme"]
    otherwise: Text


@dataclass(frozen=True, slots=True)
class Total:
    """A name for the sum of one field over all rows (0 when there is none); `where` picks the rows."""

    sum: str
    where: Expression | None
    label: Text
    type: Type


@dataclass(frozen=True, slots=True)
class Line:
    """One fixed line of a matrix. `value` computes it for each column of figures, from the other lines."""

    id: str
    label: Text
    value: Expression | None = None
    heading: bool = False

    @property
    def is_typed(self) -> bool:
        """Whether its cells are typed."""
        return self.value is None and not self.heading


@dataclass(frozen=True, slots=True)
class Field:
    """One question; `options` are its kind's own keys, loaded; `fields`, `row` and `totals` those of a repeat;
    a matrix has its columns as `fields`, and `lines`. `layout` is "table" for rows that stand in a table, `is_ordered` says that their order may be
    changed, `unique` the fields no two rows share.

    `messages` are the author's own sentences on what is wrong, by code, their holes as written.
    `page` is empty in an action's form; `parent` is the repeat a row's field belongs to ("projects", and "projects/lines" for rows in its rows). What has a `value` is computed
    for each row, and never typed. `filled_by`: the part of a fact that fills it in.
    """

    id: str
    kind: str
    label: Text
    help: Text | None = None
    when: Expression | None = None
    optional: bool = False
    sensitive: bool = False
    hide_from: frozenset[str] = frozenset()
    once: Once | None = None
    checks: tuple[Check, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    row: Text | None = None
    totals: Mapping[str, Total] = field(default_factory=dict)
    page: str = ""
    parent: str | None = None
    value: Expression | None = None
    messages: Mapping[str, Text] = field(default_factory=dict)
    lines: Mapping[str, Line] = field(default_factory=dict)
    layout: str = ""
    is_ordered: bool = False
    unique: tuple[str, ...] = ()
    filled_by: tuple[str, str] | None = None

    @property
    def inner(self) -> str:
        """The key in YAML under which its inner fields stand."""
        return INNER.get(self.kind, "fields")

    @property
    def is_secret(self) -> bool:
        """Whether its answer is sealed, left out of mails, and journalled when read: a part of it may be enough."""
        return self.sensitive or any(inner.sensitive for inner in self.below)

    @property
    def place(self) -> str:
        """Its name after those of the repeats around it: "projects/lines"."""
        return f"{self.parent}/{self.id}" if self.parent else self.id

    @property
    def below(self) -> Iterator[Field]:
        """Its inner fields, and those of the rows in its rows."""
        for inner in self.fields.values():
            yield inner
            yield from inner.below

    @property
    def row_totals(self) -> Mapping[str, tuple[Field, Total]]:
        """The totals a row knows by name: those of the repeats in it."""
        return {
            name: (inner, total) for inner in self.fields.values() for name, total in inner.totals.items()
        }

    @property
    def row_names(self) -> frozenset[str]:
        """What a row knows by itself: its fields, and the totals of the repeats in it."""
        return frozenset({*self.fields, *self.row_totals})


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that stand together under a title; their own conditions hold its `when` already."""

    id: str
    title: Text
    help: Text | None
    fields: tuple[str, ...]
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What is said among the fields: `sort` is "info", "warning" or "shows" (`text` is then the label of `value`).

    It stands before the field of that name, "" for the end of the page.
    """

    id: str
    sort: str
    text: Text
    when: Expression | None = None
    value: Expression | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of the form; `asked_of` is the party who fills it in; the fields of a section stand together.

    A page asked `for_each` row of a repeat has no fields of its own: they are the repeat's, and name this page.
    `later`: the form asked later it belongs to, whose condition its own holds already.
    """

    id: str
    title: Text
    help: Text | None = None
    when: Expression | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    sections: Mapping[str, Section] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    asked_of: str = APPLICANT
    for_each: str = ""
    later: str = ""


def inner_path(path: Path, repeat: Field, inner: Field) -> Path:
    """Where a field of rows stands in the file: under its repeat, which stands at `path`, or on its own page."""
    apart: Path = ("form", inner.page, "fields", inner.id)
    return apart if inner.page != repeat.page else (*path, repeat.inner, inner.id)


def asked_on(page: Page, fields: Mapping[str, Field]) -> tuple[Field, ...]:
    """The fields a page asks, `fields` being those of the form; of one asked for each row of a repeat, those of the row."""
    if not page.for_each:
        return tuple(page.fields.values())
    return tuple(one for one in fields[page.for_each].fields.values() if one.page == page.id)

"""Questions as a template shows them: each with its inputs, its problems, its rows; made in renderers.controls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

from renderers.asking import Asking
from renderers.choices import Offered
from renderers.control_parts import Part
from renderers.documents import DocumentLike
from renderers.form_figures import Figure
from renderers.grids import Line
from renderers.options import Choice


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeat or line of a matrix: `name` begins the names of its controls, `figures` are what is computed
    for it. `is_heading`: it only names the lines below."""

    name: str
    title: str
    controls: tuple[Control | Again, ...] = ()
    figures: tuple[Figure, ...] = ()
    is_heading: bool = False

    def cells(self, columns: Mapping[str, str]) -> tuple[tuple[str, Control | Again | Figure | None], ...]:
        """What stands in the columns of a table (labels by id), each with its label; None for nothing."""
        found: dict[str, Control | Again | Figure] = {one.name: one for one in self.controls}
        found |= {one.name: one for one in self.figures}
        return tuple((label, found.get(f"{self.name}-{id}")) for id, label in columns.items())


@dataclass(frozen=True, slots=True)
class Control:
    """One question as a template shows it.

    `name` is the name of its (first) control and `id` that of the element; `template` the one of its kind;
    `parts` its inputs; `offered` what one may choose from; `choices` the places one may mean, `options` those of a menu
    (ready HTML); `lines` those of a grid.
    `asking`: what staff may say besides what they tick; `remark`: what the service said of it when it asked for it again.
    `source` tells which source filled it in, or what it says; `look_up`: it may be sent alone, to fill others in;
    `searched_at`: where the page's script asks which places are meant while one types.
    `problems` are said under the label, each a whole sentence. `dossier`: the public id of the application whose
    documents can be opened, "" where there is none; `largest`: the bytes of one at most, `too_big` what is said beyond.
    `asked` is "" for a question that stays, "shown" or
    "hidden" for one the page's script may take away or bring: a hidden one counts for nothing without it.
    `most` says how long a text may be where the scheme says so; `count` is what the script writes there instead, `{count}`
    for the characters typed.
    `columns` are the labels of a table by id, none when rows stand as groups; `row` is what the row it stands in is called.
    """

    name: str
    kind: str
    label: str
    hint: str
    optional: bool
    problems: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    offered: Offered | None = None
    asking: Asking | None = None
    choices: tuple[Choice, ...] = ()
    lines: tuple[Line, ...] = ()
    options: Markup | None = None
    rows: tuple[Row, ...] = ()
    totals: tuple[Figure, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    may_add: bool = True
    may_move: bool = False
    may_remove: bool = True
    documents: tuple[DocumentLike, ...] = ()
    accept: str = ""
    formats: str = ""
    largest: int = 0
    too_big: str = ""
    dossier: str = ""
    asked: str = ""
    most: str = ""
    count: str = ""
    row: str = ""
    source: str = ""
    remark: str = ""
    look_up: bool = False
    searched_at: str = ""
    is_again: ClassVar[bool] = False
    is_figure: ClassVar[bool] = False

    @property
    def id(self) -> str:
        """The id of the element a summary of problems links to."""
        return f"q-{self.name}"

    @property
    def grid(self) -> tuple[tuple[Row, tuple[tuple[str, Control | Again | Figure | None], ...]], ...]:
        """The rows of a table, each with its cells (see Row.cells)."""
        return tuple((row, row.cells(self.columns)) for row in self.rows)

    @property
    def template(self) -> str:
        """The template of its kind."""
        return "fields/table.html" if self.columns else f"fields/{self.kind}.html"

    @property
    def described_by(self) -> str:
        """The ids of the hint, of the problem and of the count, for aria-describedby."""
        hint = [f"{self.id}-hint"] if self.hint or self.formats else []
        hint += [f"{self.id}-source"] if self.source else []
        hint += [f"{self.id}-remark"] if self.remark else []
        count = [f"{self.id}-count"] if self.most else []
        return " ".join(hint + ([f"{self.id}-problem"] if self.problems else []) + count)


@dataclass(slots=True, eq=False)
class Mould:
    """A question that several rows ask alike: its name, its values and what its row is called are marks (renderers.moulds).
    `text` is what its template made of it, once it was written out, the marks to be filled in by `%`."""

    control: Control
    text: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """A question of one row that stands there as its mould says: `name`, `asked` and `row` as of a Control, `values` those of
    its inputs."""

    mould: Mould
    name: str
    values: tuple[str, ...]
    asked: str
    row: str
    is_again: ClassVar[bool] = True
    is_figure: ClassVar[bool] = False

    @property
    def kind(self) -> str:
        """The kind of the question."""
        return self.mould.control.kind

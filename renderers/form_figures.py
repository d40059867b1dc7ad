"""What a form computes on the page itself, as people read it: values of each row, and totals under the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from engine.asked import Reading
from engine.asked.behind import behind, is_blank
from engine.asked.order import reads
from engine.asked.reading import Row
from engine.kinds.field import figure_columns
from engine.language.expressions import as_json, printed_type
from engine.language.model import Field, Text
from engine.problems import Path
from engine.words import Printed
from renderers import labels
from renderers.summary import computed_answer
from renderers.words import printed


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing computed; `value` is "" while it is not known, or an answer behind it is still to come.

    `name` is a total's name in the rules, and `children-0-grant` for the value of a row; `column` is what a total adds up.
    """

    label: str
    value: str
    name: str
    column: str = ""
    is_figure: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class KnownRows:
    """The rows of a repeat as they were read: `place` leads to it ("projects", 0, "lines"). `reading` is the one whose
    figures belong to what is typed, with what is known around the rows; None when they may be others. `blank`: the answers
    still to come somewhere (engine.asked.behind.blank_paths)."""

    rows: tuple[Row, ...]
    place: Path
    reading: Reading | None
    language: str
    blank: frozenset[str] = frozenset()


def row_figures(repeat: Field, name: str, index: int, known: KnownRows) -> tuple[Figure, ...]:
    """What is computed for one row (counted from 0), in order; `name` is the name of the row's controls."""
    computed = [inner for inner in repeat.fields.values() if inner.value is not None]
    if repeat.lines:
        computed = _computed_cells(repeat, index)
    return tuple(
        Figure(
            _said(inner.label, known),
            _row_value(repeat, inner, index, known) if known.reading else "",
            f"{name}-{inner.id}",
        )
        for inner in computed
    )


def _computed_cells(matrix: Field, index: int) -> list[Field]:
    """The computed columns; in a computed line all those of figures."""
    lines = [line for line in matrix.lines.values() if not line.heading]
    names = figure_columns(matrix) if lines[index].value is not None else ()
    return [one for one in matrix.fields.values() if one.value is not None or one.id in names]


def _row_value(repeat: Field, inner: Field, index: int, known: KnownRows) -> str:
    rows = known.rows
    if index >= len(rows) or inner not in rows[index].computed:
        return ""
    value = inner.value
    if rows[index].is_sum and value is None:
        value, scope = repeat.lines[rows[index].key].value, None
        names = reads(value) - repeat.lines.keys() | {repeat.id}
    else:
        names, scope = reads(value), repeat
    if _waits(known, names, scope, (*known.place, index) if scope else ()):
        return ""
    return computed_answer(inner, rows[index].values[inner.id], known.language)


def totals(repeat: Field, known: KnownRows) -> tuple[Figure, ...]:
    """The totals of a repeat."""
    before = "".join(f"{step}-" for step in known.place[:-1])
    return tuple(
        Figure(
            _said(total.label, known),
            _total(repeat, name, known) if known.reading else "",
            before + name,
            total.sum,
        )
        for name, total in repeat.totals.items()
    )


def _total(repeat: Field, name: str, known: KnownRows) -> str:
    value = known.reading.values.get(name) if known.reading else None
    *above, _ = known.place
    around = known.reading.scheme.fields[str(above[0])] if known.reading and above else None
    if not known.rows or value is None or _waits(known, [name], around, tuple(above)):
        return ""
    return printed(Printed(as_json(value), printed_type(repeat.totals[name].type, value)), known.language)


def _waits(known: KnownRows, names: Iterable[str], scope: Field | None, row: Path) -> bool:
    """Whether an answer behind these names, read in a row of `scope`, is still to come."""
    reading = known.reading
    if reading is None or not known.blank:
        return False
    paths = behind(reading.scheme, names, scope) & known.blank
    return any(is_blank(reading, path, row=row) for path in paths)


def _said(text: Text, known: KnownRows) -> str:
    reading, language = known.reading, known.language
    return text.plain(language) if reading is None else labels.said(text, reading, language)

"""What a form computes on the page itself, as people read it: values of each row, and totals under the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.asked import Reading
from engine.asked.behind import behind, is_blank
from engine.asked.order import reads
from engine.kinds.field import figure_columns
from engine.language.expressions import as_json, printed_type
from engine.language.model import Field, Text
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


def row_figures(
    repeat: Field, name: str, index: int, reading: Reading | None, language: str
) -> tuple[Figure, ...]:
    """What is computed for one row (counted from 0), in order; `name` is the name of the row's controls."""
    computed = [inner for inner in repeat.fields.values() if inner.value is not None]
    if repeat.lines:
        computed = _computed_cells(repeat, index)
    return tuple(
        Figure(
            _said(inner.label, reading, language),
            _row_value(repeat, inner, index, reading, language) if reading else "",
            f"{name}-{inner.id}",
        )
        for inner in computed
    )


def _computed_cells(matrix: Field, index: int) -> list[Field]:
    """The computed columns; in a computed line all those of figures."""
    lines = [line for line in matrix.lines.values() if not line.heading]
    names = figure_columns(matrix) if lines[index].value is not None else ()
    return [one for one in matrix.fields.values() if one.value is not None or one.id in names]


def _row_value(repeat: Field, inner: Field, index: int, reading: Reading, language: str) -> str:
    rows = reading.settled_rows.get(repeat.id, ())
    if index >= len(rows) or inner not in rows[index].computed:
        return ""
    value = inner.value
    if rows[index].is_sum and value is None:
        value, scope = repeat.lines[rows[index].key].value, None
        names = reads(value) - repeat.lines.keys() | {repeat.id}
    else:
        names, scope = reads(value), repeat
    if _waits(reading, behind(reading.scheme, names, scope), (repeat.id, index) if scope else None):
        return ""
    return computed_answer(inner, rows[index].values[inner.id], language)


def totals(repeat: Field, reading: Reading | None, language: str) -> tuple[Figure, ...]:
    """The totals of a repeat."""
    return tuple(
        Figure(
            _said(total.label, reading, language),
            _total(repeat, name, reading, language) if reading else "",
            name,
            total.sum,
        )
        for name, total in repeat.totals.items()
    )


def _total(repeat: Field, name: str, reading: Reading, language: str) -> str:
    value = reading.values[name]
    rows = reading.settled_rows.get(repeat.id, ())
    if not rows or value is None or _waits(reading, behind(reading.scheme, [name])):
        return ""
    return printed(Printed(as_json(value), printed_type(repeat.totals[name].type, value)), language)


def _waits(reading: Reading, paths: Iterable[str], row: tuple[str, int] | None = None) -> bool:
    return any(is_blank(reading, path, row=row) for path in paths)


def _said(text: Text, reading: Reading | None, language: str) -> str:
    return text.plain(language) if reading is None else labels.said(text, reading, language)

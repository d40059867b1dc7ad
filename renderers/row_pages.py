"""A page asked for each row of a repeat: the questions of one row, standing as those of any page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from engine.asked import AskedPage, Reading
from renderers.control_views import Control
from renderers.layout import Block, laid_out_row


@dataclass(frozen=True, slots=True)
class Shown:
    """The questions of a page; of one asked for each row their blocks too, and what it sends besides (name, value): which
    field and which row they belong to."""

    controls: tuple[Control, ...]
    layout: tuple[Block, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()


def shown_on(
    asked: AskedPage,
    controls: Sequence[Control],
    reading: Reading,
    language: str,
    live: Collection[str] = (),
) -> Shown:
    """The questions made for the fields of a page, as they stand on it. `live`: the notes its script may bring, by id."""
    if asked.row is None:
        return Shown(tuple(controls))
    rows = [row for control in controls for row in control.rows]
    questions = tuple(one for row in rows for one in row.controls if isinstance(one, Control))
    figures = [one for row in rows for one in row.figures]
    row = reading.row(asked.fields[0].id, asked.row)
    blocks = []
    if row is not None:
        blocks = [*laid_out_row(asked.page, questions, row, asked.fields[0], reading, language, live)]
    blocks += [Block("shows", one.name, one.label, one.value, hidden=not one.value) for one in figures]
    marks = [("_asked", one.name) for one in controls] + [(row.name, "row") for row in rows]
    return Shown(questions, tuple(blocks), tuple(marks))

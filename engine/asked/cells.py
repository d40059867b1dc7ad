"""Questions of one row, named as their control is: `children-1-level` is `level` in the second row of `children`.

A correction may be about such a question alone; the other rows and questions then stay as they were given.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from engine.asked.reading import Reading
from engine.kinds.fields import CELL
from engine.kinds.kind import items, members
from engine.language.model import Field, Scheme, Text

Cells = frozenset[tuple[int, str]]  # the place of the row, counted from 0, and the id of the question


@dataclass(frozen=True, slots=True)
class Cell:
    """The question `inner` of the row at this place of the repeat `field`."""

    field: str
    row: int
    inner: str


def head_of(name: str) -> str:
    """The field of the form a name leads to: itself, or the repeat of a question of a row."""
    return name.partition("-")[0]


def cell_of(name: str) -> Cell | None:
    """The question of a row that is named; None for a field of the form."""
    found = re.fullmatch(CELL, name)
    return Cell(found[1], int(found[2]), found[3]) if found else None


def asked_again(scheme: Scheme, name: str) -> Field:
    """A field of the form, or the question of a row under its whole name, told with its repeat and row; `page` is then the
    one it is asked on, as addresses call it. Raises KeyError."""
    cell = cell_of(name)
    if cell is None:
        return scheme.fields[name]
    repeat = scheme.fields[cell.field]
    inner = repeat.fields[cell.inner]
    page = f"{inner.page}-{cell.row + 1}" if scheme.form[inner.page].for_each else inner.page
    return replace(inner, id=name, page=page, label=_label(repeat, cell.row, inner))


def _label(repeat: Field, row: int, inner: Field) -> Text:
    first = repeat.label.versions
    between = f" ({row + 1}) – "
    return Text({one: (*repeat.label.parts(one), between, *inner.label.parts(one)) for one in first})


def open_cells(repeat: Field, reopened: Collection[str] | None, reading: Reading) -> Cells | None:
    """What a correction leaves open of a repeat: the questions it names, and those of a row that are asked now and were
    never answered. None when all of it is, or nothing."""
    named = [cell for one in reopened or () if (cell := cell_of(one)) and cell.field == repeat.id]
    if not named or repeat.id in (reopened or ()):
        return None
    given = items(reading.answers.get(repeat.id))
    rows = [row for index in range(len(given)) if (row := reading.row(repeat.id, index))]
    new = {
        (row.index, one.id)
        for row in rows
        for one in row.fields
        if not one.optional and one.value is None and members(given[row.index]).get(one.id) is None
    }
    return frozenset({*new, *((cell.row, cell.inner) for cell in named)})

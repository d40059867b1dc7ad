"""CSV: for machines as RFC 4180 has it; for people as French spreadsheets open it by a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

from renderers.exports.tables import FORMULA, SEPARATOR, Cell, Head, Out, Sort, Table, inert

CHUNK = 500  # rows turned into bytes at once
MARK = b"\xef\xbb\xbf"  # without it some spreadsheets take accents for something else


def write(table: Table, out: Out, *, for_people: bool = False) -> None:
    """One table. Texts that a spreadsheet would compute are made inert; figures are never touched."""
    if for_people:
        out.write(MARK)
    written = [_written(head, for_people) for head in table.heads]
    _rows([[inert(head.heading) for head in table.heads]], out, for_people)
    rows = iter(table.rows)
    while chunk := list(islice(rows, CHUNK)):
        columns = zip(*chunk, strict=True)
        cells = [of(column) for of, column in zip(written, columns, strict=True)]
        _rows(zip(*cells, strict=True), out, for_people)


def _rows(rows: Iterable[Sequence[object]], out: Out, for_people: bool) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";" if for_people else ",", lineterminator="\r\n").writerows(rows)
    out.write(text.getvalue().encode())


Cells: TypeAlias = Sequence[
    Cell
]  # of one column: done a column at a time, which is twice as quick as by cells


def _written(head: Head, for_people: bool) -> Callable[[Cells], Sequence[object]]:
    if head.sort == "number" and for_people:
        return lambda cells: [None if cell is None else _number(cell).replace(".", ",") for cell in cells]
    return SORTS[head.sort]


def _texts(cells: Cells) -> Sequence[object]:
    return [
        cell if cell is None or (isinstance(cell, str) and cell[:1] not in FORMULA) else inert(str(cell))
        for cell in cells
    ]


def _number(cell: Cell) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _moment(cell: Cell) -> str:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else str(cell)


def _each(of: Callable[[Cell], object]) -> Callable[[Cells], Sequence[object]]:
    return lambda cells: [None if cell is None else of(cell) for cell in cells]


SORTS: dict[Sort, Callable[[Cells], Sequence[object]]] = {
    "text": _texts,
    "number": _each(_number),
    "whole": lambda cells: cells,
    "day": lambda cells: cells,
    "moment": _each(_moment),
    "yes_no": _each(lambda cell: "true" if cell is True else "false"),
    "list": _each(lambda cell: inert(SEPARATOR.join(cell) if isinstance(cell, tuple) else str(cell))),
}

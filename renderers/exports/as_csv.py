"""CSV: for machines as RFC 4180 has it; for people as French spreadsheets open it by a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice

from renderers.exports.tables import SEPARATOR, Cell, Head, Out, Sort, Table, inert

CHUNK = 500  # rows turned into bytes at once
MARK = b"\xef\xbb\xbf"  # without it some spreadsheets take accents for something else


def write(table: Table, out: Out, *, for_people: bool = False) -> None:
    """One table. Texts that a spreadsheet would compute are made inert; figures are never touched."""
    if for_people:
        out.write(MARK)
    written = [_written(head, for_people) for head in table.heads]
    _rows([[inert(head.heading) for head in table.heads]], out, for_people)
    rows = (
        [None if cell is None else of(cell) for of, cell in zip(written, row, strict=True)]
        for row in table.rows
    )
    while chunk := list(islice(rows, CHUNK)):
        _rows(chunk, out, for_people)


def _rows(rows: Iterable[Sequence[object]], out: Out, for_people: bool) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";" if for_people else ",", lineterminator="\r\n").writerows(rows)
    out.write(text.getvalue().encode())


def _written(head: Head, for_people: bool) -> Callable[[Cell], object]:
    if head.sort == "number" and for_people:
        return _with_comma
    return SORTS[head.sort]


def _text(cell: Cell) -> str:
    return inert(str(cell))


def _number(cell: Cell) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _with_comma(cell: Cell) -> str:
    return _number(cell).replace(".", ",")


def _moment(cell: Cell) -> str:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else str(cell)


def _list(cell: Cell) -> str:
    return inert(SEPARATOR.join(cell)) if isinstance(cell, tuple) else _text(cell)


SORTS: dict[Sort, Callable[[Cell], object]] = {
    "text": _text,
    "number": _number,
    "whole": str,
    "day": str,
    "moment": _moment,
    "yes_no": lambda cell: "true" if cell is True else "false",
    "list": _list,
}

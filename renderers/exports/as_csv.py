"""CSV: for machines as RFC 4180 has it; for people as French spreadsheets open it by a double click.

Written a column at a time and then joined: what makes a cell inert or needs marks around it is looked for in the whole column
first, which is seldom there. The standard library's writer looks at every sign of every cell, at twice the price of an export.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from renderers.exports.tables import FORMULA, SEPARATOR, Block, Cell, Head, Out, Sort, Table, inert

MARK = b"\xef\xbb\xbf"  # without it some spreadsheets take accents for something else
LINE = "\r\n"
COMMA, SEMICOLON = ",", ";"
STR, NOTHING = frozenset({str}), type(None)
Cells: TypeAlias = Sequence[Cell]  # of one column
Written: TypeAlias = Sequence[str]


def write(table: Table, out: Out, *, for_people: bool = False) -> None:
    """One table. Texts that a spreadsheet would compute are made inert; figures are never touched."""
    if for_people:
        out.write(MARK)
    delimiter = SEMICOLON if for_people else COMMA
    columns = [_written(head, delimiter) for head in table.heads]
    out.write(_lines([_texts([head.heading], delimiter) for head in table.heads], delimiter))
    for block in table.blocks:
        out.write(_lines(_columns(columns, block), delimiter))


def _columns(columns: Sequence[Callable[[Cells], Written]], block: Block) -> Sequence[Written]:
    return [written(cells) for written, cells in zip(columns, block, strict=True)]


def _lines(columns: Sequence[Written], delimiter: str) -> bytes:
    """Rows as bytes. A row of one empty cell is written as such: an empty line would be no row."""
    if len(columns) == 1:
        columns = [[cell or '""' for cell in columns[0]]]
    return "".join(f"{row}{LINE}" for row in map(delimiter.join, zip(*columns, strict=True))).encode()


def _written(head: Head, delimiter: str) -> Callable[[Cells], Written]:
    if head.sort in ("text", "list"):
        of = _texts if head.sort == "text" else _lists
        return lambda cells: of(cells, delimiter)
    if head.sort == "number" and delimiter == SEMICOLON:
        return lambda cells: [cell.replace(".", ",") for cell in _numbers(cells)]
    return SORTS[head.sort]


def _texts(cells: Cells, delimiter: str) -> Written:
    if not STR.issuperset(map(type, cells)):
        cells = ["" if cell is None else str(cell) for cell in cells]
    texts: Written = cells  # type: ignore[assignment]  # which they all are by now
    if not FORMULA.isdisjoint({text[:1] for text in texts}):
        texts = [inert(text) for text in texts]
    return _marked(texts, delimiter)


def _lists(cells: Cells, delimiter: str) -> Written:
    return _texts([SEPARATOR.join(cell) if isinstance(cell, tuple) else cell for cell in cells], delimiter)


def _marked(texts: Written, delimiter: str) -> Written:
    """With quotation marks around what would be read as more than one cell."""
    whole = "".join(texts)
    signs = [sign for sign in (delimiter, '"', "\r", "\n") if sign in whole]
    marked = set[str]()
    for sign in signs:
        marked.update([text for text in texts if sign in text])
    if not marked:
        return texts
    return ['"{}"'.format(text.replace('"', '""')) if text in marked else text for text in texts]


def _numbers(cells: Cells) -> Written:
    written = _plain(cells)
    return [_number(cell) for cell in written] if "E" in "".join(written) else written


def _number(text: str) -> str:
    """What `str` says of a figure is much quicker than formatting it, and the same but for powers of ten."""
    return f"{Decimal(text):f}" if "E" in text else text


def _moments(cells: Cells) -> Written:
    return [cell.isoformat("T", "seconds") if isinstance(cell, datetime) else "" for cell in cells]


def _plain(cells: Cells) -> Written:
    if NOTHING not in set(map(type, cells)):
        return [*map(str, cells)]
    return ["" if cell is None else str(cell) for cell in cells]


YES_NO: Mapping[Cell, str] = {True: "true", False: "false", None: ""}
SORTS: Mapping[Sort, Callable[[Cells], Written]] = {
    "number": _numbers,
    "whole": _plain,
    "day": _plain,
    "moment": _moments,
    "yes_no": lambda cells: [YES_NO.get(cell, "") for cell in cells],
}

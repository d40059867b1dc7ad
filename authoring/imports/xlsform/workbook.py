"""Reads the sheets of an XLSForm as texts with their places; a workbook that would swell beyond bounds is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from engine.problems import Place, Problem

SIZE, UNPACKED, ENTRIES = 5_000_000, 60_000_000, 500  # bytes, bytes, files
ROWS, COLUMNS, SIGNS = 20_000, 100, 20_000  # of a sheet; characters of a cell
SHEETS = ("survey", "choices", "settings")
UNREADABLE = (
    BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    OSError,
    EOFError,
    SyntaxError,
)


class NotReadable(Exception):
    """A file which is no XLSForm: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by the name of their column; `place` is that of its first cell."""

    cells: Mapping[str, Cell]
    place: Place

    def text(self, column: str) -> str:
        """What stands under a column; "" when nothing does."""
        found = self.cells.get(column)
        return found.text if found else ""

    def at(self, column: str) -> Place:
        """Where a column of this row stands."""
        found = self.cells.get(column)
        return found.place if found else self.place


@dataclass(slots=True)
class Workbook:
    """One file: the rows of its sheets, and the problems noted on the way."""

    file: str
    sheets: Mapping[str, tuple[Row, ...]]
    columns: Mapping[str, tuple[str, ...]]
    problems: list[Problem] = field(default_factory=list)

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of a sheet; none when it isn't there."""
        return self.sheets.get(sheet, ())

    def note(self, code: str, place: Place, **params: object) -> None:
        """Note what is not carried over, or not entirely."""
        self.problems.append(Problem(code, params, place, (), "warning"))


def read_workbook(content: bytes, file: str) -> Workbook:
    """The sheets of a workbook; raises NotReadable."""
    try:
        _require_bounded(content, file)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        found = {name.strip().lower(): book[name] for name in book.sheetnames}
        read = {name: _rows(found[name], name, file) for name in SHEETS if name in found}
        book.close()
    except UNREADABLE:
        raise _refused("xls_no_workbook", file) from None
    if not read.get("survey", ((), ()))[1]:
        raise _refused("xls_no_survey", file)
    columns = {name: columns for name, (columns, _) in read.items()}
    return Workbook(file, {name: rows for name, (_, rows) in read.items()}, columns)


def _refused(code: str, file: str, **params: object) -> NotReadable:
    return NotReadable(Problem(code, params, Place(file, 1, 1)))


def _require_bounded(content: bytes, file: str) -> None:
    """Unpack every part within a bound, whatever the archive says of its sizes; no part may declare entities."""
    if len(content) > SIZE:
        raise _refused("xls_too_large", file, limit=SIZE)
    left = UNPACKED
    with ZipFile(BytesIO(content)) as archive:
        if len(archive.infolist()) > ENTRIES:
            raise _refused("xls_too_large", file, limit=SIZE)
        for entry in archive.infolist():
            with archive.open(entry) as part:
                text = part.read(left + 1)
            left -= len(text)
            if left < 0:
                raise _refused("xls_too_large", file, limit=SIZE)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise _refused("xls_no_workbook", file)


def _rows(sheet: Any, name: str, file: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The names of the columns, and the rows under them that hold something."""
    lines = sheet.iter_rows(max_row=ROWS + 2, max_col=COLUMNS, values_only=True)
    header = [_column(_text(value)) for value in next(lines, ())]
    return tuple(one for one in header if one), tuple(_filled(lines, header, f"{file}#{name}"))


def _filled(lines: Iterator[tuple[object, ...]], header: list[str], where: str) -> Iterator[Row]:
    for number, values in enumerate(lines, 2):
        if number > ROWS + 1:
            raise _refused("xls_too_large", where.partition("#")[0], limit=SIZE)
        cells = {
            column: Cell(text, Place(where, number, place))
            for place, (column, value) in enumerate(zip(header, values, strict=False), 1)
            if column and (text := _text(value))
        }
        if cells:
            yield Row(cells, Place(where, number, 1))


def _column(name: str) -> str:
    """The name of a column as it is looked up: `Label :: Français (fr)` as `label::français (fr)`."""
    plain = " ".join(name.lower().split())
    head, mark, language = plain.partition("::") if "::" in plain else plain.partition(":")
    return f"{head.strip().replace(' ', '_')}::{language.strip()}" if mark else plain.replace(" ", "_")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()[:SIGNS]

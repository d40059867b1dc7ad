"""ODS, written row after row, as as_xlsx: every library keeps the whole sheet in memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from zipfile import ZipFile

from renderers.exports import packed
from renderers.exports.sheets import escaped, sheets
from renderers.exports.tables import SEPARATOR, Cell, Head, Out, Sort, Table, TooLarge

CHUNK = 200  # rows written at once
LARGEST = 2**31 - 2**22  # bytes unpacked, of all the sheets
MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
NUMBERS = f'xmlns:number="{NAMES}:datastyle:1.0" xmlns:fo="{NAMES}:xsl-fo-compatible:1.0"'
DASH = "<number:text>-</number:text>"
YEAR_TO_DAY = f'<number:year number:style="long"/>{DASH}<number:month number:style="long"/>{DASH}<number:day number:style="long"/>'
CLOCK = '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/>'
CELL = '<style:style style:name="{0}" style:family="table-cell" style:data-style-name="n{0}"/>'
STYLES = (
    f'<office:automatic-styles><number:date-style style:name="nday">{YEAR_TO_DAY}</number:date-style>'
    f'<number:date-style style:name="nmoment">{YEAR_TO_DAY}{CLOCK}</number:date-style>'
    f"{CELL.format('day')}{CELL.format('moment')}"
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
)
START = (
    f'{HEADER}<office:document-content xmlns:office="{NAMES}:office:1.0" xmlns:table="{NAMES}:table:1.0" '
    f'xmlns:text="{NAMES}:text:1.0" xmlns:style="{NAMES}:style:1.0" {NUMBERS} office:version="1.3">'
    f"{STYLES}<office:body><office:spreadsheet>"
)
END = "</office:spreadsheet></office:body></office:document-content>"
MANIFEST = (
    f'{HEADER}<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE.decode()}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write(tables: Iterable[Table], out: Out) -> None:
    """A sheet for each table; one that is full goes on in another. Raises TooLarge."""
    with packed.opened(out) as zip:
        _begin(zip)
        with zip.open(packed.info("content.xml"), "w") as member:
            size = member.write(START.encode())
            for table in tables:
                for name, rows in sheets(table):
                    size = _sheet(name, table.heads, rows, member, size)
            member.write(END.encode())
        zip.writestr(packed.info("META-INF/manifest.xml"), MANIFEST)


def _begin(zip: ZipFile) -> None:
    """The media type comes first, unpacked and with its size before it: by these bytes the file is known."""
    first = packed.info("mimetype")
    first.compress_type, first.CRC = 0, zlib.crc32(MEDIA_TYPE)
    first.file_size = first.compress_size = len(MEDIA_TYPE)
    first.header_offset = 0
    assert zip.fp is not None  # it was just opened
    zip.fp.write(first.FileHeader(zip64=False) + MEDIA_TYPE)
    zip.filelist.append(first)
    zip.NameToInfo[first.filename] = first
    zip.start_dir = zip.fp.tell()


def _sheet(name: str, heads: Sequence[Head], rows: Iterable[Sequence[Cell]], out: Out, size: int) -> int:
    columns = f'<table:table-column table:number-columns-repeated="{len(heads)}"/>'
    first = "".join(_text(head.heading, ' table:style-name="head"') for head in heads)
    start = f'<table:table table:name="{escaped(name)}">{columns}<table:table-header-rows><table:table-row>{first}'
    size += out.write(f"{start}</table:table-row></table:table-header-rows>".encode())
    written, left = [SORTS[head.sort] for head in heads], iter(rows)
    while chunk := list(islice(left, CHUNK)):
        text = "".join(
            "<table:table-row>"
            + "".join(
                "<table:table-cell/>" if cell is None else of(cell)
                for of, cell in zip(written, row, strict=True)
            )
            + "</table:table-row>"
            for row in chunk
        )
        size += out.write(text.encode())
        if size > LARGEST:
            raise TooLarge
    return size + out.write(b"</table:table>")


def _text(cell: Cell, style: str = "") -> str:
    lines = escaped(str(cell)).replace("\t", "<text:tab/>").splitlines() or [""]
    body = "".join(f"<text:p>{line.replace('  ', ' <text:s/>')}</text:p>" for line in lines)
    return f'<table:table-cell{style} office:value-type="string">{body}</table:table-cell>'


def _typed(kind: str, attribute: str, value: str, shown: str, style: str = "") -> str:
    said = f'office:value-type="{kind}" office:{attribute}="{value}"'
    return f"<table:table-cell{style} {said}><text:p>{shown}</text:p></table:table-cell>"


def _number(cell: Cell) -> str:
    written = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return _typed("float", "value", written, written)


def _day(cell: Cell) -> str:
    day = cell.isoformat() if isinstance(cell, date) else str(cell)
    return _typed("date", "date-value", day, day, ' table:style-name="day"')


def _moment(cell: Cell) -> str:
    """The hour on the wall: a spreadsheet knows no time zones."""
    if not isinstance(cell, datetime):
        return _text(cell)
    at = cell.replace(tzinfo=None, microsecond=0)
    return _typed("date", "date-value", at.isoformat(), f"{at:%Y-%m-%d %H:%M}", ' table:style-name="moment"')


def _yes_no(cell: Cell) -> str:
    word = "true" if cell is True else "false"
    return _typed("boolean", "boolean-value", word, word)


SORTS: dict[Sort, Callable[[Cell], str]] = {
    "text": _text,
    "number": _number,
    "whole": _number,
    "day": _day,
    "moment": _moment,
    "yes_no": _yes_no,
    "list": lambda cell: _text(SEPARATOR.join(cell) if isinstance(cell, tuple) else cell),
}

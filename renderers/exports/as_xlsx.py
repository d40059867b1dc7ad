"""XLSX, written row after row: texts are texts (never formulas), figures, days and moments are what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice

from renderers.exports import packed
from renderers.exports.sheets import escaped, sheets
from renderers.exports.tables import SEPARATOR, Cell, Head, Out, Sort, Table, TooLarge

CHUNK = 200  # rows written at once
LARGEST = 2**31 - 2**22  # bytes of a sheet, unpacked: beyond it only some programs open it
LONGEST = 32_767  # signs of a cell
DIGITS = 15  # of a figure: a spreadsheet keeps no more, so longer ones stay texts
FIRST_DAY, EPOCH = date(1900, 3, 1), date(1899, 12, 30)  # before it spreadsheets don't agree
GENERAL, DAY, MOMENT, HEAD = 0, 1, 2, 3  # the styles below
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a reader would take for a sign's number
STYLES = f"""{HEADER}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>\
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/>\
<xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" numFmtId="165" applyNumberFormat="1"/>\
<xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
ROOT = f"""{HEADER}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" \
Target="xl/workbook.xml"/></Relationships>"""


def write(tables: Iterable[Table], out: Out) -> None:
    """A sheet for each table; one that is full goes on in another. Raises TooLarge."""
    names: list[str] = []
    with packed.opened(out) as zip:
        for table in tables:
            for name, rows in sheets(table):
                names.append(name)
                with zip.open(packed.info(f"xl/worksheets/sheet{len(names)}.xml"), "w") as member:
                    _sheet(table.heads, rows, member)
        for path, text in _around(names).items():
            zip.writestr(packed.info(path), text)


def _sheet(heads: Sequence[Head], rows: Iterator[Sequence[Cell]], out: Out) -> None:
    frozen = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    start = f'{HEADER}<worksheet xmlns="{MAIN}">{frozen}<sheetData><row>'
    size = out.write((start + "".join(_text(head.heading, HEAD) for head in heads) + "</row>").encode())
    written = [SORTS[head.sort] for head in heads]
    while chunk := list(islice(rows, CHUNK)):
        text = "".join(
            f"<row>{''.join('<c/>' if cell is None else of(cell) for of, cell in zip(written, row, strict=True))}</row>"
            for row in chunk
        )
        size += out.write(text.encode())
        if size > LARGEST:
            raise TooLarge
    out.write(b"</sheetData></worksheet>")


def _around(names: Sequence[str]) -> dict[str, str]:
    """The parts that say what the sheets are called and where they stand."""
    numbers = range(1, len(names) + 1)
    listed = "".join(
        f'<sheet name="{escaped(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    related += f'<Relationship Id="rId{len(names) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
    parts = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    parts |= {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in numbers}
    typed = "".join(
        f'<Override PartName="{part}" ContentType="{KIND}.{kind}+xml"/>' for part, kind in parts.items()
    )
    relations = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return {
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": f'{HEADER}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEADER}<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "_rels/.rels": ROOT,
        "[Content_Types].xml": f'{HEADER}<Types xmlns="{PACKAGE}/content-types">{relations}{typed}</Types>',
    }


def _text(cell: Cell, style: int = GENERAL) -> str:
    text = ESCAPE.sub("_x005F_", escaped(str(cell)[:LONGEST]))
    styled = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{styled}><is><t xml:space="preserve">{text}</t></is></c>'


def _number(cell: Cell) -> str:
    written = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    digits = written.lstrip("-0.").replace(".", "")
    return f"<c><v>{written}</v></c>" if len(digits) <= DIGITS else _text(written)


def _day(cell: Cell) -> str:
    if not isinstance(cell, date) or cell < FIRST_DAY:
        return _text(cell)
    return f'<c s="{DAY}"><v>{(cell - EPOCH).days}</v></c>'


def _moment(cell: Cell) -> str:
    """The hour on the wall: a spreadsheet knows no time zones."""
    if not isinstance(cell, datetime) or cell.date() < FIRST_DAY:
        return _text(cell)
    seconds = (cell.replace(tzinfo=UTC) - datetime(1899, 12, 30, tzinfo=UTC)).total_seconds()
    return f'<c s="{MOMENT}"><v>{seconds / 86_400:.9f}</v></c>'


SORTS: dict[Sort, Callable[[Cell], str]] = {
    "text": _text,
    "number": _number,
    "whole": _number,
    "day": _day,
    "moment": _moment,
    "yes_no": lambda cell: f'<c t="b"><v>{int(cell is True)}</v></c>',
    "list": lambda cell: _text(SEPARATOR.join(cell) if isinstance(cell, tuple) else cell),
}

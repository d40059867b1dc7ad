"""What a row of a repeat is called on a page."""

from __future__ import annotations

from collections.abc import Mapping

from engine.asked import AskedPage, Reading, RowReading
from engine.language.model import Field
from engine.problems import Path
from renderers.catalogues import marked, say
from renderers.labels import has_holes, said
from renderers.words import phrase

ROW = marked("Row %(number)s")


def row_title(
    asked: Field, index: int, language: str, reading: Reading | None, row: RowReading | None
) -> str:
    """What the scheme calls a row, once what it reads is answered; "Row 2" before. Rows count from 0."""
    if asked.lines:
        ids = [id for id, line in asked.lines.items() if not line.heading]
        return asked.lines[ids[index]].label.plain(language)
    return row_name(asked, language, reading, row) or say(language, ROW, {"number": index + 1})


def row_name(asked: Field, language: str, reading: Reading | None, row: RowReading | None) -> str:
    """What the scheme calls a row of a repeat, once what it reads is answered; "" before, or when it calls it nothing."""
    if reading is None or asked.row is None or row is None:
        return ""
    found = asked.row.say(language, row.values, reading.now, reading.zone)
    known = bool(found) and all(isinstance(part, str) or part.value is not None for part in found)
    return phrase(found, language) if known else ""


def row_name_at(path: Path, fields: Mapping[str, Field], reading: Reading, language: str) -> str:
    """The name of the row at a place: `("children", 1)`, or in rows of rows `("projects", 0, "lines", 2)`."""
    asked, row = fields[str(path[0])], reading.row(str(path[0]), int(path[1]))
    for id, index in zip(path[2::2], path[3::2], strict=True):
        rows = row.rows(str(id)) if row else ()
        asked, row = asked.fields[str(id)], rows[int(index)] if int(index) < len(rows) else None
    return row_name(asked, language, reading, row)


def page_title(asked: AskedPage, reading: Reading, language: str) -> str:
    """What a page is called; one asked for each row of a repeat tells of which row, when its title doesn't."""
    row = row_of(asked, reading)
    if row is None:
        return said(asked.page.title, reading, language)
    title = said(asked.page.title, reading, language, row.values)
    if has_holes(asked.page.title):
        return title
    return f"{title} – {row_title(asked.fields[0], row.index, language, reading, row)}"


def row_of(asked: AskedPage, reading: Reading) -> RowReading | None:
    """The row a page is about."""
    return None if asked.row is None else reading.row(asked.fields[0].id, asked.row)


def page_help(asked: AskedPage, reading: Reading, language: str) -> str:
    """What stands below the title of a page; "" for nothing."""
    row = row_of(asked, reading)
    help = asked.page.help
    return "" if help is None else said(help, reading, language, row.values if row else None)

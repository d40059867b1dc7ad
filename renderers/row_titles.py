"""What a row of a repeat is called on a page."""

from __future__ import annotations

from engine.asked import Reading, RowReading
from engine.language.model import Field
from renderers.catalogues import marked, say
from renderers.words import phrase

ROW = marked("Row %(number)s")


def row_title(
    asked: Field, index: int, language: str, reading: Reading | None, row: RowReading | None
) -> str:
    """What the scheme calls a row, once what it reads is answered; "Row 2" before. Rows count from 0."""
    if asked.lines:
        ids = [id for id, line in asked.lines.items() if not line.heading]
        return asked.lines[ids[index]].label.plain(language)
    if reading is not None and asked.row is not None and row is not None:
        found = asked.row.say(language, row.values, reading.now, reading.zone)
        if found and all(isinstance(part, str) or part.value is not None for part in found):
            return phrase(found, language)
    return say(language, ROW, {"number": index + 1})

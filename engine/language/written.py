"""A text as it was written and as it was mended: every place is told as it was written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from engine.language.quoting import quoted
from engine.problems import Place


@dataclass(frozen=True, slots=True)
class Edit:
    """Columns (from 0) `start` to `end` of a line are read as `text`."""

    start: int
    end: int
    text: str


class Written:
    """The lines of a file; `edit` changes how one is read and remembers where each of its characters came from."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.split("\n")
        self.original = tuple(self.lines)
        self._columns: dict[int, list[int]] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        self.text = "\n".join(self.lines)
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def edit(self, line: int, edits: Iterable[Edit]) -> bool:
        """Read a line (from 0) differently; whether that makes a difference."""
        before, columns = self.lines[line], self._columns.get(line) or [*range(len(self.lines[line]) + 1)]
        text, origins, place = "", list[int](), 0
        for edit in sorted(edits, key=lambda edit: edit.start):
            text += before[place : edit.start] + edit.text
            origins += columns[place : edit.start]
            origins += _stretched(columns[edit.start : edit.end] or [columns[edit.start]], before, edit)
            place = edit.end
        self.lines[line] = text + before[place:]
        self._columns[line] = origins + columns[place:]
        self._lay_out()
        return self.lines[line] != before

    def spot(self, index: int) -> tuple[int, int]:
        """Line and column (both from 0) of a character of the text as it is read now."""
        line = bisect_right(self._starts, index) - 1
        line = min(line, len(self.lines) - 1)
        return line, index - self._starts[line]

    def place(self, index: int) -> Place:
        """Where a character of the text, as it is read now, was written."""
        return self.place_of(*self.spot(index))

    def place_of(self, line: int, column: int) -> Place:
        """The place of a line and column (from 0) of the text as it is read now."""
        columns = self._columns.get(line)
        if columns:
            column = columns[min(column, len(columns) - 1)]
        return Place(self.name, line + 1, column + 1)

    def rest_of_line(self, index: int) -> str:
        """What stands after a character on its line."""
        line, column = self.spot(index)
        return self.lines[line][column:]

    def end_of_text(self, start: int, *, inside_braces: bool) -> int:
        """Where a text that begins at `start` ends for its author: before a comment, or at the next comma or brace."""
        rest = self.rest_of_line(start)
        found = re.match(r"[^,}\]]*" if inside_braces else r".*?(?=\s+#|\s*$)", rest)
        return start + len(found[0].rstrip()) if found else start

    def line_quoting(self, start: int, end: int) -> str:
        """The line with the text from `start` to `end` in quotes."""
        line, column = self.spot(start)
        text = self.lines[line]
        last = min(column + end - start, len(text))
        return (text[:column] + quoted(text[column:last]) + text[last:]).strip()


def _stretched(columns: list[int], before: str, edit: Edit) -> list[int]:
    """Where each character of the new text came from: those of a quoted text keep their own column."""
    old = before[edit.start : edit.end]
    found, place = [], 0
    for sign in edit.text:
        found.append(columns[min(place, len(columns) - 1)])
        if place < len(old) and sign == old[place]:
            place += 1
    return found

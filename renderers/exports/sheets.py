"""What both kinds of spreadsheet files share: texts as XML holds them, and sheets that go on in another one when they are full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from renderers.exports.tables import Cell, Table

MOST_ROWS = 1_048_576  # of one sheet, its heads included
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_NAME = 31
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def escaped(text: str) -> str:
    """A text within XML: what XML can't hold is left out."""
    return FORBIDDEN.sub("", text).translate(ESCAPES)


def sheets(table: Table) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    """The sheets of a table: its own, and one more each time it is full. Each is read to its end before the next one."""
    rows, number = iter(table.rows), 0
    ahead = next(rows, None)
    while ahead is not None or number == 0:
        number += 1
        left = _Part(rows, ahead)
        yield _name(table.name, number), iter(left)
        ahead = left.ahead


class _Part:
    """The rows of one sheet; `ahead` is the first one that no longer fits."""

    def __init__(self, rows: Iterator[Sequence[Cell]], first: Sequence[Cell] | None) -> None:
        self._rows, self.ahead = rows, first

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        if self.ahead is None:
            return
        for place, row in enumerate(chain([self.ahead], self._rows), start=2):
            if place > MOST_ROWS:
                self.ahead = row
                return
            yield row
        self.ahead = None


def _name(name: str, number: int) -> str:
    bare = NOT_IN_NAMES.sub(" ", name).strip() or "table"
    end = f" {number}" if number > 1 else ""
    return bare[: LONGEST_NAME - len(end)] + end

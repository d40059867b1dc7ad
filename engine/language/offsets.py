"""Where each character of a YAML text stands in what was typed: plain, quoted, or block."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\n[ \t]*|.)", re.DOTALL)
_BLANKS = {"n", "t", "r", " ", "_", "N", "L", "P"}


def offsets(typed: str, style: str, value: str) -> list[int]:
    """One offset in `typed` for each character of `value`, and one more for its end.

    Blanks are matched run by run, since YAML folds line breaks; everything else one by one.
    """
    units = list(_units(typed, style))
    found: list[int] = []
    place = 0
    end = units[-1][0] + 1 if units else 0
    index = 0
    while index < len(value):
        if value[index].isspace():
            run = index
            while index < len(value) and value[index].isspace():
                index += 1
            first = place
            while place < len(units) and units[place][1]:
                place += 1
            found += [
                _at(units, min(first + step, max(place - 1, first)), end) for step in range(index - run)
            ]
        else:
            while place < len(units) and units[place][1]:
                place += 1
            found.append(_at(units, place, end))
            place += 1
            index += 1
    return [*found, _at(units, place, end)]


def _at(units: list[tuple[int, bool]], place: int, end: int) -> int:
    return units[place][0] if place < len(units) else end


def _units(typed: str, style: str) -> Iterator[tuple[int, bool]]:
    """Offset of each typed character that stands for one, and whether it is a blank."""
    if style == '"':
        yield from _double(typed)
    elif style == "'":
        place = 1
        while place < len(typed) - 1:
            yield place, typed[place].isspace()
            place += 2 if typed[place : place + 2] == "''" else 1
    else:
        start = typed.find("\n") + 1 if style in {"|", ">"} else 0
        for place in range(start, len(typed)):
            yield place, typed[place].isspace()


def _double(typed: str) -> Iterator[tuple[int, bool]]:
    place = 1
    while place < len(typed) - 1:
        escape = _ESCAPE.match(typed, place)
        if escape is None:
            yield place, typed[place].isspace()
            place += 1
            continue
        if typed[place + 1] != "\n":
            yield place, typed[place + 1] in _BLANKS
        place = escape.end()

"""Long lists of lines shown a page at a time, each told by the line it begins behind or ends before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PER_PAGE = 50
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind the line of this number; or, `before`, it ends before it."""

    number: int
    before: bool = False


@dataclass(frozen=True, slots=True)
class Part(Generic[Line]):
    """The lines of one page. `earlier`, `later`: the number of its first or last line, when there are more on that side."""

    lines: tuple[Line, ...]
    earlier: int | None = None
    later: int | None = None


def part_of(lines: Sequence[Line], number: Callable[[Line], int], place: Place | None) -> Part[Line]:
    """The page of a whole list; its beginning, when the line it is told by isn't there any more."""
    known = (at for at, line in enumerate(lines) if place is not None and number(line) == place.number)
    at = next(known, None)
    if place is None or at is None:
        start, end = 0, PER_PAGE
    else:
        start, end = (max(0, at - PER_PAGE), at) if place.before else (at + 1, at + 1 + PER_PAGE)
    shown = tuple(lines[start:end])
    return Part(
        shown,
        number(shown[0]) if shown and start else None,
        number(shown[-1]) if shown and end < len(lines) else None,
    )

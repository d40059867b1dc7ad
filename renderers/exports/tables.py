"""What every kind of file is made of: tables of typed cells, and a stream to write them to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Literal, Protocol, TypeAlias

Cell: TypeAlias = str | int | Decimal | bool | date | datetime | tuple[str, ...] | None
Block: TypeAlias = Sequence[Sequence[Cell]]  # some rows, column by column
Sort = Literal["text", "number", "whole", "day", "moment", "yes_no", "list"]
SEPARATOR = "; "  # between the items of a list in one cell


class Out(Protocol):
    """Where a file goes."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""
        ...

    def flush(self) -> None:
        """Nothing needs to be kept back."""
        ...


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; what stands under it is of one sort, or None."""

    heading: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Table:
    """A table, read once: some rows at a time, each time column by column, which is much quicker than row by row."""

    name: str
    heads: Sequence[Head]
    blocks: Iterable[Block]

    @property
    def rows(self) -> Iterator[Sequence[Cell]]:
        """Its rows."""
        return chain.from_iterable(zip(*block, strict=True) for block in self.blocks)


def blocks(rows: Iterable[Sequence[Cell]], size: int = 500) -> Iterator[Block]:
    """Rows as a table takes them."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield list(zip(*some, strict=True))


class NotInstalled(Exception):
    """The library of a kind of file isn't installed here: the `extra` brings it."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"install guichet-engine[{extra}] to write this kind of file")
        self.extra = extra


class TooLarge(Exception):
    """More than this kind of file can hold."""


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a plain figure (`-12,50`) is left as it is."""
    if text[:1] not in FORMULA or is_figure(text):
        return text
    return f"'{text}"


FORMULA = frozenset("=+-@\t\r")


def is_figure(text: str) -> bool:
    """Whether a text is a figure with its sign, which no spreadsheet computes anything from."""
    digits = text[1:]
    if not digits.isdecimal():
        digits = digits.replace(",", "", 1).replace(".", "", 1)
    return text[0] in "+-" and digits.isdecimal() and digits.isascii()


def joined(cell: Cell) -> Cell:
    """A list as one text, anything else as it is."""
    return SEPARATOR.join(cell) if isinstance(cell, tuple) else cell

"""A decision table as its author wrote it, each cell parsed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.feel import tree as t


class Hit(StrEnum):
    """Which of the rows that hold count (DMN 1.5, 8.2.8): the word a scheme writes after `hit`."""

    UNIQUE = "unique"
    ANY = "any"
    FIRST = "first"
    PRIORITY = "priority"
    RULE_ORDER = "rule order"
    OUTPUT_ORDER = "output order"
    COLLECT = "collect"
    SUM = "sum"
    MIN = "min"
    MAX = "max"
    COUNT = "count"

    @property
    def gives_list(self) -> bool:
        """Whether every row that holds has its place in the result."""
        return self in {Hit.RULE_ORDER, Hit.OUTPUT_ORDER, Hit.COLLECT}

    @property
    def wants_order(self) -> bool:
        """Whether the outputs must be listed, the most important first."""
        return self in {Hit.PRIORITY, Hit.OUTPUT_ORDER}

    @property
    def aggregates(self) -> bool:
        """Whether the result is one figure made from all rows that hold."""
        return self in {Hit.SUM, Hit.MIN, Hit.MAX, Hit.COUNT}


@dataclass(frozen=True, slots=True)
class Cell:
    """One expression as it was written and as it was read."""

    text: str
    node: t.Node


@dataclass(frozen=True, slots=True)
class Output:
    """One thing a table gives; `name` is empty when it is the only one, `order` its values, the most important first."""

    name: str = ""
    order: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """The tests of one row, one an input, and its results, one an output."""

    tests: tuple[Cell, ...]
    results: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Inputs, rows, and how the rows that hold make the result; `otherwise` is the result when none holds."""

    inputs: tuple[Cell, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    hit: Hit = Hit.UNIQUE
    otherwise: tuple[Cell, ...] = ()

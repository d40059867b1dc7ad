"""Tables written as a scheme writes them: rows of texts, the last cells what they give."""

from __future__ import annotations

import pytest

from engine import feel
from engine.feel.tree import Tree
from engine.tables import Cell, Hit, Output, Row, Table, as_feel


def cell(text: str, *, unary: bool = False) -> Cell:
    return Cell(text, feel.parse(text, unary=unary).root)


def table(inputs, rows, hit="unique", otherwise=(), outputs=None) -> Table:
    count = len(inputs)
    return Table(
        tuple(cell(text) for text in inputs),
        tuple(outputs or (Output(),)),
        tuple(
            Row(
                tuple(cell(text, unary=True) for text in row[:count]),
                tuple(cell(text) for text in row[count:]),
            )
            for row in rows
        ),
        Hit(hit),
        tuple(cell(text) for text in otherwise),
    )


@pytest.fixture(scope="session")
def table_of():
    """A table from its texts."""
    return table


@pytest.fixture(scope="session")
def result_of():
    """What a table gives for some values."""

    def run(of: Table, values, *, disjoint=False):
        return feel.compile(Tree("", as_feel(of, disjoint=disjoint))).run(values)

    return run

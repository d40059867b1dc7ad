"""The cells of decision tables: unary tests of one value."""

from decimal import Decimal

import pytest

from engine.feel import compile, parse


def judged(cell: str, value: object, **values: object) -> object:
    """What a cell says of a value."""
    return compile(parse(cell, unary=True)).run({**values, "?": value})


@pytest.mark.parametrize(
    ("cell", "value", "result"),
    [
        ("-", None, True),
        ("< 500", Decimal(499), True),
        ("< 500", Decimal(500), False),
        ("< 500", None, None),
        ("[500..800)", Decimal(500), True),
        ("[500..800)", Decimal(800), False),
        ("]500..800[", Decimal(500), False),
        ('"college", "lycee"', "lycee", True),
        ('"college", "lycee"', "ecole", False),
        ('not("college", "lycee")', "ecole", True),
        ("not(< 3)", Decimal(3), True),
        ("1, > 5", Decimal(6), True),
        ("true", False, False),
        ("null", None, True),
        ("? > 3 and ? < 5", Decimal(4), True),
        ('starts with(?, "74")', "74000", True),
        ("not(? > 5) and ? > 1", Decimal(3), True),
        ("[1, 2, 3]", Decimal(2), True),
        ("= 3", Decimal(3), True),
        ("!= 3", Decimal(3), False),
        ("-5", Decimal(-5), True),
    ],
)
def test_cell_judges_its_value(cell: str, value: object, result: bool | None) -> None:
    assert judged(cell, value) is result


def test_cell_reads_other_names_too() -> None:
    assert judged("<= ceiling", Decimal(3), ceiling=Decimal(3)) is True
    assert judged("allowed", "b", allowed=["a", "b"]) is True

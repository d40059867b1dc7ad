"""Gaps and overlaps are found where they are, with values that do fall in; and only there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import feel
from engine.feel import types
from engine.tables import rows_hit
from engine.tables.coverage import TooWide, gaps, grid, never_reached, overlaps
from engine.tables.regions import Domain

NUMBER = Domain(types.NUMBER, Decimal(0))
LEVEL = Domain(types.String(frozenset({"primary", "college", "lycee"})))


def test_gap_is_told_with_an_example(table_of):
    table = table_of(
        ["quotient", "level"], [["< 500", "-", "1"], ["[500..800)", '"college"', "2"], [">= 800", "-", "3"]]
    )
    assert gaps(grid(table, [NUMBER, LEVEL])) == ((Decimal(500), "lycee"),)


def test_edge_between_two_brackets_is_a_gap(table_of):
    table = table_of(["x"], [["< 500", "1"], ["> 500", "2"]])
    assert gaps(grid(table, [NUMBER])) == ((Decimal(500),),)


def test_whole_numbers_have_nothing_between_them(table_of):
    table = table_of(["x"], [["<= 2", "1"], [">= 3", "2"]])
    assert gaps(grid(table, [Domain(types.NUMBER, whole=True)])) == ()
    assert gaps(grid(table, [Domain(types.NUMBER)])) == ((Decimal("2.01"),),)


def test_days_dates_booleans_texts_and_null(table_of):
    day = table_of(["d"], [['< date("2026-01-01")', "1"], ['> @"2026-01-01"', "2"]])
    assert gaps(grid(day, [Domain(types.DATE)])) == ((date(2026, 1, 1),),)
    assert gaps(grid(table_of(["b"], [["true", "1"]]), [Domain(types.BOOLEAN)])) == ((False,),)
    assert gaps(grid(table_of(["t"], [['"a"', "1"], ['not("a")', "2"]]), [Domain(types.STRING)])) == ()
    assert gaps(grid(table_of(["t"], [['"a"', "1"]]), [Domain(types.STRING)])) == (("…",),)
    assert gaps(grid(table_of(["x"], [["null", "1"]]), [Domain(types.NUMBER)])) != ()


def test_overlap_is_told_with_both_rows_and_an_example(table_of):
    table = table_of(["quotient"], [["< 100", "1"], ["[100..300]", "2"], [">= 300", "3"]])
    assert list(overlaps(grid(table, [NUMBER]))) == [(1, 2, (Decimal(300),))]


def test_row_that_comes_too_late_is_never_reached(table_of):
    table = table_of(["x"], [["< 5", "1"], [">= 5", "2"], ["7", "3"], ["-", "4"]], "first")
    assert list(never_reached(grid(table, [Domain(types.NUMBER)]))) == [2, 3]


def test_cell_that_cannot_be_analysed_is_named_not_guessed(table_of):
    table = table_of(["code"], [['starts with(?, "74")', "1"], ['"75000"', "2"]])
    sets = grid(table, [Domain(types.STRING)])
    assert sets.unknown == {(0, 0)}
    assert list(overlaps(sets)) == []


def test_table_that_is_too_wide_says_so(table_of):
    rows = [[*(f"> {(place * 7 + column * 13) % 97}" for column in range(8)), "1"] for place in range(90)]
    rows.append([*["-"] * 8, "2"])
    with pytest.raises(TooWide):
        gaps(grid(table_of([f"x{column}" for column in range(8)], rows), [NUMBER] * 8))


NUMBERS = st.integers(0, 6)
TESTS = st.one_of(
    st.just("-"),
    NUMBERS.map("< {}".format),
    NUMBERS.map("> {}".format),
    st.tuples(NUMBERS, NUMBERS).map(lambda ends: f"[{min(ends)}..{max(ends)}]"),
    NUMBERS.map("not({})".format),
)


@given(rows=st.lists(st.tuples(TESTS, TESTS, st.just("1")), min_size=1, max_size=5))
def test_reasoning_agrees_with_trying_every_value(rows, table_of):
    """The oracle tries all halves from -1 to 7, which meets every piece these cells can cut."""
    table = table_of(["x", "y"], rows, "collect")
    sets = grid(table, [Domain(types.NUMBER)] * 2)
    tests = [[feel.compile(feel.parse(text, unary=True)) for text in row[:2]] for row in rows]
    tried = [Decimal(number) / 2 for number in range(-2, 15)]
    hits = {
        (x, y): [
            place for place, (one, other) in enumerate(tests)
            if one.run({"?": x}) is True and other.run({"?": y}) is True
        ]
        for x in tried for y in tried
    }  # fmt: skip
    found = gaps(sets)
    assert bool(found) == any(not held for held in hits.values())
    assert all(rows_hit(table, {"x": x, "y": y}) == () for x, y in found)
    pairs = {(one, other) for held in hits.values() for one in held for other in held if one < other}
    assert {(first, second) for first, second, _ in overlaps(sets)} == pairs
    firsts = {held[0] for held in hits.values() if held}
    assert set(never_reached(sets)) == set(range(len(rows))) - firsts

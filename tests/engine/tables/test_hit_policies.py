"""Each hit policy gives what DMN 1.5, 8.2.8 says: of no row, one row, and several rows that hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import feel
from engine.feel.tree import Tree
from engine.tables import Hit, Output, as_feel, rows_hit

ROWS = [["< 500", "1"], ["[300..800]", "3"], ["> 700", "3"], ["900", "2"]]
HITS = {
    "unique": {100: 1, 400: None, 750: None, 850: 3, 900: None},
    "any": {100: 1, 400: None, 750: 3, 850: 3, 900: None},
    "first": {100: 1, 400: 1, 750: 3, 900: 3},
    "priority": {100: 1, 400: 3, 750: 3, 900: 3},
    "rule order": {100: [1], 400: [1, 3], 750: [3, 3], 900: [3, 2]},
    "output order": {100: [1], 400: [3, 1], 750: [3, 3], 900: [3, 2]},
    "collect": {100: [1], 400: [1, 3], 900: [3, 2]},
    "sum": {100: 1, 400: 4, 750: 6, 900: 5},
    "min": {100: 1, 400: 1, 750: 3, 900: 2},
    "max": {100: 1, 400: 3, 750: 3, 900: 3},
    "count": {100: 1, 400: 2, 750: 2, 900: 2},
}
ORDER = (Output("", (Decimal(3), Decimal(2), Decimal(1))),)


@pytest.mark.parametrize("hit", sorted(HITS))
def test_hit_policy_gives_what_the_standard_says(hit, table_of, result_of):
    table = table_of(["x"], ROWS, hit, outputs=ORDER)
    assert {x: result_of(table, {"x": Decimal(x)}) for x in HITS[hit]} == HITS[hit]


@pytest.mark.parametrize(
    ("hit", "nothing"), [("first", None), ("unique", None), ("any", None), ("priority", None), ("collect", []),
                         ("rule order", []), ("output order", []), ("sum", None), ("max", None), ("count", 0)]
)  # fmt: skip
def test_no_row_and_what_is_not_known_give_nothing(hit, nothing, table_of, result_of):
    table = table_of(["x"], [["< 5", "1"], ["< 3", "1"]], hit, outputs=(Output("", (Decimal(1),)),))
    assert result_of(table, {"x": Decimal(7)}) == nothing
    assert result_of(table, {}) == nothing


@pytest.mark.parametrize("hit", list(Hit))
def test_otherwise_is_given_when_no_row_holds(hit, table_of, result_of):
    table = table_of(["x"], [["< 5", "1"]], hit, ["x + 1"], ORDER)
    assert result_of(table, {"x": Decimal(9)}) == 10


def test_several_outputs_make_a_context(table_of, result_of):
    table = table_of(
        ["x"], [["< 5", "1", '"low"'], ["-", "2", '"high"']], "first", outputs=(Output("a"), Output("b"))
    )
    assert result_of(table, {"x": Decimal(9)}) == {"a": 2, "b": "high"}


def test_cells_take_negations_lists_and_conditions_on_the_input(table_of, result_of):
    rows = [['not("a", "b")', "-", "1"], ['"a"', "? > 5 and odd(?)", "2"], ["-", "1, 2, [4..6]", "3"]]
    table = table_of(["kind", "x"], rows, "first")
    values = [("c", 1), ("a", 7), ("a", 8), ("b", 2), ("b", 3)]
    assert [result_of(table, {"kind": kind, "x": Decimal(x)}) for kind, x in values] == [1, 2, None, 3, None]


def test_a_long_table_gives_the_same_as_a_short_one(table_of, result_of):
    rows = [[f"[{start}..{start + 10})", str(start)] for start in range(0, 3000, 10)]
    table = table_of(["x"], rows, "first", ["-1"])
    assert [result_of(table, {"x": Decimal(x)}) for x in (0, 1234, 2999, 3000)] == [0, 1230, 2990, -1]


NUMBERS = st.integers(-3, 12)
TESTS = st.one_of(
    st.just("-"),
    NUMBERS.map("< {}".format),
    NUMBERS.map(str),
    st.tuples(NUMBERS, NUMBERS).map(lambda ends: f"[{min(ends)}..{max(ends)})"),
    st.tuples(NUMBERS, NUMBERS).map(lambda pair: f"not({pair[0]}, >= {pair[1]})"),
)


@given(rows=st.lists(st.tuples(TESTS, TESTS, NUMBERS.map(str)), min_size=1, max_size=6), hit=st.sampled_from(list(Hit)),
       x=NUMBERS, y=NUMBERS)  # fmt: skip
def test_the_expression_says_what_the_rows_that_hold_give(rows, hit, x, y, table_of):
    """The oracle: the rows that hold one by one, put together as the standard words each policy."""
    order = tuple(Decimal(number) for number in range(12, -4, -1))
    table = table_of(["x", "y"], rows, hit, outputs=(Output("", order),))
    values = {"x": Decimal(x), "y": Decimal(y)}
    held = [
        int(row[2])
        for row in rows
        if all(
            feel.compile(feel.parse(text, unary=True)).run({"?": values[name]})
            for name, text in zip("xy", row, strict=False)
        )
    ]
    oracle = {
        "unique": lambda: held[0] if len(held) == 1 else None,
        "any": lambda: held[0] if len(set(held)) == 1 else None,
        "first": lambda: held[0] if held else None,
        "priority": lambda: max(held, default=None),
        "rule order": lambda: held,
        "output order": lambda: sorted(held, reverse=True),
        "collect": lambda: held,
        "sum": lambda: sum(held) if held else None,
        "min": lambda: min(held, default=None),
        "max": lambda: max(held, default=None),
        "count": lambda: len(held),
    }
    tree = Tree("", as_feel(table))
    assert feel.compile(tree).run(values) == oracle[hit]()
    assert feel.evaluate(feel.unparse(tree), values) == oracle[hit]()
    told = [one.number for one in rows_hit(table, values)]
    assert len(told) == (min(1, len(held)) if hit is Hit.FIRST else len(held))

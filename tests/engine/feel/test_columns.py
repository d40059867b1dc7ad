"""Columns, and functions made of a tree, give what closures give: the same values, unknowns and bounds."""

import ast
import os
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bench.feel_identity import compare_kit, compare_random
from engine.feel import FeelError, FeelProblem, compile, compile_rows, parse
from engine.feel.compiled import OFTEN
from engine.feel.generated import rule
from engine.feel.limits import FUEL, Run
from tests.fixtures.requirements import lacking


@pytest.mark.parametrize("seed", range(4))
def test_random_expressions_are_the_same_over_columns(seed: int) -> None:
    seen, different = compare_random(seed, 2500)
    assert seen["evaluations"] == 2500
    assert not different, [(one.way, one.case.text, one.expected, one.found) for one in different[:5]]


def test_the_public_kit_is_the_same_over_columns() -> None:
    if not Path(os.environ.get("GUICHET_FEEL_KIT") or "/nowhere").is_file():
        lacking("feel-kit", "set GUICHET_FEEL_KIT to a file of the public kit (see CONTRIBUTING.md)")
    found = compare_kit()
    assert found is not None and found[0] > 1000
    assert not found[1], [(one.way, one.case.text, one.expected, one.found) for one in found[1][:5]]


def test_unknown_and_wrongly_typed_rows_are_null() -> None:
    column = [Decimal(5), None, "5", True, date(2024, 1, 1), [], {}, 5, 5.0]
    found = compile_rows("amount + 1 > 3").run({"amount": column})
    assert found.values == [True, None, None, None, None, None, None, True, None]
    assert not found.noted


def test_rows_of_a_list_are_filtered_and_summed() -> None:
    rows = [
        [{"kept": True, "amount": Decimal("1.10")}, {"kept": False, "amount": Decimal(9)}],
        [{"kept": True, "amount": True}],
        [{"kept": True}, None, "text"],
        [],
        None,
        "no list",
    ]
    found = compile_rows("sum(rows[kept].amount)").run({"rows": rows})
    assert found.values == [Decimal("1.10"), None, None, None, None, None]


def test_34_digits_are_kept_and_overflow_is_null() -> None:
    long = Decimal("1234567890123456789012345678901234")
    found = compile_rows("amount * 1 + 1").run({"amount": [long]})
    assert found.values == [Decimal("1234567890123456789012345678901235")]
    assert compile_rows("amount * 10").run({"amount": [Decimal("9.99E+6144")]}).values == [None]


def test_a_bound_holds_for_each_row() -> None:
    found = compile_rows("count(for i in 1..last return i)").run(
        {"last": [Decimal(3), Decimal(FUEL), Decimal(4)]}
    )
    assert found.values == [Decimal(3), None, Decimal(4)]
    assert {row: problem.code for row, problem in found.noted.items()} == {1: "too_much_work"}


def test_the_clock_is_passed_in() -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    rows = compile_rows("today() >= opens")
    assert rows.run({"opens": [date(2026, 3, 2), date(2026, 3, 3)]}, now=now, zone=UTC).values == [
        True,
        False,
    ]


def test_an_expression_without_columns_has_a_value_a_row() -> None:
    assert compile_rows("1 + 1").run({"other": ["a", "b"]}).values == [Decimal(2), Decimal(2)]
    assert compile_rows("amount").run({"other": ["a"]}).values == [None]
    assert compile_rows("1").run({}).values == []


def test_columns_of_different_lengths_are_an_error() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        compile_rows("a = b").run({"a": [1], "b": [1, 2]})


def test_a_faulty_text_raises_the_declared_error() -> None:
    with pytest.raises(FeelError):
        compile_rows("a +")


def test_what_runs_often_gives_the_same() -> None:
    compiled = compile("income <= 19074 and not(other)")
    values = {"income": Decimal(100), "other": None}
    before = compiled.evaluator.run
    assert {compiled.run(values) for _ in range(OFTEN + 2)} == {None}
    assert compiled.evaluator.run != before


def test_no_name_or_text_becomes_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names and texts of an expression are values of the function, never names or texts of its code."""
    made: list[ast.Module] = []
    monkeypatch.setattr(
        "engine.feel.generated.compile", lambda module, *_: made.append(module), raising=False
    )
    monkeypatch.setattr(
        "engine.feel.generated.exec", lambda _, values: values.update(rule=None), raising=False
    )
    rule(parse('exit = "__import__" and rows[evil > 1].__class__ = upper case("print")').root)
    names = {node.id for module in made for node in ast.walk(module) if isinstance(node, ast.Name)}
    attributes = {
        node.attr for module in made for node in ast.walk(module) if isinstance(node, ast.Attribute)
    }
    texts = {node.value for module in made for node in ast.walk(module) if isinstance(node, ast.Constant)}
    assert not names & {"exit", "evil", "rows", "__import__", "print"}
    assert attributes <= {"get", "left", "spend", "append", "is_finite"}
    assert "__import__" not in texts and "print" not in texts


def test_what_is_too_large_to_make_is_left_to_closures() -> None:
    text = " + ".join(["a"] * 120)
    assert compile_rows(text).run({"a": [Decimal(1), None]}).values == [Decimal(120), None]


@pytest.mark.parametrize("depth", [6, 7, 12, 18])
def test_filters_inside_one_another_are_no_danger(depth: int) -> None:
    """Python refuses a function with more than twenty loops inside one another."""
    compiled = compile("x" + "[x" * depth + "]" * depth)
    assert compile_rows(compiled.tree).run({"x": [[1], None]}).values == [[], []]
    assert [compiled.run({"x": [1]}) for _ in range(OFTEN + 2)] == [[]] * (OFTEN + 2)


def test_given_lists_stay_as_they_were() -> None:
    rows = [Decimal(3), Decimal(1), Decimal(2)]
    for text in (
        "sort(rows)",
        "reverse(rows)",
        "append(rows, 1)",
        "remove(rows, 1)",
        "flatten(rows)",
        "median(rows)",
    ):
        compile_rows(text).run({"rows": [rows]})
        rule(parse(text).root)({"rows": rows}, Run())
    assert rows == [Decimal(3), Decimal(1), Decimal(2)]


def test_a_number_that_is_none_is_noted_as_in_one_evaluation() -> None:
    odd = [Decimal("NaN"), Decimal("Infinity"), Decimal("sNaN"), Decimal(0), Decimal(3)]
    for text in (
        "a < 2",
        "a * 0 = 0 or true",
        "a / a",
        "a + 1 > 2",
        "a / 0 = 1",
        "sum([a, 1]) > 2",
        "a in [1..4]",
    ):
        compiled, found = compile(text), compile_rows(text).run({"a": odd})
        for row, number in enumerate(odd):
            noted: list[FeelProblem] = []
            assert found.values[row] is None or found.values[row] == compiled.run({"a": number}), (
                text,
                number,
            )
            assert found.values[row] == compiled.run({"a": number}, noted=noted), (text, number)
            assert [problem.code for problem in noted] == (
                [found.noted[row].code] if row in found.noted else []
            )

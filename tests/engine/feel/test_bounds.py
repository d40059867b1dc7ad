"""Hostile texts stop early, with a sentence that says why; none brings Python down."""

import sys

import pytest

from engine.feel import FeelError, check, compile, evaluate, explain, parse, to_json, unparse

A = "a" * 3000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1" * 8001, "too_long"),
        ("(" * 3000 + "1" + ")" * 3000, "too_deep"),
        ("[" * 3000, "too_deep"),
        ("{a:" * 2000, "too_deep"),
        ("1+" * 3999 + "1", "too_deep"),
        ("-" * 7000 + "1", "too_deep"),
        ("a" + ".b" * 3000, "too_deep"),
        ("a" + "[1]" * 2000, "too_deep"),
        ("f" + "(1)" * 2000, "too_deep"),
        ("if a then b else " * 400 + "c", "too_deep"),
        ("not " * 1900 + "x", "too_deep"),
        ("1 instance of " + "list<" * 1000, "too_deep"),
        ("function(a) " * 600 + "1", "too_deep"),
        ("for i in 1..1000000000 return i", "too_much_work"),
        ("for a in 1..1000, b in 1..1000, c in 1..1000 return a", "too_much_work"),
        ("some a in 1..1000, b in 1..1000000 satisfies false", "too_much_work"),
        ("every x in [1..1e30] satisfies true", "too_much_work"),
        ("flatten(for i in 1..100 return partial)", "too_big"),
        ("string(for i in 1..40 return partial)", "too_big"),
        ("(function(f) f(f))(function(f) f(f))", "too_deep"),
        (f'matches("{A}", "(a|aa)*(a+)+$") and matches("{A}", "(a+)+b")', "too_much_work"),
        (f'replace("{A}", "a", "{A}")', "too_big"),
        ('for i in 1..5000 return matches("aaaaaaaaaaaaaaaaaaaa", "(a+)+b")', "too_much_work"),
    ],
)
def test_hostile_text_is_stopped(text: str, code: str) -> None:
    with pytest.raises(FeelError) as caught:
        evaluate(text, {"a": 1})
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 55 + "1" + ")" * 55,
        "[" * 55 + "1" + "]" * 55,
        "1" + "+1" * 140,
        " and ".join(["a"] * 1000),
        "if a then b else " * 50 + "c",
        "f(" * 50 + "1" + ")" * 50,
    ],
)
def test_deep_but_lawful_text_needs_few_frames(text: str) -> None:
    limit = sys.getrecursionlimit()
    frame, depth = sys._getframe(), 0
    while frame.f_back is not None:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(depth + 700)
    try:
        tree = parse(text)
        compile(tree).run({"a": True})
        check(tree, {})
        explain(tree, {"a": True})
        assert parse(unparse(tree)) is not None
        assert to_json(tree)["op"] == "Tree"
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9**9**9",
        'duration("P999999999D") * 999999999',
        'date("2020-01-01") + duration("P999999999Y") * 10',
        '@"9999-12-31T24:00:00"',
        '@"P1D" / 1e-30',
        '@"P1M" / 1e-300',
        "exp(1e6)",
        "sqrt(-1)",
        "log(0)",
        '"abc"[1e6000]',
        "insert before([1], 1e6000, 2)",
        'time("25:00:00")',
        'matches("a", "((a{50}){50}){50}")',
        'years and months duration(@"0001-01-01", @"9999-01-01") * 1e300',
    ],
)
def test_absurd_data_is_null(text: str) -> None:
    assert evaluate(text, {}) is None


def test_first_day_of_the_calendar_compares() -> None:
    assert evaluate('@"0001-01-01T00:00:00+14:00" < @"0001-01-01T00:00:00Z"', {}) is True

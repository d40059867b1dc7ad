"""Hostile texts stop early, with a sentence that says why; none brings Python down."""

import sys
from contextlib import suppress

import pytest

from bench.feel_hostile import TOO_LONG_TO_EVALUATE, TOO_LONG_TO_READ
from bench.feel_work import counted_calls
from engine.feel import FeelError, FeelProblem, check, compile, evaluate, explain, parse, to_json, unparse

CALLS = 250_000  # of Python and C functions: each takes some tens of nanoseconds


@pytest.mark.parametrize(("text", "code"), TOO_LONG_TO_READ)
def test_hostile_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(FeelError) as caught:
        evaluate(text, {"a": 1})
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(("text", "code"), TOO_LONG_TO_EVALUATE)
def test_hostile_evaluation_is_unknown_and_says_why(text: str, code: str | None) -> None:
    noted: list[FeelProblem] = []
    result = evaluate(text, {}, noted=noted)
    assert [problem.code for problem in noted] == [code] * (code is not None)
    if code is not None:
        assert result is None
        assert noted[0].message.endswith(".")
        clause = explain(text, {})
        assert (clause.source, clause.result, clause.clauses) == (text, None, ())
        assert clause.problem == noted[0]


@pytest.mark.parametrize("text", [text for text, _ in (*TOO_LONG_TO_READ, *TOO_LONG_TO_EVALUATE)])
def test_hostile_text_is_little_work(text: str) -> None:
    """Counted in calls, which no other work on the machine changes; `bench.fuzz_feel` times the same texts."""
    with suppress(FeelError):
        evaluate("1", {})  # what is made once only is no work of this text
        with counted_calls() as calls:
            evaluate(text, {"a": 1})
    assert 0 < calls() < CALLS


def test_an_explanation_longer_than_the_evaluation_keeps_the_result() -> None:
    text = "every i in 1..40 satisfies every j in 1..80 satisfies i + j > 1"
    assert evaluate(text, {}) is True
    clause = explain(text, {})
    assert (clause.result, clause.clauses, clause.problem) == (True, (), None)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 55 + "1" + ")" * 55,
        "[" * 55 + "1" + "]" * 55,
        "1" + "+1" * 140,
        " and ".join(["a"] * 800),
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
        '@"999999999-12-31T24:00:00"',
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

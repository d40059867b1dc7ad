"""An expression of a scheme that passes a bound is unknown; nothing that serves a page ever breaks on it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine import feel
from engine.language.expressions import Expression
from engine.problems import Place

NOW = datetime(2020, 5, 12, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("count(for i in 1..1000000 return i) > 3", "too_much_work"),
        ("string(for i in 1..40 return partial) = answer", "too_big"),
        ("(function(f) f(f))(function(f) f(f))", "too_deep"),
    ],
)
def test_what_passes_a_bound_is_unknown_and_says_why(text: str, code: str) -> None:
    expression = Expression(text, feel.compile(text), feel.BOOLEAN, Place("scheme.yaml", 1, 1))
    assert expression.value({"answer": "x"}, NOW, UTC) is None
    assert expression.holds({"answer": "x"}, NOW, UTC) is False
    clause = expression.explain({"answer": "x"}, NOW, UTC)
    assert clause.result is None
    assert clause.problem is not None
    assert clause.problem.code == code

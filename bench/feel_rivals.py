"""The same three rules in the engines a Python programmer would find: pySFeel (FEEL) and zen-engine (its own language).

Each gets the answers in the form it wants and the rule in the wording it understands; both reckon in binary fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bench.feel_rules import Answers

MISSING = "NOT MEASURED, it is not installed: pip install -e '.[bench]'"
# `a and b <= 10` is `(a and b) <= 10` for pySFeel, without an error; and a boolean column is no filter.
PYSFEEL = {
    "four clauses": "is_association and (employees <= 10) and (revenue <= 50000) and not(is_excluded)",
    "a flag and 90 days": 'is_owner and ((requested_on - bought_on) >= duration("P90D"))',
    "a sum over 20 rows": "(sum(invoices[is_eligible = true].amount) * 0.8) <= 2000",
}
ZEN = {
    "four clauses": "is_association and employees <= 10 and revenue <= 50000 and not(is_excluded)",
    "a flag and 90 days": 'is_owner and d(requested_on).diff(d(bought_on), "day") >= 90',
    "a sum over 20 rows": "sum(map(filter(invoices, #.is_eligible), #.amount)) * 0.8 <= 2000",
}


def pysfeel(rule: str, answers: Answers) -> Callable[[], Any] | None:
    """The rule in pySFeel, which reads the text each time; None when it is not installed."""
    if find_spec("pySFeel") is None:
        return None
    parser: Any = import_module("pySFeel").SFeelParser()
    parser.names.update(_floats(answers))
    return lambda: parser.sFeelParse(PYSFEEL[rule])[1]


def zen(rule: str, answers: Answers) -> Callable[[], Any] | None:
    """The rule in zen-engine, compiled once; None when it is not installed."""
    if find_spec("zen") is None:
        return None
    compiled: Any = import_module("zen").compile_expression(ZEN[rule])
    given = _dates_as_text(_floats(answers))
    return lambda: compiled.evaluate(given)


RIVALS: Mapping[str, Callable[[str, Answers], Callable[[], Any] | None]] = {
    "pySFeel": pysfeel,
    "zen-engine": zen,
}


def _floats(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _floats(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_floats(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def _dates_as_text(answers: Answers) -> dict[str, Any]:
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in answers.items()}

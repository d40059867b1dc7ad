"""The three rules whose speed is measured, each beside the function a programmer would write by hand.

By hand, answers are plain `Decimal`, `date` and `bool` in a dictionary, every answer is there, limits are whole numbers
in the code, and 90 days are made where they are used. That is the harder bar: `careful` is the same function for answers
that may be missing, which is what the expression does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Answers = Mapping[str, Any]
ByHand = Callable[[Answers], Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as an expression and as Python, the answers both are given, and the most one may cost of the other."""

    name: str
    text: str
    by_hand: ByHand
    careful: ByHand
    answers: Answers
    most: float


def _four_clauses(answers: Answers) -> bool:
    return (
        answers["is_association"]
        and answers["employees"] <= 10
        and answers["revenue"] <= 50_000
        and not answers["is_excluded"]
    )


def _four_clauses_careful(answers: Answers) -> bool | None:
    clauses = (
        answers.get("is_association"),
        None if (employees := answers.get("employees")) is None else employees <= 10,
        None if (revenue := answers.get("revenue")) is None else revenue <= 50_000,
        None if (excluded := answers.get("is_excluded")) is None else not excluded,
    )
    if False in clauses:
        return False
    return None if None in clauses else True


def _date_rule(answers: Answers) -> bool:
    return answers["is_owner"] and answers["requested_on"] - answers["bought_on"] >= timedelta(days=90)


def _date_rule_careful(answers: Answers) -> bool | None:
    owner, requested, bought = (answers.get(name) for name in ("is_owner", "requested_on", "bought_on"))
    waited = None if requested is None or bought is None else requested - bought >= timedelta(days=90)
    if owner is False or waited is False:
        return False
    return None if owner is None or waited is None else True


_SHARE = Decimal("0.8")


def _sum_rule(answers: Answers) -> bool:
    return sum(row["amount"] for row in answers["invoices"] if row["is_eligible"]) * _SHARE <= 2000


def _sum_rule_careful(answers: Answers) -> bool | None:
    rows = answers.get("invoices")
    amounts = [row["amount"] for row in rows or () if row["is_eligible"]]
    return None if not amounts or None in amounts else sum(amounts) * _SHARE <= 2000


_INVOICES = [{"is_eligible": number % 3 != 0, "amount": Decimal("123.45") + number} for number in range(20)]

RULES = (
    Rule(
        "four clauses",
        "is_association and employees <= 10 and revenue <= 50000 and not(is_excluded)",
        _four_clauses,
        _four_clauses_careful,
        {
            "is_association": True,
            "employees": Decimal(4),
            "revenue": Decimal("32000.50"),
            "is_excluded": False,
        },
        4.0,
    ),
    Rule(
        "a flag and 90 days",
        "is_owner and requested_on - bought_on >= 90 days",
        _date_rule,
        _date_rule_careful,
        {"is_owner": True, "requested_on": date(2024, 6, 1), "bought_on": date(2024, 1, 15)},
        1.5,
    ),
    Rule(
        "a sum over 20 rows",
        "sum(invoices[is_eligible].amount) * 0.8 <= 2000",
        _sum_rule,
        _sum_rule_careful,
        {"invoices": _INVOICES},
        2.0,
    ),
)

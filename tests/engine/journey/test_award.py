"""The amount is exact, bounded, rounded once at the end, and nothing when anything it reads is unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.award import Computation, compute, rounded
from engine.eligibility import judge

FORM = """\
form:
  one:
    title: {fr: Un, en: One}
    fields:
      cost: {type: money, label: {fr: Coût, en: Cost}}
      modest: {type: yes_no, optional: true, label: {fr: Modeste, en: Modest}}
eligibility:
  some_cost: {require: cost > 0, otherwise: {fr: Rien., en: Nothing.}}
  small: {require: cost < 100000, otherwise: {fr: Gros., en: Big.}, severity: warn}
award:
"""


def amount(scheme_of, reading_of, award, **answers):
    reading = reading_of(scheme_of(FORM + award), answers)
    return compute(reading, judge(reading)).amount


@pytest.mark.parametrize(
    ("award", "cost", "expected"),
    [
        ("  amount: 0.4 * cost\n", "100.00", "40.00"),
        ("  amount: 0.4 * cost\n", "0.01", "0.00"),
        ("  amount: cost / 3\n", "100.00", "33.33"),
        ("  amount: cost / 3 * 3\n", "100.00", "100.00"),
        ("  amount: cost / 8\n", "0.04", "0.01"),
        ("  amount: cost / 8\n  round: half even, 2 decimals\n", "0.04", "0.00"),
        ("  amount: cost / 8\n  round: half down, 2 decimals\n", "0.04", "0.00"),
        ("  amount: cost / 8\n  round: up, 2 decimals\n", "0.01", "0.01"),
        ("  amount: cost / 8\n  round: down, 2 decimals\n", "0.07", "0.00"),
        ("  amount: cost / 3\n  round: half up, 0 decimals\n", "100.00", "33"),
        ('  amount: 0.4 * cost\n  at_most: "8000"\n', "99999.00", "8000.00"),
        ('  amount: 0.4 * cost\n  at_least: "50"\n', "1.00", "50.00"),
        ("  amount: 0.4 * cost\n  at_most: cost / 3\n", "100.00", "33.33"),
        ("  amount: cost\n", None, None),
        ("  amount: cost\n", "0.00", None),
        ("  amount: if modest then 1 else 2\n  at_most: if modest then 1 else null\n", "5.00", None),
        ("  amount: if eligible and rules.small then 10 else 20\n", "100000.00", "20.00"),
        ("  amount: if rules.small then 10 else 20\n", "5.00", "10.00"),
    ],
)
def test_an_award_is_computed_to_the_cent(scheme_of, reading_of, award, cost, expected):
    found = amount(scheme_of, reading_of, award, cost=cost)
    assert (None if found is None else f"{found:f}") == expected


@pytest.mark.parametrize(
    ("mode", "positive", "negative"),
    [
        ("half up", "2.35", "-2.35"),
        ("half down", "2.34", "-2.34"),
        ("half even", "2.34", "-2.34"),
        ("up", "2.35", "-2.35"),
        ("down", "2.34", "-2.34"),
        ("ceiling", "2.35", "-2.34"),
        ("floor", "2.34", "-2.35"),
    ],
)
def test_rounding_follows_feel(mode, positive, negative):
    assert f"{rounded(Decimal('2.345'), mode, 2)}" == positive
    assert f"{rounded(Decimal('-2.345'), mode, 2)}" == negative


def test_a_huge_amount_is_not_lost():
    assert rounded(Decimal("1E+33"), "half up", 2) == Decimal("1E+33")


def test_the_computation_shows_what_it_used(scheme_of, reading_of):
    reading = reading_of(scheme_of(FORM + "  amount: 0.4 * cost\n"), {"cost": "100.00"})
    computation = compute(reading, judge(reading))
    assert (computation.currency, computation.source) == ("EUR", "0.4 * cost")
    assert [(one.path, one.value("fr").value) for one in computation.used] == [("cost", "100.00")]
    assert Computation.from_json(computation.to_json()) == computation


def test_a_scheme_without_award_gives_no_amount(scheme_of, reading_of):
    reading = reading_of(scheme_of(FORM.partition("award:")[0]), {"cost": "1.00"})
    assert compute(reading, judge(reading)).amount is None

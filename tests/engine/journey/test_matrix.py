"""A table with fixed lines: cells for the rules, blanks that count as 0, computed lines and columns, totals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.answers import read_form
from engine.language import SchemeError
from engine.validation import validate_page

FORM = """\
form:
  money:
    title: {fr: Budget, en: Budget}
    fields:
      budget:
        type: matrix
        label: {fr: Charges, en: Charges}
        rows:
          direct: {heading: {fr: Directes, en: Direct}}
          purchases: {label: {fr: "60 – Achats", en: "60 – Purchases"}}
          subtotal: {label: {fr: Sous-total, en: Sub-total}, sum: [purchases, services]}
          services: {label: {fr: "61 – Services", en: "61 – Services"}}
          half: {label: {fr: Moitié, en: Half}, value: subtotal / 2}
        columns:
          what: {type: text, optional: true, label: {fr: Nature, en: What}}
          planned: {type: money, optional: true, min: 0, label: {fr: Prévu, en: Planned}}
          paid: {type: money, COLUMN, label: {fr: Payé, en: Paid}}
          part: {type: percentage, label: {fr: Part, en: Part}, value: planned / budget.subtotal.planned * 100}
          both: {type: money, label: {fr: Ensemble, en: Both}, value: planned + paid}
        totals:
          all_planned: {sum: planned, label: {fr: Total, en: Total}}
          everything: {sum: both, label: {fr: Ensemble, en: Both}}
        check: {some: {require: all_planned > paid_before, otherwise: {fr: Peu, en: Little}}}
      paid_before: {type: money, label: {fr: Avant, en: Before}}
eligibility:
  small: {require: budget.purchases.planned < 1000, otherwise: {fr: Trop, en: Too much}}
"""
TYPED = {
    "budget-purchases-planned": ["1 200,50 €"],
    "budget-services-planned": ["299,50"],
    "budget-services-what": ["Location"],
    "budget-services-paid": ["100"],
    "paid_before": ["10"],
}


@pytest.fixture(scope="module")
def scheme(scheme_of):
    return scheme_of(FORM.replace("COLUMN", "optional: true"))


def typed(scheme, controls):
    return read_form(scheme.form["money"].fields.values(), controls)


def test_amounts_are_read_as_they_are_pasted(scheme):
    answers = typed(scheme, TYPED).answers["budget"]
    assert answers == {
        "purchases": {"planned": "1200.50"},
        "services": {"what": "Location", "planned": "299.50", "paid": "100.00"},
    }


def test_rules_know_each_cell_and_a_blank_figure_of_an_optional_column_is_0(scheme, reading_of):
    reading = reading_of(scheme, typed(scheme, TYPED).answers)
    cells = reading.values["budget"]
    assert list(cells) == ["purchases", "subtotal", "services", "half"]
    assert cells["purchases"]["planned"] == Decimal("1200.50")
    assert cells["purchases"]["paid"] == 0
    assert cells["purchases"]["what"] is None


def test_lines_and_columns_are_computed_from_one_another_whatever_their_order(scheme, reading_of):
    cells = reading_of(scheme, typed(scheme, TYPED).answers).values["budget"]
    assert cells["subtotal"] == {"planned": 1500, "paid": 100, "part": 100, "both": 1600}
    assert cells["half"]["planned"] == 750
    assert cells["services"]["both"] == Decimal("399.50")
    assert round(cells["purchases"]["part"], 2) == Decimal("80.03")


def test_totals_add_up_what_is_typed_and_never_a_computed_line_again(scheme, reading_of):
    values = reading_of(scheme, typed(scheme, TYPED).answers).values
    assert (values["all_planned"], values["everything"]) == (1500, 1600)


def test_table_not_seen_yet_is_unknown_and_one_left_blank_must_be_filled_in(scheme, reading_of):
    assert reading_of(scheme, {}).values["all_planned"] is None
    blank = reading_of(scheme, typed(scheme, {}).answers)
    assert blank.values["all_planned"] == 0
    assert ("budget",) in [one.path for one in validate_page(blank, "money") if one.code == "missing"]


def test_slip_in_a_cell_names_its_line_and_its_column(scheme, reading_of):
    found = typed(scheme, {**TYPED, "budget-services-planned": ["beaucoup"]})
    assert [(one.path, one.code) for one in found.problems] == [
        (("budget", "services", "planned"), "not_a_number")
    ]
    low = reading_of(scheme, typed(scheme, {**TYPED, "budget-services-planned": ["-5"]}).answers)
    assert (("budget", "services", "planned"), "too_small") in [
        (one.path, one.code) for one in validate_page(low, "money")
    ]


def test_check_over_the_table_is_told_at_the_table(scheme, reading_of):
    reading = reading_of(scheme, typed(scheme, {**TYPED, "paid_before": ["2000"]}).answers)
    assert [(one.path, one.code) for one in validate_page(reading, "money")] == [(("budget",), "check")]


def test_required_column_asks_every_line_and_keeps_its_blanks_unknown(scheme_of, reading_of):
    strict = scheme_of(FORM.replace("COLUMN, ", ""))
    reading = reading_of(strict, typed(strict, TYPED).answers)
    assert reading.values["everything"] is None
    assert [one.path for one in validate_page(reading, "money")] == [("budget", "purchases", "paid")]


def test_filing_keeps_the_typed_cells_of_lines_alone(scheme, reading_of):
    answers = {**typed(scheme, TYPED).answers}
    answers["budget"] = {**answers["budget"], "gone": {"planned": "1.00"}, "subtotal": {"planned": "9.00"}}
    assert reading_of(scheme, answers).kept()["budget"] == typed(scheme, TYPED).answers["budget"]


def test_lines_that_wait_for_one_another_are_refused(scheme_of):
    circle = FORM.replace("COLUMN", "optional: true").replace(
        "sum: [purchases, services]", "sum: [purchases, half]"
    )
    with pytest.raises(SchemeError) as told:
        scheme_of(circle)
    errors = [one for one in told.value.problems if one.severity == "error"]
    assert [(one.code, one.params["names"]) for one in errors] == [("loop", ("half", "subtotal"))]

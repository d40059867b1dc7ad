"""Vouchers: a file in the very form finance software wants, that runs nothing in a spreadsheet."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.language import Bundle, SchemeError, load_scheme
from renderers import vouchers

YAML = """scheme: grant
languages: [fr]
title: Aide
form: {you: {title: Vous, fields: {name: {type: text, label: Nom}}}}
award: {currency: EUR, amount: 100, vouchers: %s}
workflow:
  states: {draft: {kind: start, label: Brouillon}, filed: {label: Déposée, kind: end}}
  public: {all: {label: Déposée, states: [filed]}}
  actions: {submit: {label: Déposer, from: draft, to: filed, by: applicant}}
"""
COLUMNS = "columns: {year: {header: Exercice, value: payment.paid_on.year}, n: {text: x;y}, who: {value: name}, sum: {value: payment.amount}, on: {value: payment.paid_on}}"
NOW = datetime(2026, 10, 5, tzinfo=UTC)
PAID = {"paid_on": date(2026, 10, 7), "amount": Decimal("12.50")}


def load(text):
    return load_scheme(Bundle({"scheme.yaml": YAML % text}))


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("", '2026;"x;y";\'=1+1 é;12,50;07/10/2026'),
        ("separator: tab, decimals: point, dates: yearmonthday, ", "2026\tx;y\t'=1+1 é\t12.50\t20261007"),
        (
            "separator: comma, dates: year-month-day, encoding: windows-1252, ",
            '2026,x;y,\'=1+1 é,"12,50",2026-10-07',
        ),
    ],
)
def test_file_is_written_as_declared(form, line):
    declared = load(f"{{{form}{COLUMNS}}}").award.vouchers
    cells = vouchers.cells(declared, {"name": "=1+1 é", "payment": PAID}, NOW, UTC)
    head, found = vouchers.as_csv(declared, [cells]).decode(declared.encoding).splitlines()
    assert found == line
    assert head.startswith("Exercice")


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ("{a: {header: A}}", "text_or_value"),
        ("{a: {text: x, value: name}}", "text_or_value"),
        ("{a: {value: payment.amount > 3}}", "not_for_a_cell"),
        ("{a: {value: payment.colour}}", "feel_unknown_member"),
    ],
)
def test_faulty_column_is_told_by_check(columns, code):
    with pytest.raises(SchemeError) as found:
        load(f"{{columns: {columns}}}")
    assert [problem.code for problem in found.value.problems] == [code]

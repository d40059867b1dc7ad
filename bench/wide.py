"""A form of 200 fields, its budget by line and its twelve rows: what the work for a page is measured on. Made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

PAGES, FIELDS, ROWS, LINES = 8, 20, 12, 20
HEAD = """\
scheme: wide-form
languages: [fr]
title: Grand formulaire (fictif)
summary: Un formulaire de mesure.
reference: "GF-{year}-{number:05}"
contact: {email: essai@exemple.example}
privacy: {keep: 2 years after end, drafts: 90 days}
roles: {clerk: {label: Mairie, may: [search, view]}}
form:
"""
TAIL = """\
eligibility:
  enough: {require: f0_0 >= 0, otherwise: Trop peu}
workflow:
  public: {received: {label: Reçue, states: [submitted]}, decided: {label: Décidée, states: [accepted]}}
  states: {draft: {kind: start}, submitted: {label: Déposée}, accepted: {label: Acceptée, decision: granted, kind: end}}
  actions:
    submit: {label: Déposer, from: draft, to: submitted, by: applicant}
    accept: {label: Accepter, from: submitted, to: accepted, by: clerk}
"""


def wide_form() -> str:
    """The scheme: eight pages of twenty fields, every other one asked on a condition, then a table and rows."""
    return HEAD + "".join(_plain(page) for page in range(PAGES)) + _table() + _rows() + TAIL


def _plain(page: int) -> str:
    lines = [f"  page_{page}:", f"    title: Page {page}", "    fields:"]
    for number in range(FIELDS):
        when = f"when: f{page}_{number - 1} > 10, " if number % 2 else ""
        lines.append(f"      f{page}_{number}: {{{when}type: money, min: 0, label: Montant {number}}}")
    return "\n".join(lines) + "\n"


def _table() -> str:
    lines = "".join(f"          line_{one}: {{label: Ligne {one}}}\n" for one in range(LINES))
    added = ", ".join(f"line_{one}" for one in range(LINES))
    return f"""\
  table:
    title: Budget
    fields:
      budget:
        type: matrix
        label: Budget
        rows:
{lines}          everything: {{label: Ensemble, sum: [{added}]}}
        columns:
          planned: {{type: money, optional: true, label: Prévu}}
          paid: {{type: money, optional: true, label: Payé}}
          left: {{type: money, label: Reste, value: planned - paid}}
        totals: {{all_planned: {{sum: planned, label: Total}}}}
"""


def _rows() -> str:
    cells = "".join(f"          c{one}: {{type: money, label: Colonne {one}}}\n" for one in range(6))
    return f"""\
  rows:
    title: Lignes
    fields:
      bills:
        type: repeat
        layout: table
        label: Factures
        unique: [c0]
        fields:
{cells}          tax: {{type: money, label: Taxe, value: c0 * 0.2}}
          more: {{type: money, when: c1 > 5, label: Plus}}
        totals:
          first: {{sum: c0, label: Total}}
          taxes: {{sum: tax, where: c1 > 5, label: Taxes}}
        check: {{few: {{require: first < 1000000, otherwise: Trop}}}}
"""


def wide_answers(fields: Mapping[str, Any]) -> dict[str, Any]:
    """An answer to every field."""
    return dict(_answers(fields))


def _answers(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for id in fields:
        if id == "budget":
            yield id, {f"line_{one}": {"planned": "20.00", "paid": "7.50"} for one in range(LINES)}
        elif id == "bills":
            cells = {f"c{one}": f"{one + 10}.00" for one in range(1, 6)} | {"more": "1.00"}
            yield id, [{"c0": f"{row}.00", **cells} for row in range(ROWS)]
        else:
            yield id, "20.00"

"""What is computed for a row is read among its answers: before the deposit, on the receipt, in the letter."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.award import decisions
from engine.eligibility import judge
from engine.language import load_scheme
from engine.organisation import Organisation
from renderers.controls import Questions, controls
from renderers.decided import shown_tables
from renderers.summary import Summary, answer_pages

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
TOWN = Organisation(name="Commune (fictive)", zone=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="module")
def reading():
    """One child of a household with a low family quotient."""
    scheme = load_scheme(ROOT / "examples" / "school-year-grant")
    children = [{"first_name": "Lou", "level": "college", "boarder": False}]
    answers = {"yearly_income": "6000.00", "parts": "2", "children": children}
    return read_answers(scheme, answers, now=NOON, organisation=TOWN)


def test_summary_shows_what_is_computed_under_its_row(reading):
    [row] = answer_pages(Summary(reading, "fr"))[1].lines[0].rows
    assert [(line.label, line.value) for line in row.lines][-1] == ("Aide", "450\u00a0€")


def test_summary_leaves_out_what_is_hidden(reading):
    [row] = answer_pages(Summary(reading, "fr", hidden=frozenset({"grant"})))[1].lines[0].rows
    assert "Aide" not in [line.label for line in row.lines]


def test_nobody_types_what_is_computed(reading):
    field = reading.scheme.fields["children"]
    [control] = controls((field,), Questions("fr", {"children-0": ["row"]}, reading=reading))
    assert [inner.name for inner in control.rows[0].controls] == [
        "children-0-first_name", "children-0-level", "children-0-boarder"
    ]  # fmt: skip


def test_table_is_told_with_its_row_and_its_values(reading):
    [shown] = shown_tables(decisions(reading, judge(reading)), "fr")
    assert (shown.title, shown.rows, shown.result) == ("Lou – Aide", (2,), "450\u00a0€")
    assert shown.used == (("Quotient familial par mois", "250\u00a0€"), ("Niveau à la rentrée", "Collège"))

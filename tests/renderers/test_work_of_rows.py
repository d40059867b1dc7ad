"""The work for a page grows with its rows, never with their square."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bench.nested import nested_answers, nested_form
from bench.wide import wide_answers, wide_form
from engine.asked import read_answers
from engine.journey import walk
from engine.language import Bundle, Scheme, load_scheme
from engine.organisation import Organisation
from renderers.controls import Questions, controls, stored
from renderers.live import live_page

NOON = datetime(2026, 3, 2, 10, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(Bundle({"scheme.yaml": wide_form()}))


def made(scheme: Scheme, page_id: str, answers: dict[str, Any]) -> None:
    """All that a page wants before it is written: read, judged, its script's part, its controls."""
    reading = read_answers(scheme, answers, now=NOON, organisation=OFFICE)
    walk(reading, list(scheme.form))
    fields = tuple(scheme.form[page_id].fields.values())
    live_page(reading, scheme.form[page_id], fields, "fr")
    controls(fields, Questions("fr", stored(fields, answers), reading=reading))


def calls(scheme: Scheme, page_id: str, answers: dict[str, Any]) -> int:
    """How many functions are called for a page, once what is kept beside a scheme is there."""
    made(scheme, page_id, answers)
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        made(scheme, page_id, answers)
    finally:
        sys.setprofile(before)
    return count


def test_each_row_costs_what_the_one_before_cost(scheme: Scheme):
    answers = wide_answers(scheme.fields)
    row = answers["bills"][0]
    counts = {
        many: calls(scheme, "rows", {**answers, "bills": [{**row, "c0": f"{one}.00"} for one in range(many)]})
        for many in (6, 12, 24)
    }
    first, second = counts[12] - counts[6], counts[24] - counts[12]
    assert second < 2.2 * first


def test_page_of_a_wide_form_stays_within_its_work(scheme: Scheme):
    answers = wide_answers(scheme.fields)
    assert calls(scheme, "page_0", answers) < 24_000
    assert calls(scheme, "table", answers) < 27_000
    assert calls(scheme, "rows", answers) < 28_000


def test_page_of_rows_in_rows_stays_within_its_work():
    nested = load_scheme(Bundle({"scheme.yaml": nested_form()}))
    answers = nested_answers()
    assert calls(nested, "projects", answers) < 30_000
    more = {**answers, "projects": answers["projects"] * 2}
    assert calls(nested, "projects", more) < 2.2 * calls(nested, "projects", answers)

"""The page of one row as its script sees it: the questions of the row as those of a form, the rest as it is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.language import Bundle, Scheme, load_scheme
from engine.organisation import Organisation
from renderers.live import live_page

ROOT = Path(__file__).parents[2]
KIDS = ROOT / "tests" / "fixtures" / "children.yaml"
NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
TOWN = Organisation(name="Commune (fictive)", zone=ZoneInfo("Europe/Paris"))
CHILDREN = {"children": [{"first_name": "Zoé", "level": "none"}, {"first_name": "Léo", "level": "lycee"}]}


def given(scheme: Scheme, answers: Mapping[str, Any], page: str, row: int) -> tuple[Any, frozenset[str]]:
    reading = read_answers(scheme, answers, now=NOON, organisation=TOWN, deposited_on=date(2026, 9, 1))
    shown = scheme.form[page]
    made = live_page(reading, shown, [scheme.fields[shown.for_each]], "fr", row)
    return (None, frozenset()) if made is None else (json.loads(made.data), made.changing)


@pytest.fixture(scope="module")
def kids() -> Scheme:
    return load_scheme(KIDS)


def test_questions_of_the_row_come_and_go_under_the_names_of_their_controls(kids):
    data, changing = given(kids, CHILDREN, "school", 1)
    assert data["before"] == "children-1-" and data["fields"].keys() == {"level", "boarder"}
    assert data["fields"]["boarder"]["when"] is not True and "children/boarder" in changing
    assert data["values"]["row"] == {"c": [["number", {"n": "2"}]]}


def test_figures_and_notes_of_the_row_follow_it(kids):
    data, _ = given(kids, CHILDREN, "school", 1)
    assert data["notes"].keys() == {"part", "children-1-grant"}
    assert data["notes"]["children-1-grant"]["unit"] == "money"
    assert data["notes"]["part"]["after"] == ["level"]


def test_total_over_all_rows_is_left_to_the_server(kids):
    text = KIDS.read_text(encoding="utf-8").replace("grant / 2", "grants / 2")
    data, _ = given(load_scheme(Bundle({"scheme.yaml": text})), CHILDREN, "school", 1)
    assert data["totals"] == {} and "part" not in data["notes"] and "grants" not in data["values"]


def test_answers_of_the_row_from_another_page_are_what_they_are():
    more = "costs:\n        when: proof = null\n"
    ill = 'ill: {type: yes_no, label: Malade}\n      day: {type: yes_no, label: Jour, when: ill and level = "lycee"}\n      '
    text = KIDS.read_text(encoding="utf-8").replace("costs:\n", ill + more)
    data, _ = given(load_scheme(Bundle({"scheme.yaml": text})), CHILDREN, "health", 1)
    assert data["values"]["level"] == "lycee" and "first_name" not in data["values"]
    assert data["fields"]["day"]["when"] is not None
    assert data["fields"]["costs"]["when"] is None, "documents are read by the server alone"


def test_secret_answer_of_the_row_never_travels():
    text = KIDS.read_text(encoding="utf-8").replace("type: date, ", "type: date, sensitive: true, ")
    text = text.replace(
        'boarder: {type: yes_no, label: {fr: Interne, en: Boarder}, when: level = "lycee"}',
        'boarder: {type: yes_no, label: {fr: Interne, en: Boarder}, when: level = "lycee" and born != null}',
    )
    row = {"first_name": "Zoé", "born": "2015-05-04", "level": "lycee"}
    data, _ = given(load_scheme(Bundle({"scheme.yaml": text})), {"children": [row]}, "school", 0)
    assert data["fields"]["boarder"]["when"] is None and "2015" not in json.dumps(data)


def test_budget_of_each_project_is_judged_on_its_page():
    scheme = load_scheme(ROOT / "examples" / "association-grant")
    project = {"project_name": "Fête", "project_asked": "50.00"}
    data, changing = given(scheme, {"projects": [project]}, "project_budget", 0)
    assert data["totals"].keys() >= {"project_total_charges", "project_total_income"}
    assert [one["id"] for one in data["fields"]["income"]["checks"]] == [
        "project_balances",
        "project_grants_named",
    ]
    assert data["notes"]["projects-0-project_share"]["unit"] == "percentage"
    assert {"projects/in_kind_used", "projects/in_kind_given"} <= changing


@pytest.mark.parametrize(("secret", "told"), [("", [["max", "money"]]), ("sensitive: true, ", [])])
def test_bound_of_a_figure_in_rows_is_judged_in_each_row_unless_it_tells_a_secret(secret, told):
    cap = f"cap: {{type: money, {secret}optional: true, label: Plafond}}\n          "
    text = KIDS.read_text(encoding="utf-8").replace("born: {type", f"{cap}born: {{type")
    text = text.replace("amount: {type: money,", "amount: {type: money, max: cap,")
    row = {"first_name": "Zoé", "level": "lycee", "cap": "12.00"}
    data, _ = given(load_scheme(Bundle({"scheme.yaml": text})), {"children": [row]}, "health", 0)
    limits = data["fields"]["costs"]["rows"]["amount"].get("limits", []) if data else []
    assert [[side, unit] for side, _, unit, _ in limits] == told
    assert [around for *_, around in limits] == [["Indiquez ", " ou moins."] for _ in told]

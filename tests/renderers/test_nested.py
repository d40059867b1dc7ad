"""Rows in rows on the receipt, on the sheet to fill in by hand, in a conflict of answers, and for the page's script."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.language import load_scheme
from engine.language.model import Field, Text
from engine.organisation import Organisation
from engine.problems import AnswerProblem
from engine.words import Printed
from renderers.conflicts import answer_said
from renderers.live.page import live_page
from renderers.offering import with_choices
from renderers.paper_form.asks import asks
from renderers.problem_list import problem_list
from renderers.questions import Questions
from renderers.receipts import _answers
from renderers.summary import Summary, answer_pages

NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
TOWN = Organisation(name="Commune (fictive)", zone=ZoneInfo("Europe/Paris"))
LINE = {"what": "Scène", "price": "80.00", "granted": False}
ANSWERS = {"projects": [{"title": "Fête", "lines": [LINE, {**LINE, "what": "Son"}], "why": "Parce que"}]}


@pytest.fixture(scope="module")
def reading():
    scheme = load_scheme(Path(__file__).parents[1] / "fixtures" / "projects.yaml")
    return read_answers(scheme, ANSWERS, now=NOON, organisation=TOWN, deposited_on=date(2026, 9, 1))


def test_summary_holds_the_rows_of_each_row(reading):
    [row] = answer_pages(Summary(reading, "fr"))[0].lines[1].rows
    assert row.title == "Fête"
    [_, lines, _] = row.lines
    assert [inner.title for inner in lines.rows] == ["Scène", "Son"]
    assert [one.value for one in lines.rows[0].lines] == ["Scène", "80\u00a0€", "", "Non", "80\u00a0€"]


def test_receipt_names_each_inner_answer_by_its_rows(reading):
    pairs = [pair for block in _answers(reading, (), "fr") for pair in block.get("pairs", ())]
    told = {pair["label"]: pair["lines"] for pair in pairs}
    assert told["Projets 1 – Budget 2 – Poste"] == ["Son"]
    assert told["Projets 1 – Budget 1 – Montant"] == ["80\u00a0€"]
    hidden = [pair for block in _answers(reading, {"lines"}, "fr") for pair in block.get("pairs", ())]
    assert not [pair for pair in hidden if "Poste" in pair["label"]]


def test_paper_form_gives_a_table_for_the_rows_of_each_row(reading):
    made = asks(reading.scheme.fields["projects"], "fr")
    [grid] = [ask for ask in made[: len(made) // 3] if ask["kind"] == "grid"]
    assert (grid["label"], grid["columns"][:2], grid["rows"]) == ("Budget", ["Poste", "Prix"], 3)


def test_conflict_says_the_inner_rows_in_words(reading):
    given = SimpleNamespace(answer=ANSWERS["projects"], typed=None)
    said = answer_said(reading.scheme.fields["projects"], given, "fr")
    assert said == "Fête, (Scène, 80\u00a0€, non ; Son, 80\u00a0€, non), Parce que"


def test_page_is_given_the_inner_rows_with_their_totals_and_conditions(reading):
    page = reading.scheme.form["about"]
    made = live_page(reading, page, page.fields.values(), "fr")
    assert made is not None and {"projects/why", "projects/lines/by"} <= made.changing
    data = json.loads(made.data)
    assert data["totals"].keys() == {"all_costs", "big_costs"}
    lines = data["fields"]["projects"]["rows"]["lines"]
    assert lines["totals"].keys() == {"cost", "own_share"}
    assert set(lines["totals"]["cost"]["after"]) >= {"projects/lines/price"}


def test_figures_that_come_from_the_pages_of_rows_are_left_to_the_server():
    scheme = load_scheme(Path(__file__).parents[1] / "fixtures" / "children.yaml")
    children = {"children": [{"first_name": "Zoé", "level": "lycee"}]}
    reading = read_answers(scheme, children, now=NOON, organisation=TOWN, deposited_on=date(2026, 9, 1))
    page = scheme.form["family"]
    made = live_page(reading, page, page.fields.values(), "fr")
    assert made is None or json.loads(made.data)["totals"] == {}


def test_what_is_wrong_in_an_inner_row_names_the_rows_around_it(reading):
    wrong = AnswerProblem(("projects", 0, "lines", 1, "price"), "too_large", {"max": Printed("50", "money")})
    [told] = problem_list([wrong], reading.scheme.fields, "fr")
    assert told.anchor == "q-projects-0-lines-1-price"
    assert told.sentence == "Projets, ligne 1, Budget, ligne 2, Prix\u00a0: indiquez 50\u00a0€ ou moins."
    [named] = problem_list([wrong], reading.scheme.fields, "fr", reading)
    assert named.sentence == (
        "Projets, ligne 1 (Fête), Budget, ligne 2 (Son), Prix\u00a0: indiquez 50\u00a0€ ou moins."
    )


@pytest.mark.parametrize(("layout", "is_menu"), [("table", True), ("", False)])
def test_a_choice_in_the_cell_of_a_table_is_a_menu(reading, layout, is_menu):
    labels = {code: Text({"fr": (code,)}) for code in ("a", "b", "c", "d")}
    level = Field("level", "choice", Text({"fr": ("Niveau",)}), options={"options": labels})
    rows = replace(reading.scheme.fields["projects"], layout=layout, fields={"level": level})
    page = replace(reading.scheme.form["about"], fields={"projects": rows})
    scheme = replace(reading.scheme, form={"about": page})
    asked = Questions("fr", {}, reading=replace(reading, scheme=scheme), place=("projects", 0))
    assert bool(with_choices(level, "projects-0-level", asked)["offered"].menu) is is_menu

"""Computed values on a form page: what the page may settle travels as trees, all else is declared the server's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.language import Bundle, Scheme, load_scheme
from engine.organisation import Organisation
from renderers.controls import Questions, controls
from renderers.live import live_page

COMPUTING = Path(__file__).parents[1] / "browser" / "computing-form"
NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
YOU = {"salary": "1731.42", "zone": "hill", "persons": 3}
WORK = {"kind": "roof", "cost": "1000.00", "own": True}
HOUSE = {"income": "6000.00", "parts": "2", "trusted": True, "works": [WORK]}


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(COMPUTING)


def changed(*pairs: tuple[str, str]) -> Scheme:
    """The form with other words in it."""
    files = dict(Bundle.read(COMPUTING).files)
    for old, new in pairs:
        assert old in files["scheme.yaml"]
        files["scheme.yaml"] = files["scheme.yaml"].replace(old, new)
    return load_scheme(Bundle(files))


def reading(scheme: Scheme, answers: Mapping[str, object]):
    return read_answers(scheme, answers, now=NOON, organisation=OFFICE)


def given(scheme: Scheme, answers: Mapping[str, object] = YOU, page: str = "house"):
    asked = scheme.form[page]
    live = live_page(reading(scheme, answers), asked, asked.fields.values(), "fr")
    return json.loads(live.data) if live else None


def test_values_of_rows_travel_as_trees_in_the_order_of_settling(scheme: Scheme):
    works = given(scheme)["fields"]["works"]
    rows = works["rows"]
    assert works["cells"][0] == "capped" and list(rows).index("aid") < list(rows).index("capped")
    assert rows["aid"]["value"]["root"]["op"] and rows["aid"]["unit"] == "money"
    assert rows["first"]["texts"] == {"true": "Oui", "false": "Non"}
    assert rows["size"]["texts"] == {"small": "Petit", "big": "Grand"}
    assert "value" not in rows["cost"]


def test_computed_values_the_page_changes_travel_as_trees_after_what_they_read(scheme: Scheme):
    found = given(scheme)
    assert found["computed"].keys() == {"family_quotient", "share", "rate", "average_aid"}
    assert found["computed"]["rate"]["by"] == ["kind"]
    place = found["order"].index
    assert place("income") < place("family_quotient") < place("share") < place("works") < place("aids")
    assert place("aids") < place("average_aid") < place("why")


def test_computed_value_nothing_on_the_page_changes_travels_as_a_value():
    folder = Path(__file__).parents[2] / "examples" / "school-year-grant"
    found = given(load_scheme(folder), {"yearly_income": "12000.00", "parts": "2"}, "children")
    assert found["values"] == {"family_quotient": {"n": "500.00"}, "base_grant": {"n": "150"}}
    assert found["computed"] == {} and found["order"] == ["children", "grants", "boarders_grants"]


def test_condition_on_a_computed_value_is_never_taken_for_settled(scheme: Scheme):
    answers = {**YOU, "income": "6000.00", "parts": "2"}
    assert isinstance(given(scheme, answers)["fields"]["helped"]["when"], dict), "typing may change it"


def test_list_behind_a_computed_value_leaves_it_to_the_server(scheme: Scheme):
    found = given(scheme)
    assert found["fields"]["works"]["rows"]["zoned"]["value"] is None
    assert "bonus" not in found["values"] | found["computed"] | found["functions"]


def test_sensitive_answer_behind_a_computed_value_leaves_it_to_the_server(scheme: Scheme):
    found = given(scheme)
    assert found["fields"]["works"]["rows"]["paid"]["value"] is None
    assert found["fields"]["extra"]["when"] is None
    assert found["values"].keys() == {"persons"}


SECRETS = [
    ("require: aids <= 10000, otherwise: {fr: \"Le total des aides ({aids})", "require: aids <= 10000, otherwise: {fr: \"Salaire {net_salary} ({aids})"),
    ("{type: money, min: 0, label: {fr: Revenu", "{type: money, max: net_salary, label: {fr: Revenu"),
    ("value: cost + net_salary", "value: cost + sum(others.left)"),
    ("value: cost + net_salary", "value: cost + all_left"),
]  # fmt: skip
OTHERS = """\
      persons: {type: integer, min: 1, label: {fr: Personnes, en: Persons}}
      others:
        type: repeat
        label: {fr: Autres, en: Others}
        row: {fr: "{name}", en: "{name}"}
        fields:
          name: {type: text, label: {fr: Nom, en: Name}}
          left: {type: money, label: {fr: Reste, en: Left}, value: net_salary / 3}
        totals: {all_left: {sum: left, label: {fr: Reste, en: Left}}}
"""


@pytest.mark.parametrize("pair", SECRETS, ids=["text", "bound", "rows", "total"])
def test_nothing_that_tells_of_a_sensitive_answer_travels(pair: tuple[str, str]):
    scheme = changed(pair, ("      persons: {type: integer, min: 1, label: {fr: Personnes, en: Persons}}\n", OTHERS))  # fmt: skip
    answers = {**YOU, "others": [{"name": "Zoé"}]}
    sent = json.dumps(given(scheme, answers)).replace("\\u202f", "").replace("\\u00a0", "")
    for secret in ("1731.42", "1385", "1 385", "461."):  # the salary, four fifths of it, a third of that
        assert secret not in sent
    assert given(scheme, answers) is not None


def test_early_refusal_waits_for_the_answers_a_computed_value_is_made_from(scheme: Scheme):
    [stop] = given(scheme)["stops"]
    assert stop["reads"] == ["share"] and stop["after"] == ["income", "parts"]


def test_early_refusal_on_an_answer_of_a_later_page_is_left_to_the_server():
    later = ("      honour:", "      weight: {type: integer, optional: true, label: {fr: Poids, en: Weight}}\n      honour:")  # fmt: skip
    by_weight = ("value: income / parts / 12", "value: income / weight / 12")
    scheme = changed(later, by_weight)
    assert given(scheme)["stops"] == []
    assert given(scheme)["fields"]["works"]["rows"]["aid"]["after"] is not None, (
        "what may stay blank is answered"
    )
    scheme = changed((later[0], later[1].replace("optional: true, ", "")), by_weight)
    assert given(scheme)["fields"]["works"]["rows"]["aid"]["after"] is None, "it is shown nowhere before"
    [stop] = given(scheme, {**YOU, "weight": 3})["stops"]
    assert stop["after"] == ["income"]


def works_shown(scheme: Scheme, answers: Mapping[str, object], **more: bool):
    fields = scheme.form["house"].fields
    typed = {"works-0": ["row"]}
    questions = Questions("fr", typed, reading=reading(scheme, {**YOU, **answers}), **more)
    [control] = controls((fields["works"],), questions)
    [row] = control.rows
    return {figure.name: figure.value for figure in (*row.figures, *control.totals)}


def test_page_shows_each_figure_of_a_row_as_the_server_settled_it(scheme: Scheme):
    shown = works_shown(scheme, HOUSE)
    assert shown["works-0-aid"] == "106,67\u00a0€" and shown["works-0-size"] == "Petit"
    assert shown["works-0-first"] == "Oui" and shown["aids"] == "106,67\u00a0€"
    assert shown["works-0-zoned"] == "25\u202f000\u00a0€"


@pytest.mark.parametrize("name", ["income", "trusted"])
def test_figure_is_shown_once_all_it_is_made_from_is_answered(scheme: Scheme, name: str):
    shown = works_shown(scheme, {**HOUSE, name: None})
    assert shown["works-0-aid"] == shown["aids"] == ""
    assert shown["works-0-size"] == "Petit"
    blank = {**WORK, "kind": None}
    shown = works_shown(scheme, {**HOUSE, "works": [blank]})
    assert shown["works-0-aid"] == shown["aids"] == "" and shown["works-0-zoned"] != ""
    assert works_shown(scheme, {**HOUSE, "parts": None})["works-0-aid"] != "", (
        "what may stay blank is answered"
    )


def test_figures_of_other_answers_than_those_typed_are_not_shown(scheme: Scheme):
    assert set(works_shown(scheme, HOUSE, as_read=False).values()) == {""}

"""Rows in the rows of a repeat: projects, each with its budget lines."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engine.answers import read_form
from engine.asked.behind import behind, is_blank
from engine.asked.derived import derived
from engine.award import compute, decisions
from engine.eligibility import judge
from engine.kinds import kind_of
from engine.language import Bundle, load_scheme
from engine.validation import answer_schema, validate_all

PROJECTS = Path(__file__).parents[2] / "fixtures" / "projects.yaml"


def line(what, price, granted=False, **more):
    return {"what": what, "price": price, "granted": granted, **more}


FEAST = {
    "title": "Fête",
    "lines": [line("Scène", "80.00", quantity=2), line("Son", "20.00", True, by="Région")],
    "why": "C'est grand",
}
WALK = {"title": "Balade", "lines": [line("Cartes", "30.00")]}


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(PROJECTS)


def test_rules_read_the_rows_of_every_row_and_totals_add_up_totals(scheme, reading_of):
    reading = reading_of(scheme, {"projects": [FEAST, WALK], "cap": "200.00"})
    assert [row["cost"] for row in reading.values["projects"]] == [Decimal(180), Decimal(30)]
    assert [row["own_share"] for row in reading.values["projects"]] == [Decimal(160), Decimal(30)]
    assert (reading.values["all_costs"], reading.values["big_costs"]) == (Decimal(210), Decimal(180))
    verdict = judge(reading)
    assert verdict.outcomes == {"under_cap": False}, "210 in all lines is over the cap of 200"
    free = reading_of(scheme, {"projects": [FEAST, WALK]})
    assert compute(free, judge(free)).amount == Decimal(105)


def test_condition_in_the_outer_row_reads_the_total_of_its_own_rows(scheme, reading_of):
    first, second = reading_of(scheme, {"projects": [FEAST, WALK]}).rows("projects")
    assert [field.id for field in first.fields] == ["title", "lines", "why"]
    assert [field.id for field in second.fields] == ["title", "lines"]
    stage, sound = first.rows("lines")
    assert [field.id for field in stage.fields] == ["what", "price", "quantity", "granted"]
    assert [field.id for field in sound.fields] == ["what", "price", "quantity", "granted", "by"]
    assert sound.values["title"] == "Fête" and sound.values["row"] == {"number": Decimal(2)}


def test_total_of_rows_that_are_not_known_is_not_known(scheme, reading_of):
    priceless = {"title": "Bal", "lines": [{"what": "Salle"}]}
    assert reading_of(scheme, {"projects": [priceless]}).values["all_costs"] is None
    assert reading_of(scheme, {"projects": [{"title": "Bal"}]}).values["all_costs"] is None
    assert reading_of(scheme, {"projects": [{"title": "Bal", "lines": []}]}).values["all_costs"] == 0


def test_what_is_kept_holds_only_what_is_asked(scheme, reading_of):
    stray = {**FEAST, "lines": [line("Scène", "200.00", by="Personne", stray=1)]}
    kept = reading_of(scheme, {"projects": [stray]}).kept()
    assert kept == {"projects": [{**FEAST, "lines": [line("Scène", "200.00")]}]}


def test_problems_stand_at_their_cell(scheme, reading_of, told):
    wrong = {
        "title": "Fête",
        "lines": [line("Scène", "-1.00"), {"what": "x" * 400, "granted": True}, line("scène", "1.00")],
    }
    found = told(validate_all(reading_of(scheme, {"projects": [WALK, wrong, {"title": "Bal"}]})))
    assert found == [
        ("projects.1.lines", "row_twice"),
        ("projects.1.lines.0.price", "too_small"),
        ("projects.1.lines.1.what", "too_long"),
        ("projects.1.lines.1.price", "missing"),
        ("projects.1.lines.1.by", "missing"),
        ("projects.2.lines", "missing"),
    ]
    many = {"title": "Fête", "lines": [line(str(number), "1.00") for number in range(4)]}
    assert told(validate_all(reading_of(scheme, {"projects": [many]}))) == [("projects.0.lines", "too_many")]
    assert validate_all(reading_of(scheme, {"projects": [FEAST, WALK]})) == ()


def test_form_is_read_row_by_row_and_goes_back_into_its_controls(scheme):
    field = scheme.fields["projects"]
    typed = {
        "projects-0": ["row"],
        "projects-0-title": ["Fête"],
        "projects-0-lines-0": ["row"],
        "projects-0-lines-0-what": ["Scène"],
        "projects-0-lines-0-price": ["80"],
        "projects-0-lines-0-granted": ["no"],
        "projects-0-lines-1": ["row"],
        "projects-0-lines-1-price": ["beaucoup"],
    }
    found = read_form([field], typed)
    assert [(one.path, one.code) for one in found.problems] == [
        (("projects", 0, "lines", 1, "price"), "not_a_number")
    ]
    read = read_form([field], {**typed, "projects-0-lines-1-price": ["5,5"]})
    lines = [line("Scène", "80.00"), {"price": "5.50"}]
    assert read.answers == {"projects": [{"title": "Fête", "lines": lines}]}
    again = {
        f"projects{suffix}": values
        for suffix, values in kind_of(field).raw(field, read.answers["projects"]).items()
    }
    assert read_form([field], again).answers == read.answers


def test_published_schema_describes_the_inner_rows(scheme):
    row = answer_schema(scheme)["properties"]["projects"]["items"]
    assert row["required"] == ["title", "lines"]
    inner = row["properties"]["lines"]
    assert (inner["type"], inner["minItems"], inner["maxItems"]) == ("array", 1, 3)
    assert inner["items"]["required"] == ["what", "price", "granted"]
    assert inner["items"]["properties"]["by"]["x-when"] == "granted"


def test_total_of_totals_stands_on_the_cells_of_the_inner_rows(scheme, reading_of):
    cells = behind(scheme, ["all_costs"])
    assert cells == {"projects", "projects/lines", "projects/lines/price", "projects/lines/quantity"}
    lines = scheme.fields["projects"].fields["lines"]
    assert behind(scheme, ["amount"], lines) == {"projects/lines/price", "projects/lines/quantity"}
    half = {"title": "Bal", "lines": [line("Salle", None), line("Son", "1.00")]}
    reading = reading_of(scheme, {"projects": [WALK, half]})
    assert is_blank(reading, "projects/lines/price")
    assert not is_blank(reading, "projects/lines/price", row=("projects", 0))
    assert is_blank(reading, "projects/lines/price", row=("projects", 1, "lines", 0))
    assert not is_blank(reading, "projects/lines/price", row=("projects", 1, "lines", 1))


def test_who_may_not_see_an_inner_answer_sees_nothing_computed_from_it(scheme):
    assert derived(scheme, {"price"}) == {"price", "amount", "cost", "own_share", "all_costs", "big_costs"}


def test_sensitive_inner_answer_makes_its_repeats_secret():
    text = PROJECTS.read_text(encoding="utf-8").replace("label: Par qui,", "label: Par qui, sensitive: true,")
    secret = load_scheme(Bundle({"scheme.yaml": text}))
    assert secret.fields["projects"].is_secret and secret.fields["projects"].fields["lines"].is_secret


def test_table_that_decides_in_the_inner_rows_is_told_for_each_of_them(reading_of):
    plain = "value: price * (if quantity = null then 1 else quantity)"
    table = 'value: {decide: [price], hit: first, rows: [["< 50", 5], ["-", 10]]}'
    decided = load_scheme(Bundle({"scheme.yaml": PROJECTS.read_text(encoding="utf-8").replace(plain, table)}))
    reading = reading_of(decided, {"projects": [FEAST, WALK]})
    found = decisions(reading, judge(reading))
    assert [(one.id, one.rows) for one in found] == [("amount", (2,)), ("amount", (1,)), ("amount", (1,))]

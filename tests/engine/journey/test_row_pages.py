"""A page asked for each row of a repeat: the way through the form, what is wrong where, what machines are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.journey import walk
from engine.language import Bundle, load_scheme
from engine.validation import step_schema, validate_all, validate_page

CHILDREN = Path(__file__).parents[2] / "fixtures" / "children.yaml"
ZOE, LEO = {"first_name": "Zoé", "level": "none"}, {"first_name": "Léo", "level": "college"}


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(CHILDREN)


def test_pages_of_rows_stand_row_by_row_between_the_others(scheme, reading_of):
    reading = reading_of(scheme, {"children": [ZOE, LEO]})
    assert [step.id for step in reading.steps] == ["family", "school-1", "school-2", "health-2", "last"]
    assert [page.page.id for page in reading.pages] == ["family", "last"]


def test_page_is_done_by_its_own_part_of_its_own_row(scheme, reading_of):
    reading = reading_of(scheme, {"children": [ZOE, {"first_name": "Léo"}]})
    assert validate_page(reading, "family") == validate_page(reading, "school-1") == ()
    [told] = validate_page(reading, "school-2")
    assert (told.path, told.code) == (("children", 1, "level"), "missing")
    journey = walk(reading, {"family", "school-1", "school-2"})
    assert (journey.first_incomplete, journey.before("school-2")) == ("school-2", "school-1")
    assert told in validate_all(reading)


def test_rules_and_totals_know_its_fields_as_those_of_the_row(scheme, reading_of):
    reading = reading_of(scheme, {"children": [ZOE, {**LEO, "level": "lycee"}]})
    assert reading.values["grants"] == 400
    assert reading_of(scheme, {"children": [ZOE]}).values["grants"] == 100


def test_each_step_has_its_own_schema_for_machines(scheme):
    family, school = (step_schema(scheme, scheme.form[id]) for id in ("family", "school"))
    assert set(family["properties"]["children"]["items"]["properties"]) == {"first_name", "born"}
    assert (set(school["properties"]), school["required"]) == ({"level", "boarder"}, ["level"])
    assert school["x-for-each"] == "children"


PAGE = """    title: {fr: "L'école de {first_name}", en: "School of {first_name}"}
    for_each: children
"""
CHECKS = (
    PAGE
    + """    hide_from: [instructor]
    check:
      not_both: {require: 'not(boarder) or first_name != "Léo"', otherwise: {fr: "{first_name} ne peut être interne.", en: "Not {first_name}."}}
      few: {require: 'level = "none" or count(children) < 3', otherwise: {fr: "Deux enfants au plus.", en: "Two at most."}}
"""
)


@pytest.fixture(scope="module")
def checked():
    """The same scheme, with checks of the page about school."""
    text = CHILDREN.read_text(encoding="utf-8")
    assert PAGE in text
    return load_scheme(Bundle({"scheme.yaml": text.replace(PAGE, CHECKS)}))


def test_check_of_such_a_page_is_judged_in_its_row_and_told_on_the_page_of_that_row(checked, reading_of):
    boarder = {"level": "lycee", "boarder": True}
    rows = [{"first_name": "Zoé"} | boarder, {"first_name": "Léo"} | boarder]
    reading = reading_of(checked, {"children": rows})
    assert validate_page(reading, "family") == validate_page(reading, "school-1") == ()
    [told] = validate_page(reading, "school-2")
    assert (told.path, told.code) == (("children", 1, "boarder"), "check")
    [name, rest] = told.params["phrases"]["fr"]
    assert (name.value, rest) == ("Léo", " ne peut être interne.")
    assert told in validate_all(reading)
    assert walk(reading, {"family", "school-1", "health-1", "school-2"}).first_incomplete == "school-2"


def test_check_of_such_a_page_waits_for_what_it_reads_and_for_the_page_to_be_asked(checked, reading_of):
    three = [{"first_name": name} for name in ("Zoé", "Léo", "Max")]
    reading = reading_of(checked, {"children": three})
    assert {one.code for one in validate_page(reading, "school-1")} == {"missing"}
    reading = reading_of(checked, {"children": [{**one, "level": "college"} for one in three]})
    assert [one.path for one in validate_page(reading, "school-3")] == [("children", 2, "level")]


def test_fields_of_a_page_kept_from_a_role_are_kept_from_it_one_by_one(checked):
    children = checked.fields["children"].fields
    assert {id for id, one in children.items() if "instructor" in one.hide_from} == {
        "level",
        "boarder",
        "grant",
    }

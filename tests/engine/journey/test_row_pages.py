"""A page asked for each row of a repeat: the way through the form, what is wrong where, what machines are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.journey import walk
from engine.language import load_scheme
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

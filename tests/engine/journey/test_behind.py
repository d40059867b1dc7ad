"""Which answers stand behind a figure, and whether one of them is still to come."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.asked.behind import behind, blank_paths, is_blank
from engine.asked.order import dependencies
from engine.language import load_scheme
from engine.organisation import Organisation

GRANT = Path(__file__).parents[3] / "examples" / "school-year-grant"
NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
TOWN = Organisation(name="Commune (fictive)", zone=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="module")
def scheme():
    """The school-year grant of the examples."""
    return load_scheme(GRANT)


def read(scheme, *children, **answers):
    given = {"yearly_income": "12000.00", "parts": "2", "children": list(children), **answers}
    return read_answers(scheme, given, now=NOON, organisation=TOWN)


def test_total_stands_on_the_cells_and_the_fields_its_terms_are_computed_from(scheme):
    cells = {"children/level", "children/boarder"}
    assert behind(scheme, ["grants"]) == {"yearly_income", "parts", "children", *cells}
    assert behind(scheme, ["family_quotient"]) == {"yearly_income", "parts"}
    assert behind(scheme, ["boarder"], scheme.fields["children"]) == cells, (
        "level decides whether it is asked"
    )
    assert behind(scheme, ["base_grant", "highest_grant", "dossier"]) == frozenset()


def test_value_of_a_computed_value_changes_with_what_it_reads(scheme):
    assert dependencies(scheme)["family_quotient"] == {"yearly_income", "parts"}
    assert dependencies(scheme)["grants"] >= {"family_quotient", "base_grant", "yearly_income", "parts"}


def test_answer_is_blank_while_it_is_asked_and_not_given(scheme):
    lou, max_ = {"first_name": "Lou", "level": "primary"}, {"level": "lycee"}
    reading = read(scheme, lou, max_, parts=None)
    assert [is_blank(reading, path) for path in ("yearly_income", "parts", "children")] == [
        False,
        True,
        False,
    ]
    assert is_blank(reading, "children/boarder") and not is_blank(reading, "children/level")
    assert not is_blank(reading, "children/boarder", row=("children", 0)), "nobody asks it for Lou"
    assert is_blank(reading, "children/boarder", row=("children", 1))
    assert is_blank(read(scheme), "children"), "no row yet"


def test_all_that_is_blank_is_found_in_one_go(scheme):
    lou, max_ = {"first_name": "Lou", "level": "primary"}, {"level": "lycee"}
    ids = [*scheme.fields, *(f"children/{id}" for id in scheme.fields["children"].fields)]
    for reading in (read(scheme, lou, max_, parts=None), read(scheme), read(scheme, lou)):
        assert blank_paths(reading) == {path for path in ids if is_blank(reading, path)}


def test_all_that_is_blank_in_rows_of_rows_is_found_too():
    projects = load_scheme(Path(__file__).parents[2] / "fixtures" / "projects.yaml")
    rows = [{"title": "Fête", "lines": [{"what": "Son"}]}, {"lines": []}]
    reading = read_answers(projects, {"projects": rows}, now=NOON, organisation=TOWN)
    every = [one.place for field in projects.fields.values() for one in (field, *field.below)]

    found = blank_paths(reading)

    assert found == {path for path in every if is_blank(reading, path)}
    assert {"projects/title", "projects/lines", "projects/lines/price"} <= found


def test_what_may_stay_blank_is_answered_unless_it_is_waited_for(scheme_of, reading_of):
    form = """\
form:
  one: {title: {fr: Un, en: One}, fields: {parts: {type: integer, optional: true, label: {fr: Parts, en: Shares}}}}
"""
    reading = reading_of(scheme_of(form), {})
    assert not is_blank(reading, "parts")
    assert is_blank(reading, "parts", even_optional=True)


def test_total_keeps_all_the_digits_of_its_terms(scheme_of, reading_of):
    form = """\
form:
  one:
    title: {fr: Un, en: One}
    fields:
      rows:
        type: repeat
        label: {fr: Lignes, en: Rows}
        fields:
          cost: {type: money, label: {fr: Prix, en: Price}}
          third: {type: money, label: {fr: Tiers, en: Third}, value: cost / 3}
        totals: {thirds: {sum: third, label: {fr: Tiers, en: Thirds}}}
"""
    reading = reading_of(scheme_of(form), {"rows": [{"cost": "1.00"}]})
    assert reading.values["thirds"] == reading.rows("rows")[0].values["third"]
    assert reading.values["thirds"] == Decimal("0." + "3" * 34)

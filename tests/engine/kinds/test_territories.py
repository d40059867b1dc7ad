"""Communes, departments and countries are read as people write them, and the rules see their codes."""

from __future__ import annotations

import pytest

from engine.kinds import BY_NAME, Slips
from engine.kinds.commune import offered


def read(field, raw):
    """The answer, or the code of what is wrong."""
    found = BY_NAME[field.kind].read(field, raw)
    return found.problems[0].code if isinstance(found, Slips) else found


@pytest.mark.parametrize(
    ("typed", "picked", "found"),
    [
        ("Annecy", "", "74010"),
        ("", "", None),
        ("", "74010", None),
        ("Saint-Denis", "", "which_commune"),
        ("Saint-Denis", "93066", "93066"),
        ("Saint-Denis", "74010", "which_commune"),  # what was picked is not what is typed now
        ("Annecy", "93066", "74010"),
        ("sain", "", "too_many_communes"),
        ("zzzz", "", "no_such_commune"),
    ],
)
def test_one_commune_is_picked_among_those_that_bear_the_name(make_field, typed, picked, found):
    raw = {"": [typed], "-code": [picked]} if picked else {"": [typed]}
    assert read(make_field("commune"), raw) == found


def test_communes_are_offered_only_where_it_is_not_clear_which_is_meant():
    assert [one.department.code for one in offered("Saint-Denis")] == ["11", "30", "93", "974"]
    assert offered("Annecy") == offered("sain") == offered("zzzz") == ()


def test_rules_see_the_code_name_department_and_region_of_a_commune(make_field):
    value = BY_NAME["commune"].value(make_field("commune"), "74010")
    assert value == {"code": "74010", "name": "Annecy", "department": "74", "region": "84"}
    assert BY_NAME["commune"].value(make_field("commune"), "99999") is None


@pytest.mark.parametrize(
    ("kind", "typed", "found"),
    [
        ("department", "74", "74"),
        ("department", "1", "01"),
        ("department", "2a", "2A"),
        ("department", "974", "974"),
        ("department", "96", "no_such_department"),
        ("department", "", None),
        ("country", "fr", "FR"),
        ("country", "ZZ", "not_an_option"),
        ("country", "", None),
    ],
)
def test_departments_and_countries_are_stored_by_their_code(make_field, kind, typed, found):
    assert read(make_field(kind), {"": [typed]}) == found

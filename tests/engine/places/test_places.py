"""Places come from lists that are complete, and are found as people name them."""

from __future__ import annotations

import pytest

from engine.places import COUNTRIES, commune, communes, departments, find


def test_every_commune_is_found_by_what_is_shown_of_it():
    lost = [one.label for one in communes().by_code.values() if find(one.label).sure is not one]
    assert lost == []
    assert len(communes().by_code) > 34_000


def test_every_commune_lies_in_a_known_department():
    codes = {one.department.code for one in communes().by_code.values()}
    assert codes == set(departments())
    assert {"2A", "2B", "971", "988"} <= codes


def test_former_communes_lead_to_a_present_one():
    assert all(commune(code) for _, code in communes().former)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Annecy", "74010"),
        ("  ANNECY ", "74010"),
        ("annecy 74000", "74010"),
        ("74000 Annecy", "74010"),
        ("74000", "74010"),
        ("Annecy-le-Vieux", "74010"),  # part of Annecy since 2017
        ("st denis 93200", "93066"),
        ("Saint–Denis (Seine-Saint-Denis)".replace("–", "-"), "93066"),
        ("saint-denis (93)", "93066"),
        ("L’Haÿ les Roses", "94038"),
        ("havre", "76351"),
        ("Paris 75011", "75056"),
        ("75116", "75056"),
        ("Lyon cedex 03", "69123"),
        ("Œuilly (Marne)", "51410"),
        ("ajaccio", "2A004"),
        ("Mamoudzou", "97611"),
        ("74010", "74010"),  # an Insee code that is no post code
    ],
)
def test_a_commune_is_found_as_people_name_it(typed, code):
    found = find(typed).sure
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("typed", "count"),
    [("Saint-Denis", 4), ("74100", 6), ("Bourg-en-B", 1), ("anneci", 1), ("Marsellie", 1)],
)
def test_who_may_mean_several_or_misspells_is_never_taken_at_a_guess(typed, count):
    found = find(typed)
    assert found.sure is None
    assert len(found.communes) == count


@pytest.mark.parametrize(
    "typed", ["", " ", "zzzz", "00000", "Annecy 75001", "(", "(((((", "74", "\u0000", "é" * 500]
)
def test_what_names_no_commune_finds_none(typed):
    assert find(typed).communes == ()


def test_country_codes_are_those_of_iso():
    assert len(set(COUNTRIES)) == len(COUNTRIES) == 250

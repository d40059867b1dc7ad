"""What a form page's script is given: what it needs, what it may know, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.language import Bundle, Scheme, load_scheme
from engine.organisation import Organisation
from renderers.live import live_page

LIVING = Path(__file__).parents[1] / "browser" / "living-form.yaml"
NOW = datetime(2020, 5, 12, 22, 30, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
ANSWERS = {"persons": 3, "home": {"street": "1 rue du Lac", "postcode": "74000", "commune": "Annecy"}}


@pytest.fixture(scope="module")
def living() -> Scheme:
    return load_scheme(Bundle.read(LIVING))


def changed(*pairs: tuple[str, str]) -> Scheme:
    """The form with other words in it."""
    bundle = Bundle.read(LIVING)
    name, source = next(iter(bundle.files.items()))
    for old, new in pairs:
        assert old in source
        source = source.replace(old, new)
    return load_scheme(Bundle({name: source}))


def given(scheme: Scheme, page: str, answers: dict[str, object] = ANSWERS) -> dict[str, object] | None:
    reading = read_answers(scheme, answers, now=NOW, organisation=OFFICE)
    asked = scheme.form[page]
    live = live_page(reading, asked, asked.fields.values(), "fr")
    return json.loads(live.data) if live else None


def test_page_gets_its_conditions_and_what_they_read_elsewhere(living: Scheme):
    found = given(living, "house")
    assert found["fields"]["poor"]["when"]["root"]["op"] == "Comparison"
    assert found["fields"]["income"]["when"] is True
    assert found["values"] == {"persons": {"n": "3"}}
    assert list(found["functions"]) == ["income_ceiling"]
    assert found["functions"]["income_ceiling"]["more"] == {"n": "5651"}


def test_today_is_the_day_of_the_organisation(living: Scheme):
    assert given(living, "house")["today"] == {"@": "2020-05-13T00:00:00"}
    (bound,) = given(living, "house")["fields"]["married_on"]["bounds"]
    assert bound[:2] == ["max", {"@": "2020-05-13"}] and "13 mai 2020" in bound[2]


def test_rows_get_the_bounds_of_their_days_and_their_checks(living: Scheme):
    rows = given(living, "house")["fields"]["shares"]["rows"]
    assert [bound[:2] for bound in rows["since"]["bounds"]] == [["max", {"@": "2020-05-13"}]]
    [check] = rows["part"]["checks"]
    assert check["after"] == ["shares/part"]
    assert [part if isinstance(part, str) else part["unit"] for part in check["text"]][1] == "percentage"


def test_check_in_rows_that_reads_a_secret_and_a_day_that_follows_its_row_are_left_to_the_server():
    scheme = changed(
        ("persons: {type: integer,", "persons: {type: integer, sensitive: true,"),
        ("require: part != 13", "require: part != persons"),
        (
            "optional: true, max: today()",
            """optional: true, max: 'if name = null then today() else date("2021-01-01")'""",
        ),
    )
    rows = given(scheme, "house")["fields"]["shares"]["rows"]
    assert not rows["part"].keys() & {"checks", "bounds"} and "bounds" not in rows["since"]


def test_page_where_nothing_changes_gets_no_script(living: Scheme):
    assert given(living, "last") is None


def test_sensitive_answer_of_another_page_is_never_shipped():
    scheme = changed(("persons: {type: integer,", "persons: {type: integer, sensitive: true,"))
    found = given(scheme, "house")
    assert found["values"] == {} and found["fields"]["poor"]["when"] is None, "only the server knows"
    assert "poor" not in live_names(scheme)


def live_names(scheme: Scheme) -> frozenset[str]:
    reading = read_answers(scheme, ANSWERS, now=NOW, organisation=OFFICE)
    live = live_page(reading, scheme.form["house"], scheme.form["house"].fields.values(), "fr")
    return live.changing


def test_script_may_show_and_hide_what_depends_on_the_page(living: Scheme):
    assert live_names(living) == {"poor", "married_on", "long_ago", "shares/which"}


def test_zones_and_the_present_instant_are_left_to_the_server():
    scheme = changed(("when: married_on < date(", "when: now() > date and time("))
    assert given(scheme, "house")["fields"]["long_ago"]["when"] is False, "nothing typed here changes it"
    scheme = changed(
        (
            "when: married_on <",
            "when: married and now() > date and time(married_on, time(0,0,0)) and married_on <",
        )
    )
    assert given(scheme, "house")["fields"]["long_ago"]["when"] is None


def test_field_elsewhere_that_hangs_on_this_page_is_left_to_the_server():
    between = (
        "  last:\n",
        "  more:\n    title: {fr: Plus, en: More}\n    fields:\n      hangs: {type: yes_no, when: married, label: {fr: Oui, en: Yes}}\n  last:\n",
    )
    scheme = changed(between, ('when: married_on < date("2000-01-01")', "when: hangs"))
    assert given(scheme, "house")["fields"]["long_ago"]["when"] is None


def test_texts_with_figures_of_the_page_come_as_expressions(living: Scheme):
    (check,) = given(living, "house")["fields"]["shares"]["checks"]
    assert check["text"][0] == "Le total ("
    assert check["text"][1]["unit"] == "percentage"
    assert check["reads"] == ["all_parts"]
    assert [rule["id"] for rule in given(living, "house")["stops"]] == ["lives_here"]

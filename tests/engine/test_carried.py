"""Answers follow their fields into a newer version: renamed, defaulted, and never lost."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.asked.carried import carried
from engine.language import Bundle, load_scheme
from engine.organisation import Organisation
from tests.engine.language.test_migration import SCHEME, WHOLE

NOW = datetime(2020, 5, 12, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def scheme():
    more = "  defaults: {mountain: income > 50}\n"
    return load_scheme(
        Bundle({"scheme.yaml": SCHEME + WHOLE.replace("  defaults: {mountain: false}\n", more)})
    )


def carry(scheme, **answers):
    return carried(
        scheme,
        answers,
        now=NOW,
        organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
    )


def test_answers_follow_renamed_fields_rows_and_options(scheme):
    older = {"revenue": "60.00", "status": "micro", "kids": [{"age": 3}, {"age": 9}]}
    assert carry(scheme, **older) == {
        "income": "60.00",
        "status": "self_employed",
        "children": [{"years": 3}, {"years": 9}],
        "mountain": True,
    }


def test_carrying_twice_changes_nothing_more(scheme):
    once = carry(scheme, revenue="60.00", status="micro", kids=[{"age": 3}])
    assert carry(scheme, **once) == once


def test_what_has_no_place_any_more_is_kept_under_its_old_name(scheme):
    found = carry(scheme, pets="3", status="gone", mountain=False)
    assert found == {"pets": "3", "status": "gone", "mountain": False}


def test_an_answer_left_blank_gets_no_default(scheme):
    assert carry(scheme, income="60.00", mountain=None)["mountain"] is None


def test_default_that_is_not_known_is_left_out(scheme):
    assert "mountain" not in carry(scheme, status="micro")


def test_answer_given_since_under_the_present_name_is_not_covered(scheme):
    assert carry(scheme, revenue="1.00", income="2.00", mountain=True)["income"] == "2.00"


def test_version_that_says_nothing_changes_nothing():
    plain = load_scheme(Bundle({"scheme.yaml": SCHEME.replace("migration:\n", "")}))
    assert carry(plain, revenue="1.00") == {"revenue": "1.00"}


def test_answers_follow_renamed_fields_of_rows_in_rows():
    text = (Path(__file__).parents[1] / "fixtures" / "projects.yaml").read_text(encoding="utf-8")
    moved = "version: 2\nmigration: {renamed: {works: projects, works.parts: lines, works.parts.unit_price: price}}\n"
    scheme = load_scheme(Bundle({"scheme.yaml": text + moved}))
    older = {
        "works": [{"title": "Fête", "parts": [{"what": "Scène", "unit_price": "80.00"}]}, {"title": "Balade"}]
    }
    newer = {
        "projects": [{"title": "Fête", "lines": [{"what": "Scène", "price": "80.00"}]}, {"title": "Balade"}]
    }
    assert carry(scheme, **older) == newer
    assert carry(scheme, **newer) == newer

"""A form is tried page after page as an applicant would fill it in, and nothing of it is kept anywhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from authoring.studio import trial
from engine.language import load_scheme
from engine.organisation import Organisation

SCHEME = load_scheme(Path(__file__).parents[3] / "tests/browser/living-form.yaml")
NOW = datetime(2026, 5, 5, 10, tzinfo=UTC)
HERE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))


def first():
    return trial.begin(SCHEME, {}, (), NOW, HERE)


def test_trial_begins_on_the_first_page():
    assert first().page.page.id == next(iter(SCHEME.form))
    assert first().problems == ()


def test_page_sent_empty_comes_back_with_what_is_wrong():
    page = first().page.page.id
    found = trial.sent(SCHEME, {}, (), page, NOW, HERE)
    assert found.page.page.id == page
    assert found.problems
    assert found.seen == frozenset()


def test_rows_are_added_and_taken_away():
    form = trial.with_row({"a-0": ["row"], "a-3-x": ["1"], "b-9": ["row"]}, "a")
    assert form["a-4"] == ["row"]
    assert trial.without_row(form, "a-3") == {"a-0": ["row"], "b-9": ["row"], "a-4": ["row"]}


def test_page_the_text_no_longer_has_is_forgotten():
    assert trial.begin(SCHEME, {"gone": ["x"]}, ("gone",), NOW, HERE).seen == frozenset()


@pytest.mark.parametrize("noise", ["\x00", "x" * 5000, "-", "{}", "١٢"])
def test_whatever_is_typed_raises_nothing(noise):
    form = {f"{id}{end}": [noise] for id in SCHEME.fields for end in ("", "-0", "-day", "-0-x")}
    for page in SCHEME.form:
        trial.sent(SCHEME, form, tuple(SCHEME.form), page, NOW, HERE)

"""Rows in rows are invented, made anonymous, compared, and named by tests."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from authoring.samples import invent
from authoring.walkthrough.expected import is_asked
from authoring.walkthrough.synthetic import Anonymous
from engine.asked import read_answers
from engine.language import Scheme, load_scheme
from engine.organisation import Organisation
from engine.validation import validate_all

NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
FEAST = {"title": "Fête", "lines": [{"what": "Scène", "price": "80.00", "granted": True, "by": "Région"}]}


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(Path(__file__).parents[2] / "fixtures" / "projects.yaml")


def test_invented_inner_rows_pass_the_validation(scheme: Scheme):
    samples = list(invent(scheme, 20, random=Random(7), now=NOW, organisation=OFFICE))
    assert any(row["lines"] for sample in samples for row in sample.answers["projects"])
    for sample in samples:
        reading = read_answers(scheme, sample.answers, now=NOW, organisation=OFFICE)
        assert validate_all(reading) == ()


def test_personal_inner_answers_are_made_up(scheme: Scheme):
    made = Anonymous(scheme, NOW.date()).answers(scheme.fields, {"projects": [FEAST]})
    [line] = made["projects"][0]["lines"]
    assert (line["price"], line["granted"]) == ("80.00", True)
    assert "Région" not in str(made) and "Scène" not in str(made)


def test_a_test_may_say_what_is_asked_in_inner_rows(scheme: Scheme):
    reading = read_answers(scheme, {"projects": [FEAST]}, now=NOW, organisation=OFFICE)
    assert is_asked("projects.lines.by", reading) is True
    assert is_asked("projects.why", reading) is False
    assert is_asked("projects.lines.nothing", reading) is None
    plain = {**FEAST, "lines": [{"what": "Scène", "price": "80.00", "granted": False}]}
    other = read_answers(scheme, {"projects": [plain]}, now=NOW, organisation=OFFICE)
    assert is_asked("projects.lines.by", other) is False

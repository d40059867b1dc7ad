"""Rows in rows are invented, made anonymous, compared, and named by tests."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from authoring.difference import Side, compare
from authoring.samples import invent
from authoring.walkthrough import run
from authoring.walkthrough.expected import is_asked
from authoring.walkthrough.synthetic import Anonymous
from engine.asked import read_answers
from engine.language import Bundle, Scheme, check_scheme, examine, load_scheme
from engine.organisation import Organisation
from engine.validation import validate_all

PROJECTS = Path(__file__).parents[2] / "fixtures" / "projects.yaml"
TEXT = PROJECTS.read_text(encoding="utf-8")
NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
FEAST = {"title": "Fête", "lines": [{"what": "Scène", "price": "80.00", "granted": True, "by": "Région"}]}


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(PROJECTS)


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


CASE = """
tests:
  one project:
    answers:
      projects:
        - title: Fête
          lines:
            - {what: Scène, price: 80, quantity: 2, granted: no}
            - {what: Son, price: 20, granted: yes, by: Région}
          why: Parce que
    expect:
      amount: 90
      projects.cost: [180]
      asked: [projects.lines.by, projects.why]
"""


def test_the_tests_of_a_scheme_answer_and_expect_inner_rows():
    [outcome] = run(load_scheme(Bundle({"scheme.yaml": TEXT + CASE})))
    assert outcome.sentences == ()
    wrong = CASE.replace("projects.lines.by", "projects.lines.bye")
    _, problems = check_scheme(Bundle({"scheme.yaml": TEXT + wrong}))
    assert [one.code for one in problems] == ["unknown_question"]


def test_a_change_in_inner_rows_is_told_where_it_stands():
    sides = [
        Side(found.scheme, found.source)
        for text in (
            TEXT,
            TEXT.replace("label: Poste}", "label: Dépense}").replace("sum: amount}", "sum: price}"),
        )
        for found in [examine(Bundle({"scheme.yaml": text}))]
    ]
    inner = ("form", "about", "fields", "projects", "fields", "lines")
    assert [(one.code, one.path) for one in compare(*sides)] == [
        ("field_label", (*inner, "fields", "what", "label")),
        ("total", (*inner, "totals", "cost")),
    ]

"""One JSON Schema a step, built once for each set of fields asked."""

from __future__ import annotations

import pytest

from engine.validation import schemas, validate_all
from engine.validation.steps import steps

HOUSEHOLD = """\
form:
  you:
    title: {fr: Vous, en: You}
    fields:
      couple: {type: yes_no, label: {fr: En couple, en: A couple}}
      partner: {type: text, max_length: 5, when: couple, label: {fr: Conjoint, en: Partner}}
      children:
        type: repeat
        optional: true
        label: {fr: Enfants, en: Children}
        fields:
          born: {type: date, label: {fr: Né le, en: Born}}
          school: {type: text, label: {fr: École, en: School}, when: 'born < date("2015-01-01")'}
"""
OLD, YOUNG = {"born": "2010-05-05"}, {"born": "2019-05-05"}
ANSWERS = {"couple": True, "partner": "Ada", "children": [{**OLD, "school": "A"}, YOUNG]}


@pytest.fixture
def step_of(scheme_of, reading_of):
    scheme = scheme_of(HOUSEHOLD)

    def step(answers):
        reading = reading_of(scheme, answers)
        [page] = reading.pages
        return steps(scheme).of(page.fields, reading.settled_rows)

    return step


def test_the_schema_of_a_step_holds_what_is_asked_now(step_of):
    alone, couple = step_of({"couple": False}), step_of({"couple": True})
    assert list(alone["properties"]) == ["couple", "children"]
    assert list(couple["properties"]) == ["couple", "partner", "children"]
    assert (alone["required"], couple["required"]) == (["couple"], ["couple", "partner"])


def test_rows_that_ask_the_same_share_a_schema_and_others_have_their_own(step_of):
    same = step_of({"children": [YOUNG, YOUNG]})["properties"]["children"]
    mixed = step_of({"children": [OLD, YOUNG]})["properties"]["children"]
    assert list(same["items"]["properties"]) == ["born"]
    assert [list(row["properties"]) for row in mixed["prefixItems"]] == [["born", "school"], ["born"]]


def test_a_schema_is_built_once_for_each_set_of_fields(scheme_of, reading_of, monkeypatch):
    scheme = scheme_of(HOUSEHOLD)
    ways = [ANSWERS, {"couple": False}, {**ANSWERS, "children": [YOUNG]}]
    first = [validate_all(reading_of(scheme, answers)) for answers in ways]
    built = []
    monkeypatch.setattr(schemas.Part, "__init__", lambda part, schema: built.append(schema))
    assert [validate_all(reading_of(scheme, answers)) for answers in ways] == first
    assert built == []


def test_each_row_is_judged_by_what_is_asked_in_it(scheme_of, reading_of, told):
    rows = [OLD, {**YOUNG, "school": 12}, "nothing", {"born": "2010-02-30", "school": "B"}]
    problems = validate_all(reading_of(scheme_of(HOUSEHOLD), {**ANSWERS, "children": rows}))
    assert told(problems) == [
        ("children.0.school", "missing"),
        ("children.2", "malformed"),
        ("children.3.born", "no_such_date"),
    ]

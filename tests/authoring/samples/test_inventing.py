"""Invented answers pass the validation of any scheme, fall on both sides of its rules, and come again with their seed."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from authoring.samples import NoSample, Sample, invent
from authoring.samples.kinds import DRAWN
from engine.asked import Reading, read_answers
from engine.eligibility import judge
from engine.kinds import KINDS
from engine.language import Bundle, Scheme, load_scheme
from engine.organisation import Organisation
from engine.validation import validate_all

ROOT = Path(__file__).parents[3]
SHIPPED = (
    "schemes/haute-savoie-emergency-grant",
    "schemes/bicycle-grant.yaml",
    "examples/income-support-small",
    "examples/school-year-grant",
)
NOW = datetime(2020, 6, 10, 10, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))


def invented(scheme: Scheme, count: int, seed: int = 7) -> list[Sample]:
    return list(invent(scheme, count, random=Random(seed), now=NOW, organisation=OFFICE))


def read(scheme: Scheme, sample: Sample) -> Reading:
    noon = datetime(sample.filed_on.year, sample.filed_on.month, sample.filed_on.day, 10, tzinfo=UTC)
    return read_answers(scheme, sample.answers, now=noon, organisation=OFFICE, deposited_on=sample.filed_on)


@pytest.fixture(scope="module", params=SHIPPED)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return load_scheme(ROOT / request.param)


def test_invented_answers_pass_the_validation(scheme: Scheme):
    for sample in invented(scheme, 40):
        assert validate_all(read(scheme, sample)) == ()


def test_every_question_is_asked_of_somebody_and_every_rule_both_holds_and_fails(scheme: Scheme):
    readings = [read(scheme, sample) for sample in invented(scheme, 60)]
    answered = {id for reading in readings for id in reading.kept()}
    assert answered == set(scheme.fields)
    verdicts = [judge(reading) for reading in readings]
    for id in scheme.eligibility:
        assert {True, False} <= {verdict.outcomes[id] for verdict in verdicts}, id


def test_same_seed_gives_the_same_answers_and_another_seed_others(scheme: Scheme):
    assert invented(scheme, 5) == invented(scheme, 5)
    assert invented(scheme, 5) != invented(scheme, 5, seed=8)


def test_deposits_follow_one_another_between_the_opening_and_the_closing_day():
    scheme = load_scheme(ROOT / SHIPPED[0])
    days = [sample.filed_on for sample in invented(scheme, 30)]
    assert days == sorted(days)
    assert scheme.calendar.opens <= days[0] and days[-1] <= scheme.calendar.closes


def test_every_kind_of_question_can_be_invented():
    assert {kind.name for kind in KINDS} - set(DRAWN) == {"fields"}  # that one is asked of staff only


def test_scheme_that_lets_no_answer_through_says_which_question_stands_in_the_way():
    yaml = (ROOT / SHIPPED[1]).read_text(encoding="utf-8")
    form = yaml.index("\nform:")
    field = yaml.index("    fields:", form) + len("    fields:\n")
    never = "      never: {type: integer, min: 9, max: 3, label: Jamais}\n"
    scheme = load_scheme(Bundle({"scheme.yaml": yaml[:field] + never + yaml[field:]}))
    with pytest.raises(NoSample) as stopped:
        invented(scheme, 1)
    assert "never" in stopped.value.fields


def test_documents_bear_a_date_where_it_is_asked():
    text = (ROOT / "schemes/bicycle-grant.yaml").read_text(encoding="utf-8")
    dated = text.replace(
        "        when: electric        # asked of nobody else\n        type: file",
        "        type: file\n        issued_within: 3 months",
    )
    assert dated != text
    scheme = load_scheme(Bundle({"scheme.yaml": dated.partition("\ntests:")[0] + "\n"}))
    for sample in invented(scheme, 20):
        assert validate_all(read(scheme, sample)) == ()

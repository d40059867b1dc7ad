"""Invented answers to questions about options: linked ones fit one another, words beside the options say that they are invented."""

from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from authoring.samples import invent
from authoring.walkthrough.synthetic import WORD, Anonymous
from engine.asked import read_answers
from engine.language import load_scheme
from engine.organisation import Organisation
from engine.validation import validate_all
from tests.fixtures.choosing import choosing

NOW = datetime(2020, 6, 10, 10, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(choosing())


@pytest.fixture(scope="module")
def samples(scheme):
    return list(invent(scheme, 60, random=Random(5), now=NOW, organisation=OFFICE))


def test_linked_answers_fit_one_another(scheme, samples):
    for sample in samples:
        reading = read_answers(
            scheme, sample.answers, now=NOW, organisation=OFFICE, deposited_on=sample.filed_on
        )
        assert validate_all(reading) == ()
    assert {sample.answers["zone"] for sample in samples} == {"north", "south", "east"}
    assert any(sample.answers.get("visits") for sample in samples)


def test_something_else_and_none_are_answered_too(samples):
    assert any(isinstance(sample.answers["status"], dict) for sample in samples)
    assert any(sample.answers["aids"] == [] for sample in samples)


def test_words_of_people_are_not_in_a_test_made_from_a_dossier(scheme):
    answers = {"status": {"other": "Glacier à Annecy"}, "aids": ["food", {"other": "Colis de ma tante"}]}
    made = Anonymous(scheme, NOW.date()).answers(scheme.fields, answers)
    assert made == {"status": {"other": WORD}, "aids": ["food", {"other": WORD}]}

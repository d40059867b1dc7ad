"""A scheme that asks a question of every kind: it checks clean, invented people can answer it, and nothing sensitive is told."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from authoring.samples import invent
from authoring.walkthrough.synthetic import Anonymous
from engine.asked import read_answers
from engine.language import Bundle, load_scheme
from engine.language.model import Scheme
from engine.organisation import Organisation
from engine.validation import validate_all

TEXT = (Path(__file__).parents[1] / "fixtures/every-kind.yaml").read_text(encoding="utf-8")
NOW = datetime(2020, 6, 10, 10, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(Bundle({"scheme.yaml": TEXT}))


def test_invented_answers_are_right_in_every_kind(scheme: Scheme):
    seen: set[str] = set()
    for sample in invent(scheme, 40, random=Random(7), now=NOW, organisation=OFFICE):
        reading = read_answers(
            scheme, sample.answers, now=NOW, organisation=OFFICE, deposited_on=sample.filed_on
        )
        assert validate_all(reading) == ()
        seen |= reading.kept().keys()
    assert seen == set(scheme.fields)


def test_answers_made_anonymous_stay_right(scheme: Scheme):
    for sample in invent(scheme, 10, random=Random(8), now=NOW, organisation=OFFICE):
        secret = {id for id, field in scheme.fields.items() if field.kind != "file"}
        asked = {id: scheme.fields[id] for id in sample.answers}
        made = Anonymous(scheme, sample.filed_on, hidden=secret).answers(asked, sample.answers)
        reading = read_answers(scheme, made, now=NOW, organisation=OFFICE, deposited_on=sample.filed_on)
        assert [one for one in validate_all(reading) if one.code != "missing"] == []


def test_social_security_number_is_sensitive_unless_the_scheme_says_otherwise(scheme: Scheme):
    assert scheme.fields["a_nir"].sensitive
    assert not scheme.fields["a_siren"].sensitive
    said = TEXT.replace("a_nir: {type: nir,", "a_nir: {type: nir, sensitive: false,")
    assert not load_scheme(Bundle({"scheme.yaml": said})).fields["a_nir"].sensitive

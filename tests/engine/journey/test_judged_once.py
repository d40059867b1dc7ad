"""A page is judged once for each reading, whoever asks, and anew for another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bench.nested import nested_form
from engine import validation
from engine.asked import read_answers
from engine.journey import walk
from engine.language import Bundle, load_scheme
from engine.organisation import Organisation

NOON = datetime(2026, 3, 2, 10, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))


def test_page_is_judged_once_for_a_reading(monkeypatch):
    scheme = load_scheme(Bundle({"scheme.yaml": nested_form()}))
    shape, judged = validation.shape_problems, []
    monkeypatch.setattr(validation, "shape_problems", lambda *given: judged.append(given) or shape(*given))
    reading = read_answers(scheme, {"f0_0": "-2.00"}, now=NOON, organisation=OFFICE)

    walk(reading, list(scheme.form))
    first = validation.validate_page(reading, "page_0")
    walk(reading, list(scheme.form))

    assert [one.code for one in first] == ["too_small"]
    assert len(judged) == len(reading.pages)
    other = read_answers(scheme, {"f0_0": "2.00"}, now=NOON, organisation=OFFICE)
    assert validation.validate_page(other, "page_0") == ()
    assert replace(reading, now=NOON).judged == {}, "what is made from a reading is judged itself"

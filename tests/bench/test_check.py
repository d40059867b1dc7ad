"""A scheme of 300 fields is checked in some tens of plain parses of its text: under a second on any machine of today."""

from __future__ import annotations

import pytest

from authoring.check import check_bundle
from bench.check import FIELDS, MOST_TIMES, measure, scheme
from engine.language import Bundle


@pytest.fixture(scope="module")
def text() -> str:
    return scheme()


def test_large_scheme_is_faultless_and_large(text):
    found = check_bundle(Bundle({"scheme.yaml": text}))
    assert found.problems == ()
    assert found.scheme is not None
    assert len(found.scheme.fields) == FIELDS


def test_check_costs_some_tens_of_parses(text):
    check, parse = measure(text, 3)
    assert check <= MOST_TIMES * parse, f"{check / parse:.0f} times the parse"

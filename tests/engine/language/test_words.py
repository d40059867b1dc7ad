"""Texts with holes, and phrases that travel as JSON."""

from __future__ import annotations

import pytest

from engine.words import Hole, Printed, TextError, joined, phrase_from_json, phrase_to_json, split

PIECES = [
    ("", ()),
    ("plain", ("plain",)),
    ("{a}", (Hole("a", 1),)),
    ("x {a} y {b.c}", ("x ", Hole("a", 3), " y ", Hole("b.c", 9))),
    ("{{a}}", ("{a}",)),
    ("{{{a}}}", ("{", Hole("a", 3), "}")),
    ('{if a then "}" else "{"}', (Hole('if a then "}" else "{"', 1),)),
    (r'{"\"}"}', (Hole(r'"\"}"', 1),)),
    ("{ {x: 1}.x }", (Hole(" {x: 1}.x ", 1),)),
]


@pytest.mark.parametrize(("text", "pieces"), PIECES)
def test_text_is_cut_at_its_braces(text, pieces):
    assert split(text) == pieces


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("a {b", "unclosed_brace", 2),
        ("a } b", "stray_brace", 2),
        ("a { }", "empty_brace", 2),
        ('{"}', "unclosed_brace", 0),
    ],
)
def test_braces_that_do_not_fit_are_refused(text, code, offset):
    with pytest.raises(TextError) as caught:
        split(text)
    assert (caught.value.code, caught.value.offset) == (code, offset)


def test_phrase_survives_json():
    phrase = ("Plafond : ", Printed("50511", "money"), ", ", Printed(["a", None], "list"))
    assert phrase_from_json(phrase_to_json(phrase)) == phrase


def test_plain_neighbours_become_one():
    assert joined(["a", "", "b", Printed(1, "integer"), "c"]) == ("ab", Printed(1, "integer"), "c")

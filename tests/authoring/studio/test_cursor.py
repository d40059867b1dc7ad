"""Where the cursor stands (the sign |), in texts as they are while somebody types."""

from __future__ import annotations

import pytest

from authoring.studio.cursor import spot


def at(text: str):
    line = text[: text.index("|§")].count("\n")
    column = len(text[: text.index("|§")].split("\n")[-1])
    return spot(text.replace("|§", ""), line, column)


@pytest.mark.parametrize(
    ("text", "path", "is_value", "word"),
    [
        ("ti|§", (), False, "ti"),
        ("title: Aid|§", ("title",), True, "Aid"),
        ("form:\n  you:\n    |§", ("form", "you"), False, ""),
        (
            "form:\n  you:\n    fields:\n      age: {type: int|§",
            ("form", "you", "fields", "age", "type"),
            True,
            "int",
        ),
        (
            "form:\n  you:\n    fields:\n      age: {type: integer, la|§",
            ("form", "you", "fields", "age"),
            False,
            "la",
        ),
        (
            "form:\n  you:\n    fields:\n      age:\n        when: in|§",
            ("form", "you", "fields", "age", "when"),
            True,
            "in",
        ),
        ("form:\n  you:\n    title: x\n  |§", ("form",), False, ""),
        ("a:\n  b: {c: {d: 1}, e|§", ("a", "b"), False, "e"),
        ("a:\n  b: {c: [x, y|§", ("a", "b", "c", 0), True, "y"),
        ('a: {b: "x, y", c: z|§', ("a", "c"), True, "z"),
        ("actions:\n  go:\n    effects:\n      - mai|§", ("actions", "go", "effects", 0), False, "mai"),
        ("effects:\n  - mail: x\n    at|§", ("effects", 0), False, "at"),
        ("effects:\n- mail: ac|§", ("effects", 0, "mail"), True, "ac"),
        ("rule:\n  require: >\n    income < 3 and\n    chi|§", ("rule", "require"), True, "chi"),
        ("rule:\n  # a comment: here\n\n  otherwise: N|§", ("rule", "otherwise"), True, "N"),
        ("a: {b: 1\nc:\n  d|§", ("c",), False, "d"),
        ("|§", (), False, ""),
    ],
)
def test_spot_is_found_in_what_is_being_typed(text, path, is_value, word):
    found = at(text)
    assert (found.path, found.is_value, found.word) == (path, is_value, word)


def test_no_place_of_any_text_is_an_error():
    text = 'a: {b: [1, "c\n- - x: |\n  y\n}}: ]\n\t: z'
    for line in range(-1, 8):
        for column in range(12):
            spot(text, line, column)

"""Whatever happens to a file, loading it ends in a scheme or in sentences, never in another error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language import Bundle, Scheme, SchemeError, load_scheme

HERE = Path(__file__).parent
VALID = (HERE / "valid.yaml").read_text(encoding="utf-8")
FAULTY = (HERE / "mistakes" / "as_measured.yaml").read_text(encoding="utf-8")
SIGNS = st.sampled_from(
    [*"{}[]:,#&*!|>'\"%@`?-\t\n =<\u00a0\u2028\x00é😀0", "- ", ": ", "? ", "<<: ", "  ", "null", "---\n"]
)
SLOW = settings(max_examples=50, deadline=None)


def ends_well(text: str, beside: dict[str, str] | None = None) -> None:
    try:
        scheme = load_scheme(Bundle({"scheme.yaml": text, **(beside or {})}))
    except SchemeError as error:
        assert [problem for problem in error.problems if problem.severity == "error"]
        for problem in error.problems:
            assert problem.place is not None
            assert problem.sentence("fr")
            assert problem.sentence("en")
            assert problem.place.line >= 1
            assert problem.place.column >= 1
    else:
        assert isinstance(scheme, Scheme)


def mutated(data: st.DataObject, text: str) -> str:
    """The text with one to five pieces removed, doubled, or replaced by a sign."""
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        piece = data.draw(st.one_of(st.just(""), SIGNS, st.just(text[start:end] * 2), st.text(max_size=8)))
        text = text[:start] + piece + text[end:]
    return text


def test_scheme_that_is_mutilated_here_is_valid():
    assert load_scheme(Bundle({"scheme.yaml": VALID})).warnings == ()


@SLOW
@given(st.data())
def test_mutilated_scheme_ends_in_sentences(data):
    ends_well(mutated(data, data.draw(st.sampled_from([VALID, FAULTY]))))


@SLOW
@given(st.data())
def test_exchanged_lines_end_in_sentences(data):
    lines = VALID.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 6))):
        one, other = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.integers(0, len(lines) - 1))
        lines[one], lines[other] = lines[other], lines[one]
    ends_well("".join(lines))


VALUES = st.recursive(
    st.one_of(
        st.sampled_from(["", "~", "true", "5", "x", '"a{b}"', "{year}", "draft", "2020-02-30", "text"]),
        st.none(),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(map(str, items)) + "]"),
        st.dictionaries(st.sampled_from(["type", "label", "fields", "from", "x"]), inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        ),
    ),
    max_leaves=6,
)


@SLOW
@given(st.data(), VALUES)
def test_value_of_another_shape_ends_in_sentences(data, value):
    lines = [number for number, line in enumerate(VALID.splitlines()) if ": " in line]
    number = data.draw(st.sampled_from(lines))
    changed = VALID.splitlines()
    changed[number] = changed[number].split(": ")[0] + f": {value}"
    ends_well("\n".join(changed) + "\n")


@SLOW
@given(st.text(max_size=200))
def test_any_text_ends_in_sentences(text):
    ends_well(text)


@SLOW
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=100))
def test_any_file_beside_ends_in_sentences(tests, translations, rows):
    ends_well(
        FAULTY, {"tests.yaml": tests, "texts/en.yaml": translations, "lists/a.csv": "code,label\n" + rows}
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "{",
        "a: {",
        "\n",
        "# rien\n",
        "5",
        "- a\n",
        "scheme:\n",
        "form: {a: {fields: {b: {}}}}\n",
        "languages: [fr, [en]]\n",
    ],
)
def test_almost_nothing_ends_in_sentences(text):
    ends_well(text)

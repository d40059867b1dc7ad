"""Scalars as a person means them: text as typed, and true and false only."""

from __future__ import annotations

import pytest

from engine.language import source as reading
from engine.language.scalars import date_meant, number_meant
from engine.language.source import read_source

AS_TYPED = [
    "01000",
    "0450000000",
    "12:30",
    "1_000",
    "2020-05-05",
    "05/05/2020",
    "1.10",
    "0x1F",
    "1e3",
    "no",
    "non",
    "oui",
    "yes",
    "on",
    "off",
    "True",
    "NO",
    ".5",
    "+1",
    "=",
]


@pytest.mark.parametrize("word", AS_TYPED)
def test_unquoted_word_stays_as_typed(word):
    assert read_source(f"a: {word}\n", "f").data == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"), [("true", True), ("false", False), ("", None), ("~", None), ("null", None)]
)
def test_few_words_are_no_texts(word, value):
    source = read_source(f"a: {word}\nb: '{word}'\n", "f")
    assert source.data == {"a": value, "b": word}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12 000,50", "12000.50"),
        ("12.000,50", "12000.50"),
        ("12,000.50", "12000.50"),
        ("12\u202f000\u00a0€", "12000"),
        ("1_000", "1000"),
        ("012", "12"),
        ("40 %", "40"),
        ("0,5", "0.5"),
        ("douze", None),
        ("", None),
    ],
)
def test_number_somebody_meant(typed, meant):
    assert number_meant(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("05/05/2020", "2020-05-05"),
        ("5.5.2020", "2020-05-05"),
        ("5 mai 2020", "2020-05-05"),
        ("1er Août 2020", "2020-08-01"),
        ("3 March 2020", "2020-03-03"),
        ("31 juin 2020", None),
        ("5 floréal 2020", None),
        ("31/02/2020", None),
        ("2020", None),
    ],
)
def test_date_somebody_meant(typed, meant):
    assert date_meant(typed) == meant


FAULTY = [
    "a: 'l'aide'\nb: {c: Majeur ?}\n",
    "a: *b*\nc: d: e\n\tf: g\n",
    "a: {b: max(1, 2)}\nc: &d e\n",
    'a: "b\nc: d\n',
]


@pytest.mark.parametrize("text", FAULTY)
def test_without_the_c_library_it_reads_the_same(monkeypatch, text):
    fast = read_source(text, "f")
    monkeypatch.setattr(reading, "_FAST", reading._PURE)
    pure = read_source(text, "f")
    assert (fast.data, fast.problems, fast.keys, fast.values) == (
        pure.data,
        pure.problems,
        pure.keys,
        pure.values,
    )


def test_fifty_faulty_lines_are_told_and_no_more():
    source = read_source("".join(f"k{number}: a: b\n" for number in range(80)), "f")
    assert [problem.code for problem in source.problems] == ["quote_text"] * 50 + ["too_many_slips"]


@pytest.mark.parametrize("sign", ["[", "{", "- ", "a: [", "? "])
def test_nesting_without_end_stops_at_some_sentences(sign):
    source = read_source("a: " + sign * 5000, "f")
    assert [problem.code for problem in source.problems][-1] in {
        "too_deep",
        "quote_text",
        "begins_with_sign",
    }

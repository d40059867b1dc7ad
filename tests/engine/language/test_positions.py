"""The place of a problem inside an expression or a text, however the text is quoted, folded or translated."""

from __future__ import annotations

import pytest

from engine.language.offsets import offsets
from engine.language.source import read_source

RULE = "eligibility:\n  modest:\n    require: {}\n    otherwise: Trop\n"
QUOTED = {
    "plain": ("tenant and incme > 3", "14:25"),
    "single quotes": ("'tenant and ''x'' = incme'", None),
    "double quotes": ('"tenant and incme > 3"', "14:26"),
    "an escape before": (r'"tenant and \u0022x\u0022 = incme"', "14:42"),
    "a literal block": ("|\n      tenant\n      and incme > 3", "16:11"),
    "a folded block": (">-\n      tenant\n\n      and incme > 3", "17:11"),
    "plain over two lines": ("tenant\n      and incme > 3", "15:11"),
    "double quotes over two lines": ('"tenant\n      and incme > 3"', "15:11"),
}


@pytest.mark.parametrize(
    ("typed", "place"),
    [pair for pair in QUOTED.values() if pair[1]],
    ids=[name for name, pair in QUOTED.items() if pair[1]],
)
def test_name_is_found_inside_its_quotes(sentences, typed, place):
    assert sentences(RULE.format(typed)) == [
        f"scheme.yaml:{place}: The name `incme` is not known here. Did you mean `income`?"
    ]


def test_single_quotes_written_twice_count_once():
    assert offsets("'a''b'", "'", "a'b") == [1, 2, 4, 5]


def test_hole_of_a_text_is_placed(sentences):
    more = "eligibility:\n  modest:\n    require: tenant\n    otherwise: >-\n      Trop de revenu :\n      {income} contre {ceilling(1)}\n"
    parameter = "parameters:\n  ceiling_of: {by: persons, values: [{from: 2026-01-01, rows: {1: 5}}]}\n"
    assert sentences(more + parameter) == [
        "scheme.yaml:17:24: There is no function named `ceilling`. Did you mean `ceiling`?"
    ]


def test_hole_of_a_translation_is_placed_in_its_file(sentences_of):
    more = "eligibility: {modest: {require: tenant, otherwise: Trop, law: {fr: L, en: L}}}\n"
    translated = "eligibility:\n  modest:\n    otherwise: Too much, {incme}\n"
    found = sentences_of(more, ("[fr]", "[fr, en]"), ("", ""), {"texts/en.yaml": translated})
    assert [line for line in found if line.startswith("texts")] == [
        "texts/en.yaml:3:27: The name `incme` is not known here. Did you mean `income`?"
    ]


def test_columns_count_characters_from_one():
    source = read_source("é: {à: 😀, b: [x, y]}\n", "f.yaml")
    assert {path: (place.line, place.column) for path, place in source.values.items()} == {
        (): (1, 1),
        ("é",): (1, 4),
        ("é", "à"): (1, 8),
        ("é", "b"): (1, 14),
        ("é", "b", 0): (1, 15),
        ("é", "b", 1): (1, 18),
    }
    assert (source.keys[("é", "b")].line, source.keys[("é", "b")].column) == (1, 11)


def test_places_after_a_mended_text_are_those_typed():
    source = read_source("{a: Où ?, b: d'une part : x, c: y}\n", "f.yaml")
    assert source.data == {"a": "Où ?", "b": "d'une part : x", "c": "y"}
    assert [source.key_place((key,)).column for key in "abc"] == [2, 11, 30]

"""The types an expression has or expects are told in words, in both languages, whatever they hold."""

from __future__ import annotations

import re

import pytest

from engine.feel.builtins import BUILTINS
from engine.feel.signatures import describe
from engine.feel.types import SIMPLE_NAMES, Context, Function, List, Range, type_name
from engine.language import Bundle, check_scheme
from engine.problems.catalogue import sentence, type_said
from tests.fixtures.rent_help import HEAD, WORKFLOW

SIMPLE = list(SIMPLE_NAMES.values())
ROW = Context({"name": SIMPLE_NAMES["string"], "share": SIMPLE_NAMES["number"]})
TYPES = [
    *SIMPLE, *(List(of) for of in SIMPLE), *(Range(of) for of in SIMPLE), ROW, List(ROW), List(List(SIMPLE[0])),
    Function((), SIMPLE_NAMES["Any"], 0), List(Function((), SIMPLE_NAMES["Any"], 0)),
]  # fmt: skip
ENGLISH = re.compile(r"[<>]|\b(list|string|boolean|function|any|context|range|duration|number)\b")


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ("list<string>", "une liste de textes", "a list of texts"),
        ("list<number>", "une liste de nombres", "a list of numbers"),
        ("function<> -> Any", "une fonction", "a function"),
        ("list<context<name: string>>", "une liste de groupes de valeurs", "a list of groups of values"),
        ("days and time duration", "une durée en jours", "a duration in days"),
        (
            "days and time duration or years and months duration",
            "une durée en jours ou une durée en mois",
            "a duration in days or a duration in months",
        ),
        (
            "range or a number, text, date or duration",
            "un intervalle ou un nombre, un texte, une date ou une durée",
            "a range or a number, a text, a date or a duration",
        ),
        ('one of "a", "b"', 'l\'une de ces options\u00a0: "a", "b"', 'one of "a", "b"'),
        ("none of these", "aucune d'elles", "none of these"),
        ("'else'", "'else'", "'else'"),
    ],
)
def test_type_in_words(written, french, english):
    assert (type_said(written, "fr"), type_said(written, "en")) == (french, english)


@pytest.mark.parametrize("written", [type_name(of) for of in TYPES])
def test_no_type_is_told_as_feel_writes_it(written):
    assert not re.search(ENGLISH, type_said(written, "fr"))
    assert not re.search(r"[<>]", type_said(written, "en"))


@pytest.mark.parametrize(
    "written", sorted({describe(one) for ways in BUILTINS.values() for way in ways for one in way.parameters})
)
def test_what_functions_take_is_told_in_words(written):
    assert not re.search(ENGLISH, type_said(written, "fr"))


def test_ways_to_call_a_function_are_told_in_the_language():
    params = {
        "function": "substring",
        "given": 1,
        "parameters": "@takes string, start position, length (optional)",
    }
    said = sentence("feel_wrong_arity", params, None, "fr")
    assert said.endswith("ce qu'elle prend\u00a0: string, start position, length (facultatif).")
    params["parameters"] = "@takes from; or year, month, day"
    assert sentence("feel_wrong_arity", params, None, "fr").endswith(
        "ce qu'elle prend\u00a0: from; ou year, month, day."
    )
    params["parameters"] = "@takes no value"
    assert sentence("feel_wrong_arity", params, None, "fr").endswith("ce qu'elle prend\u00a0: aucune valeur.")


FORM = (
    HEAD
    + """\
      income: {type: money, label: Revenu mensuel}
      born: {type: date, label: Né le}
      needs: {type: choices, label: Besoins, options: {rent: Loyer, heat: Chauffage}}
"""
)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("count > 3", "`count` est une fonction, et `3` est un nombre."),
        ("born + 3 > today()", "`+` attend une durée en jours ou une durée en mois, et ceci est un nombre."),
        ("needs", "devrait donner une condition (vrai ou faux), et elle donne une liste de textes"),
        ("needs > 3", "`needs` est une liste de textes, et `3` est un nombre."),
        ("income(3) > 2", "`income` est un nombre et non une fonction"),
        ("today() - born", "et elle donne une durée en jours"),
    ],
)
def test_sentences_of_a_scheme(rule, said):
    text = f"{FORM}eligibility: {{a: {{require: '{rule}', otherwise: Non}}}}\n{WORKFLOW}"
    _, problems = check_scheme(Bundle({"scheme.yaml": text}))
    assert said in next(one.sentence("fr") for one in problems if one.severity == "error")

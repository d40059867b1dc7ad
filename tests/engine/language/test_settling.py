"""What is told once and well: a list without brackets, a refused id used elsewhere, options as a list, figures as typed."""

from __future__ import annotations

import pytest

from engine.language import Bundle, check_scheme

SCHEME = """\
scheme: rent-help
languages: [fr]
title: Aide au loyer
roles:
  clerk: {label: Instruction, may: [search, view]}
parameters:
  rate: {type: percentage, values: [{from: 2026-01-01, is: 40}]}
form:
  you:
    title: Vous
    fields:
      income: {type: money, label: Revenu mensuel}
      part: {type: percentage, label: Part, max: 100}
      home: {type: choice, label: Logement, options: {flat: Appartement, house: Maison}}
award: {currency: EUR, amount: income * rate / 100}
workflow:
  public:
    received: {label: Reçue, states: [submitted, in_review]}
    decided: {label: Décidée, states: [granted]}
  states:
    draft: {kind: start}
    submitted: {label: Déposée}
    in_review: {label: Examinée}
    granted: {label: Accordée, kind: end}
  actions:
    submit: {label: Déposer, from: draft, to: submitted, by: applicant}
    take: {label: Prendre, from: submitted, to: in_review, by: clerk}
    grant: {label: Accorder, from: [submitted, in_review], to: granted, by: clerk}
"""


def told(*changes: tuple[str, str]) -> list[tuple[str, object]]:
    text = SCHEME
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    _, problems = check_scheme(Bundle({"scheme.yaml": text}))
    return [
        (one.code, one.params.get("instead") or one.params.get("better") or one.suggestion)
        for one in problems
        if one.severity == "error"
    ]


def test_scheme_is_faultless():
    assert told() == []


@pytest.mark.parametrize(
    ("change", "instead"),
    [
        (("from: [submitted, in_review]", "from: submitted, in_review"), "[submitted, in_review]"),
        (
            ("{label: Accorder, from: [submitted, in_review], to: granted, by: clerk}",
             "\n      label: Accorder\n      from: submitted,in_review\n      to: granted\n      by: clerk"),
            "[submitted, in_review]",
        ),
        (("states: [submitted, in_review]", "states: submitted, in_review"), "[submitted, in_review]"),
        (("may: [search, view]", "may: search, view"), "[search, view]"),
        (("may: [search, view]", "may: chercher, voir"), "[search, view]"),
        (("may: [search, view]", "may: search"), "[search]"),
        (("to: in_review, by: clerk", "to: in_review, by: clerk, applicant"), "[clerk, applicant]"),
    ],
)  # fmt: skip
def test_words_in_a_row_are_told_as_a_list(change, instead):
    assert told(change) == [("write_instead", instead)]


def test_word_nobody_knows_is_not_put_in_a_list():
    assert told(("may: [search, view]", "may: search, bidule"))[-1] == ("wrong_value", None)


def test_no_list_is_proposed_where_none_may_stand():
    (found, *_) = told(("to: granted, by", "to: granted, submitted, by"))
    assert found == ("cut_at_comma", None)
    assert all(code != "write_instead" for code, _ in told(("to: granted, by", "to: granted, submitted, by")))


def test_text_with_a_comma_still_wants_quotes():
    assert told(("label: Accorder", "label: Accorder, enfin")) == [("cut_at_comma", None)]


def test_refused_id_is_not_proposed_elsewhere():
    parameter = ("  rate: {", "  taux_été: {")
    assert told(parameter, ("income * rate", "income * taux_ete")) == [("bad_id", "taux_ete")]
    assert told(parameter, ("income * rate", "income * taux_été")) == [("bad_id", "taux_ete")]
    state = ("in_review: {label", "examinée: {label")
    assert told(state, ("in_review", "examinee")) == [("bad_id", "examinee")]


@pytest.mark.parametrize(
    ("options", "instead"),
    [
        ("[a, b]", "{a: a, b: b}"),
        ('[Propriétaire, "Locataire, meublé"]', '{proprietaire: Propriétaire, locataire_meuble: "Locataire, meublé"}'),
        ("[a, b, c, d, e]", "{a: a, b: b, c: c, d: d, …}"),
    ],
)  # fmt: skip
def test_options_as_a_list_are_told_with_codes(options, instead):
    change = ("options: {flat: Appartement, house: Maison}", f"options: {options}")
    assert told(change) == [("write_instead", instead)]


@pytest.mark.parametrize(
    ("written", "code"), [("€", "EUR"), ("euros", "EUR"), ("eur", "EUR"), ("$", "USD"), ("£", "GBP")]
)
def test_currency_as_people_write_it(written, code):
    assert told(("currency: EUR", f"currency: {written}")) == [("write_instead", code)]


def test_unknown_currency_is_told_what_is_wanted():
    text = SCHEME.replace("currency: EUR", "currency: sous")
    _, problems = check_scheme(Bundle({"scheme.yaml": text}))
    assert [one.sentence("fr") for one in problems if one.severity == "error"] == [
        "`currency` attend le code d'une monnaie (EUR), et non `sous`."
    ]


@pytest.mark.parametrize(
    ("change", "instead"),
    [
        (("is: 40", "is: 40%"), "40"),
        (("is: 40", 'is: "12,5 %"'), "12.5"),
        (("type: percentage, values: [{from: 2026-01-01, is: 40", "values: [{from: 2026-01-01, is: 40 %"), "0.4"),
        (("max: 100", "max: 40 %"), "40"),
    ],
)  # fmt: skip
def test_share_with_its_sign_is_what_the_place_means(change, instead):
    assert told(change) == [("feel_instead", instead)]

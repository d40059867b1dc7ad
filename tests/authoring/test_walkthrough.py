"""A scheme's own tests are played through rules and workflow, and a failure says in plain words what differs."""

from __future__ import annotations

from textwrap import indent

import pytest

from authoring.walkthrough import run
from engine.language import Bundle, load_scheme

SCHEME = """\
scheme: trial
languages: [fr]
title: "Aide d'essai"
summary: "Pour les essais."
reference: "ESSAI-{year}-{number:05}"
contact: {email: essai@organisme.example, phone: "04 50 00 00 00", hours: "9 h – 17 h"}
calendar: {opens: 2020-05-05, closes: 2020-06-20}
roles:
  instructor: {label: Instruction, may: [search, view]}
  supervisor: {label: Responsable, may: [search, view]}
parameters:
  income_ceiling: {by: persons, type: money, values: [{from: 2020-05-05, rows: {1: 19074, 2: 27896}, each_more: 5651}]}
form:
  you:
    title: Vous
    fields:
      siret: {type: siret, label: SIRET}
      closed: {type: yes_no, label: "Fermé ?"}
      household: {type: integer, min: 1, label: Foyer}
      household_income: {type: money, label: Revenu}
      home: {type: address, optional: true, label: Résidence}
      proof: {type: file, optional: true, label: Preuve}
eligibility:
  closed: {require: closed, otherwise: Fermés seulement.}
  under_ceiling: {require: household_income <= income_ceiling(household), otherwise: Trop de revenus.}
award: {amount: if household > 2 then 1500 else 1000}
workflow:
  public:
    received: {label: Reçue, states: [submitted, in_review]}
    decided: {label: Décidée, states: [accepted]}
  states:
    draft: {kind: start}
    submitted: {label: Déposée}
    in_review: {label: En instruction, checklist: {seen: "Les pièces sont vues"}}
    accepted: {label: Acceptée, decision: granted, kind: end}
  actions:
    submit: {from: draft, to: submitted, by: applicant, effects: [{mail: acknowledgement}]}
    take: {from: submitted, to: in_review, by: [instructor, supervisor], comment: required}
    accept: {from: in_review, to: accepted, by: supervisor, not_by_who_did: take, if: eligible and checklist.done, effects: [{mail: accepted}]}
tests:
"""
MAILS = {f"texts/{name}.fr.md": "Objet : Essai\n\nBonjour.\n" for name in ("acknowledgement", "accepted")}
ANSWERS = '{siret: "732 829 320 00074", closed: true, household: 1, household_income: 19074}'


def outcome(test: str):
    """The one outcome of a scheme with this one test."""
    text = SCHEME + "  the case:\n" + indent(test, "    ")
    [found] = run(load_scheme(Bundle({"scheme.yaml": text, **MAILS})))
    return found


PASSING = [
    f"answers: {ANSWERS}\nexpect: {{eligible: true, amount: 1000, because: [], rules.closed: true}}\n",
    f"answers: {ANSWERS}\nexpect: {{}}\nthen: [submit by applicant, take by instructor, accept by supervisor]\nend: accepted\nmails: [acknowledgement, accepted]\n",
    "answers: {closed: false}\nexpect: {eligible: false, because: [closed]}\n",
    'answers: {home: {street: 1 rue, postcode: "74000", commune: Annecy}, proof: [preuve.pdf]}\nexpect: {household: null}\n',
    "answers: {household: 3}\nexpect: {household: 3, amount: 1500}\n",
    "given: [household, household_income]\nexpect: [rules.under_ceiling]\n"
    "cases:\n  - [1, 19074, true]\n  - [1, 19074.01, false]\n  - [6, 50500, true]\n  - [6, 50500.01, false]\n",
    "answers: {closed: true, household_income: 1}\ngiven: [household]\nexpect: [eligible, amount]\ncases:\n  - [2, true, 1000]\n  - [3, true, 1500]\n",
]


@pytest.mark.parametrize("test", PASSING)
def test_what_is_expected_passes_silently(test):
    found = outcome(test)
    assert (found.name, found.passed, found.sentences) == ("the case", True, ())


FAILING = [
    (
        "answers: {closed: true, household: 1, household_income: 20000}\nexpect: {amount: 1000}\n",
        "expected amount 1000, got nothing: the rule under_ceiling is false because "
        "household_income <= income_ceiling(household) is false",
    ),
    (
        "answers: {closed: true}\nexpect: {eligible: true}\n",
        "expected eligible true, got nothing: the rule under_ceiling is not established",
    ),
    (
        "answers: {closed: false}\nexpect: {because: []}\n",
        "expected because [], got [closed]: the rule closed is false",
    ),
    ("answers: {household: 3}\nexpect: {amount: 1000}\n", "expected amount 1000, got 1500.00"),
    ('answers: {siret: "73282932000075"}\nexpect: {}\n', "siret: Check the SIRET number"),
    ("answers: {household: 0}\nexpect: {}\n", "household: Enter 1 or more."),
    (
        f"answers: {ANSWERS}\nexpect: {{}}\nthen: [submit by applicant, take by supervisor, accept by supervisor]\n",
        "accept by supervisor is refused: it is not for who did take",
    ),
    (
        f"answers: {ANSWERS}\nexpect: {{}}\nthen: [submit by applicant]\nend: accepted\n",
        "expected the end accepted, got submitted",
    ),
    (
        f"answers: {ANSWERS}\nexpect: {{}}\nthen: [submit by applicant]\nmails: []\n",
        "expected the mails [], got [acknowledgement]",
    ),
    (
        "answers: {closed: true}\nexpect: {}\nthen: [submit by applicant]\n",
        "submit by applicant is refused: siret: Enter",
    ),
    (
        'answers: {siret: "73282932000074", closed: false, household: 1, household_income: 1}\nexpect: {}\nthen: [submit by applicant]\n',
        "submit by applicant is refused: not eligible: the rule closed is false because closed is false",
    ),
    (
        f"answers: {ANSWERS}\nexpect: {{}}\nthen: [submit by applicant, accept by supervisor]\n",
        "accept by supervisor is refused: it can't be done from submitted",
    ),
    (
        f"answers: {ANSWERS}\nexpect: {{}}\nthen: [submit by applicant, take by applicant]\n",
        "take by applicant is refused: it is for [instructor, supervisor]",
    ),
    (
        "given: [household, household_income]\nexpect: [rules.under_ceiling]\ncases:\n  - [1, 19074, true]\n  - [1, 19075, true]\n",
        "case 2 (household 1, household_income 19075): expected rules.under_ceiling true, got false",
    ),
]


@pytest.mark.parametrize(("test", "sentence"), FAILING)
def test_what_differs_is_said_in_plain_words(test, sentence):
    found = outcome(test)
    assert not found.passed
    assert len(found.sentences) == 1, found.sentences
    assert found.sentences[0].startswith(sentence)


def test_one_test_may_be_run_by_its_name():
    text = SCHEME + "".join(
        f"  {name}:\n    answers: {{closed: true}}\n    expect: {{}}\n" for name in ("one", "two")
    )
    scheme = load_scheme(Bundle({"scheme.yaml": text, **MAILS}))
    assert [found.name for found in run(scheme)] == ["one", "two"]
    assert [found.name for found in run(scheme, "two")] == ["two"]
    [missing] = run(scheme, "tow")
    assert missing.sentences == ("no test is named tow; did you mean two?",)

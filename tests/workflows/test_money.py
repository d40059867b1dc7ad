"""What a step adds to the chain of amounts: never a word over what stands already."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.language import Bundle, SchemeError, load_scheme
from workflows.lifecycle import Actor, Step
from workflows.money import Standing, links, standing

SCHEME = """
scheme: chained
languages: [fr]
title: Essai
summary: Essai
roles: {chief: {label: Responsable, may: [view]}}
form: {you: {title: Vous, fields: {wanted: {type: money, label: Montant demandé}}}}
award: {amount: wanted / 2, requested: wanted}
workflow:
  public: {received: {label: Reçue, states: [submitted, proposed, granted, refused, paid]}}
  states:
    draft: {kind: start}
    submitted: {label: Déposée}
    proposed: {label: Proposée}
    granted: {label: Accordée, decision: granted}
    refused: {label: Refusée, decision: refused, kind: end}
    paid: {label: Payée, kind: end}
  actions:
    submit: {label: Déposer, from: draft, to: submitted, by: applicant}
    propose: {label: Proposer, from: submitted, to: proposed, by: chief, form: {offered: {type: money, label: Proposé}}, proposes: offered}
    grant: {label: Accorder, from: [submitted, proposed], to: granted, by: chief, form: {given: {type: money, label: Accordé}}, amount: given}
    amend: {label: Modifier, from: granted, to: granted, by: chief, form: {changed: {type: money, label: Nouveau montant}}, amount: changed}
    refuse: {label: Refuser, from: [submitted, proposed, granted], to: refused, by: chief}
    pay: {label: Payer, from: granted, to: paid, by: chief}
"""
CHIEF = Actor("staff", "1", "Noé (fictif)", frozenset({"chief"}))


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(Bundle({"scheme.yaml": SCHEME}))


def added(scheme, action, now, **form):
    found = scheme.workflow.actions[action]
    said = form.get(found.amount_field) if found.amount else None
    step = Step(action, found.sources[-1], found.to, (), (), None, None if said is None else Decimal(said))
    return links(scheme, step, CHIEF, now, form)


@pytest.mark.parametrize(
    ("action", "now", "form", "wanted"),
    [
        ("propose", Standing(100, 100), {"offered": "0.80"}, [("proposed", 80)]),
        ("grant", Standing(80, 100), {}, [("granted", 80), ("due", 80)]),
        ("grant", Standing(80, 100), {"given": "0.70"}, [("granted", 70), ("due", 70)]),
        ("grant", Standing(), {}, []),
        ("amend", Standing(80, 100, 80, 80), {"changed": "0.95"}, [("granted", 15), ("due", 15)]),
        ("amend", Standing(80, 100, 80, 80), {"changed": "0.50"}, [("reversed", 30)]),
        ("amend", Standing(80, 100, 80, 80), {"changed": "0.80"}, []),
        ("refuse", Standing(80, 100, 80, 80), {}, [("reversed", 80)]),
        ("refuse", Standing(80, 100), {}, []),
        ("pay", Standing(80, 100, 50, 80), {}, [("paid", 50)]),
    ],
)
def test_step_adds_what_differs_and_nothing_else(scheme, action, now, form, wanted):
    assert list(added(scheme, action, now, **form)) == wanted


def test_standing_counts_what_was_granted_taken_back_and_paid():
    chain = [
        ("requested", 500),
        ("computed", 100),
        ("granted", 100),
        ("due", 100),
        ("paid", 100),
        ("reversed", 40),
    ]
    found = standing(chain)
    assert (found.held, found.payable, found.overpaid, found.offered) == (60, 0, 40, 100)
    assert standing([*chain, ("granted", 10), ("due", 10)]).overpaid == 30


def test_proposal_stands_until_the_award_is_computed_again():
    assert standing([("computed", 100), ("proposed", 80)]).offered == 80
    assert standing([("computed", 100), ("proposed", 80), ("computed", 60)]).offered == 60


def test_amount_proposed_is_a_money_field_of_the_form(scheme):
    text = SCHEME.replace("form: {offered: {type: money,", "form: {offered: {type: text,")
    with pytest.raises(SchemeError) as found:
        load_scheme(Bundle({"scheme.yaml": text}))
    assert [problem.code for problem in found.value.problems if problem.severity == "error"] == ["no_amount"]
    assert scheme.workflow.actions["amend"].amount_field == "changed"

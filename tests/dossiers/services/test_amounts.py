"""The chain of amounts of a dossier: who, when, why; corrections add to it and change nothing."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dossiers.database import AmountStep
from dossiers.services import applications, casework, publication, tracking
from dossiers.services.refusals import Refused
from renderers import pages

PROPOSE = """    propose:
      label: {fr: "Proposer", en: "Propose"}
      from: in_review
      to: in_review
      by: instructor
      form: {offered: {type: money, label: {fr: "Montant proposé", en: "Amount proposed"}}}
      proposes: offered
    ask:
"""
GRANTS = """      from: in_review
      to: accepted
      form: {given: {type: money, label: {fr: "Montant accordé", en: "Amount granted"}}}
      amount: given
"""
AMEND = """    amend:
      label: {fr: "Modifier le montant", en: "Change the amount"}
      from: accepted
      to: accepted
      by: supervisor
      form: {changed: {type: money, label: {fr: "Nouveau montant", en: "New amount"}}}
      amount: changed
    pay: {"""
CHANGES = (
    ("    ask:\n", PROPOSE),
    ("      from: in_review\n      to: accepted\n", GRANTS),
    ("    pay: {", AMEND),
    ("award: {currency: EUR,", "award: {requested: income, currency: EUR,"),
)


@pytest.fixture
def office(site, small):
    """The small grant, whose agents may propose and grant another amount."""
    site.act(publication.publish, small(*CHANGES), "Sylvie (fictive)")
    return site


def chain(site):
    query = select(AmountStep.kind, AmountStep.cents, AmountStep.by, AmountStep.why).order_by(AmountStep.id)
    return [tuple(row) for row in site.rows(query)]


def examined(site):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    return viewer, public_id


def test_each_step_says_who_and_why(office):
    viewer, public_id = examined(office)
    office.fire("instructor", public_id, "propose", form={"offered": ["800"]}, comment="Sur devis.")
    office.fire("supervisor", public_id, "accept", form={"given": ["800"]})
    office.fire("supervisor", public_id, "amend", form={"changed": ["650,50"]}, comment="Facture plus basse.")
    office.fire("accountant", public_id, "pay")
    assert chain(office) == [
        ("requested", 1_200_000, "system", "award"),
        ("computed", 100_000, "system", "award"),
        ("proposed", 80_000, "instructor (fictif)", "propose"),
        ("granted", 80_000, "supervisor (fictif)", "accept"),
        ("due", 80_000, "supervisor (fictif)", "accept"),
        ("reversed", 14_950, "supervisor (fictif)", "amend"),
        ("paid", 65_050, "accountant (fictif)", "pay"),
    ]
    view = office.act(casework.dossier, office.staff["supervisor"], public_id)
    assert [(one.kind, one.reason) for one in view.amounts if one.reason] == [
        ("proposed", "Sur devis."),
        ("reversed", "Facture plus basse."),
    ]
    told = office.read(tracking.dossier, viewer, public_id)
    assert [(one.kind, one.by, one.reason) for one in told.amounts] == [
        ("requested", "", ""),
        ("granted", "", ""),
        ("reversed", "", ""),
        ("paid", "", ""),
    ]
    assert (told.decision.amount, told.paid_at) == (Decimal("650.50"), office.clock.now)


@pytest.mark.parametrize(
    ("form", "comment", "told"), [("900", " ", True), ("900", "Plafond.", False), ("1000", "", False)]
)
def test_another_amount_than_the_one_that_stands_wants_a_reason(office, form, comment, told):
    _, public_id = examined(office)
    before = chain(office)
    try:
        office.fire("supervisor", public_id, "accept", form={"given": [form]}, comment=comment)
    except Refused as refused:
        assert (refused.code, chain(office), office.state(public_id)) == (
            "amount_unexplained",
            before,
            "in_review",
        )
        assert told
    else:
        assert (office.state(public_id), told) == ("accepted", False)


def test_an_amount_computed_after_a_correction_says_so_and_not_at_the_deposit(office):
    viewer, public_id = office.filed()
    office.fire("instructor", public_id, "take")
    office.ask(public_id, "income")
    office.save(viewer, public_id, "you", asked={"income"}, income="13 000")
    office.act(applications.submit, viewer, public_id)
    computed = [(cents, why) for kind, cents, _, why in chain(office) if kind == "computed"]
    assert computed == [(100_000, "award"), (100_000, "filed_again")]


@pytest.mark.parametrize(
    "why", ["award", "filed_again", "later_form", "corrected_by_office", "decided", "verified"]
)
def test_every_reason_of_an_amount_computed_has_its_words(office, why):
    scheme = office.read(publication.current, "small-grant").scheme
    names = pages.environment("fr").get_template("admin/amount_names.html").make_module({"language": "fr"})
    told = names.why(SimpleNamespace(why=why), scheme)
    assert told and (told == "au dépôt") is (why == "award")

"""A number typed, the rest filled in: what an applicant without any script sees of sources outside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossiers.outside.connectors import Connectors
from dossiers.services.desk import Desk
from guichet.application import create_app
from guichet.stubs import InProcess, Stubs

SIRET, IBAN = "73282932000074", "FR7630006000011234567890189"
FACTS = (
    "eligibility:\n",
    "facts:\n  company: {connector: recherche-entreprises, with: siret}\neligibility:\n",
)
NAME = (
    "      iban:",
    '      legal_name: {type: text, label: {fr: "Dénomination", en: "Name"}, filled_by: company.name}\n'
    '      created: {type: date, optional: true, label: {fr: "Création", en: "Since"}, filled_by: company.created}\n'
    "      iban:",
)


@pytest.fixture
def page(site, ada):
    """The address of the page that asks for the number, at a site whose sources are stood in for."""
    opened = replace(site.desk.office, connectors=Connectors(InProcess(Stubs()), sleep=lambda _: None))
    site.desk = Desk(opened)
    ada.client = create_app(opened).test_client()
    site.publish(FACTS, NAME)
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="Fictive", income="12000")
    ada.get(base + "children")
    ada.post(base + "children")
    ada.get(base + "payment")
    return base + "payment"


def test_the_button_fills_in_what_is_known_and_demands_nothing(ada, page):
    assert "Remplir d'après ce numéro" in ada.last.text
    shown = ada.follow(ada.post(page, siret=SIRET, look_up_="siret"))
    assert shown.typed()["legal_name"] == "CAFÉ DU LAC (FICTIF)"
    assert "Rempli d'après l'Annuaire des entreprises le 12 mai 2020" in shown.text
    assert "Des réponses ont été remplies pour vous" in shown.text
    assert not [one for one in shown.all("div") if "question-wrong" in one.get("class", "")]


def test_going_on_fills_in_too_and_tells_only_what_is_still_missing(ada, page):
    shown = ada.follow(ada.post(page, siret=SIRET, iban=IBAN, resident="yes"))
    assert shown.typed()["legal_name"] == "CAFÉ DU LAC (FICTIF)"  # filled in, to be looked at before going on
    again = ada.post(page, siret=SIRET, iban="", resident="yes", legal_name="CAFÉ DU LAC (FICTIF)")
    assert again.status == 422


def test_a_slip_elsewhere_on_the_page_is_told_beside_what_was_filled_in(ada, page):
    shown = ada.post(page, siret=SIRET, iban="FR76 1", resident="yes")
    assert shown.status == 422
    assert shown.typed()["legal_name"] == "CAFÉ DU LAC (FICTIF)"
    assert shown.typed()["iban"] == "FR76 1"


def test_what_was_typed_and_cannot_be_read_stays_and_the_source_is_told_beside_it(site, ada, page):
    shown = ada.post(page, siret="1", created__day="2", created__month="avrlo", created__year="2012")
    assert shown.typed()["created-month"] == "avrlo"
    slipped = {"created__day": "2", "created__month": "avrlo", "created__year": "2012"}
    shown = ada.post(page, siret=SIRET, iban=IBAN, resident="yes", **slipped)
    assert shown.status == 422 and shown.typed()["created-month"] == "avrlo"
    assert shown.typed()["legal_name"] == "CAFÉ DU LAC (FICTIF)"
    again = ada.get(page)
    assert again.typed()["created-month"] == "avrlo"
    assert "D'après l'Annuaire des entreprises, le 12 mai 2020 : 2 avril 2012" in again.text


def test_a_number_nobody_knows_may_be_kept(ada, page):
    shown = ada.follow(ada.post(page, siret="99000008500011", look_up_="siret"))
    assert "Rien n'est connu sous ce numéro" in shown.text
    onward = ada.post(page, siret="99000008500011", legal_name="Chez Ada", iban=IBAN, resident="yes")
    assert onward.location.endswith("/verifier")


def test_a_source_that_is_down_is_told_and_stops_nothing(ada, page):
    shown = ada.follow(ada.post(page, siret="99000005100013", look_up_="siret"))
    assert "le service vérifiera plus tard" in shown.text
    onward = ada.post(page, siret="99000005100013", legal_name="Chez Ada", iban=IBAN, resident="yes")
    assert onward.location.endswith("/verifier")


def test_what_was_corrected_is_said_to_be_kept_beside_what_the_source_says(ada, page):
    ada.follow(ada.post(page, siret=SIRET, look_up_="siret"))
    ada.post(page, siret=SIRET, legal_name="Chez Ada", iban=IBAN, resident="yes")
    assert "D'après l'Annuaire des entreprises, le 12 mai 2020 : CAFÉ DU LAC (FICTIF)" in ada.get(page).text

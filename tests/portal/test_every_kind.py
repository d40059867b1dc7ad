"""Filling in every kind of question in a browser without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dossiers.services import publication
from engine.language import Bundle

TEXT = Path(__file__).parents[1] / "fixtures/every-kind.yaml"
SLUG = "every-kind"
NUMBERS = {
    "a_siren": "732 829 320",
    "a_rna": "w751234567",
    "a_vat": "fr 40 303 265 045",
    "a_nir": "2 95 10 99 126 111 93",
    "a_bic": "agrifrpp",
    "a_url": "exemple.fr",
    "a_postal_code": "01 000",
}


@pytest.fixture
def begun(site, ada):
    """An application of the scheme that asks every kind of question; the path of its pages."""
    bundle = Bundle({"scheme.yaml": TEXT.read_text(encoding="utf-8")})
    site.desk.act(publication.publish, bundle, "Sylvie (fictive)")
    ada.get(f"/aides/{SLUG}")
    return ada.post(f"/aides/{SLUG}/commencer", email="ada@fictif.example").location


def send(browser, address: str, **form):
    browser.get(address)
    return browser.post(address, **form)


def test_numbers_are_kept_and_shown_again_in_their_groups(ada, begun):
    assert send(ada, begun + "numbers", **NUMBERS).status == 303
    typed = ada.get(begun + "numbers").typed()
    assert typed["a_siren"] == "732 829 320"
    assert typed["a_vat"] == "FR 40 303 265 045"
    assert typed["a_nir"] == "2 95 10 99 126 111 93"
    assert typed["a_url"] == "https://exemple.fr"


def test_a_refused_number_says_what_to_do(ada, begun):
    answer = send(ada, begun + "numbers", **{**NUMBERS, "a_siren": "732 829 320 00074"})
    assert answer.status == 422
    assert "Indiquez 732 829 320 : le numéro SIREN, ce sont les neuf premiers chiffres" in answer.text


def test_a_commune_is_picked_among_those_of_its_name_without_script(ada, begun):
    send(ada, begun + "numbers", **NUMBERS)
    others = {"a_department": "74", "a_country": "FR", "mountain": "yes"}
    asked = send(ada, begun + "places", a_commune="Saint Denis", **others)
    assert asked.status == 422
    assert "Choisissez dans la liste la commune dont il s'agit." in asked.text
    assert "Saint-Denis (Seine-Saint-Denis), 93200, 93210" in asked.text
    assert asked.typed()["a_commune"] == "Saint Denis"
    answer = ada.post(begun + "places", a_commune="Saint Denis", a_commune__code="93066", **others)
    assert answer.status == 303
    assert ada.get(begun + "places").typed()["a_commune"] == "Saint-Denis (Seine-Saint-Denis)"


PLACES = {"a_commune": "74000", "a_department": "01", "a_country": "CH", "abroad": "Genève", "mountain": "no"}
TIMES = {
    "opens": "10h30",
    "begins__day": "5",
    "begins__month": "mai",
    "begins__year": "2020",
    "begins__time": "9 h",
    "built": "1948",
    "late": "yes",
    "child__civility": "mrs",
    "child__first_name": "Ada",
    "child__last_name": "Exemple",
    "child__birth_name": "Essai",
    "child__born__day": "1",
    "child__born__month": "2",
    "child__born__year": "2012",
    "child__birth_place": "Annecy",
}
CHOICES = {
    "a_choice": "other",
    "a_choice__other": "Glacière",
    "some_choices": ["food"],
    "a_grid__welcome": "yes_indeed",
    "a_grid__delay": "not_at_all",
}
LAST = {"place__latitude": "45.899, 6.129", "content": "2", "why": "Trop long."}
RENT = {"owner": "no", "surface": "40", "rent": "1200", "charges": "100"}
PAGES = {"numbers": NUMBERS, "places": PLACES, "times": TIMES, "choices": CHOICES, "last": LAST, "rent": RENT}


def filled(ada, begun):
    """Answer every page."""
    for page, form in PAGES.items():
        send(ada, begun + page, **form)  # what an answer brings is asked at the next sending
        assert send(ada, begun + page, **form).status == 303


def test_a_reference_names_a_dossier_of_the_same_applicant(site, ada, begun):
    filled(ada, begun)
    ada.get(begun + "verifier")
    assert ada.post(begun + "verifier").status == 303
    ada.get(f"/aides/{SLUG}")
    second = ada.post(f"/aides/{SLUG}/commencer", email="ada@fictif.example").location
    filled(ada, second)
    wrong = send(ada, second + "last", **LAST, earlier="TQ-2020-00099")
    assert wrong.status == 422
    assert "Vérifiez cette référence : aucune demande à votre nom ne la porte." in wrong.text
    assert send(ada, second + "last", **LAST, earlier="tq-2020-00001").status == 303
    stranger = site.browser()
    stranger.get(f"/aides/{SLUG}")
    other = stranger.post(f"/aides/{SLUG}/commencer", email="bob@fictif.example").location
    filled(stranger, other)
    assert send(stranger, other + "last", **LAST, earlier="TQ-2020-00001").status == 422


def test_answers_are_read_again_by_their_names(ada, begun):
    filled(ada, begun)
    page = ada.get(begun + "verifier")
    for said in (
        "Annecy (Haute-Savoie)",
        "Ain (01)",
        "Suisse",
        "Ville de naissance (Suisse)",
        "Genève",
        "Autre – Glacière",
        "de l'accueil – Oui et du délai – Non",
        "10 h 30",
        "5 mai 2020 à 9 h 00",
        "1948",
        "Un immeuble ancien ouvert à 10 h 30 ?",
        "45.899, 6.129",
        "2 / 4",
        "Mme Ada Exemple, né(e) Essai, 1er février 2012, Annecy",
    ):
        assert said in page.text


def test_a_section_is_asked_as_a_whole_and_says_its_title(ada, begun):
    filled(ada, begun)
    page = ada.get(begun + "rent")
    assert "Ce que vous payez chaque mois" in page.text
    assert page.html.index("data-section") < page.html.index('name="rent"') < page.html.index("</section>")
    send(ada, begun + "rent", owner="yes", surface="40")
    bare = ada.get(begun + "rent")
    assert re.search(r'data-section="costs"[^>]* hidden', bare.html)
    assert "Loyer" not in ada.get(begun + "verifier").text


def test_notes_are_said_when_they_hold_and_figures_are_shown(ada, begun):
    filled(ada, begun)
    page = ada.get(begun + "rent")
    assert "Le loyer est comparé à la surface." in page.text
    assert "Attention : Un loyer de 1 200 € passe le plafond" in page.text
    assert "Loyer au mètre carré 32,50 €" in page.text
    send(ada, begun + "rent", owner="no", surface="40", rent="900", charges="100")
    less = ada.get(begun + "rent")
    assert re.search(r'data-note="dear" hidden', less.html)
    assert "Loyer au mètre carré 25 €" in less.text
    asked = ada.get(begun + "verifier").text
    assert "Le loyer est comparé" not in asked  # nothing was asked: it is no answer

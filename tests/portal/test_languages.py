"""Any number of languages: a site brings their words, a page is whole in one language, and what is said instead is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from dossiers import office
from dossiers.settings import SettingsError
from renderers import catalogues

RIGHT_TO_LEFT = "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET} "


def catalogue(path, language: str, *, only: int | None = None) -> None:
    """A catalogue of a test language: the English words behind two letters; only the first few when asked."""
    known = [one for one in catalogues.read(catalogues.FOLDER / "fr.po") if one.id]
    made = Catalog(locale=language)
    for one in known[:only]:
        strings = (
            tuple(RIGHT_TO_LEFT + text for text in one.id) if one.pluralizable else RIGHT_TO_LEFT + one.id
        )
        made.add(one.id, (strings[0],) * made.num_plurals if one.pluralizable else strings)
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        write_po(file, made)


@pytest.fixture
def brought(tmp_path):
    """A folder of catalogues, spoken until the end of the test."""
    folder = tmp_path / "catalogues"
    yield folder
    catalogues.take_back(folder)


def test_a_site_may_bring_a_language_and_one_written_from_right_to_left_turns_the_page_round(site, brought):
    catalogue(brought / "he.po", "he")
    catalogues.bring(brought)
    page = site.browser("he").get("/lien")
    assert '<html lang="he" dir="rtl">' in page.html
    assert RIGHT_TO_LEFT in page.title
    assert '<html lang="fr" dir="ltr">' in site.browser().get("/lien").html


def test_words_a_language_lacks_are_said_in_french_and_the_page_says_so(site, brought):
    catalogue(brought / "de.po", "de", only=5)
    catalogues.bring(brought)
    page = site.browser("de").get("/lien")
    assert "Retrouver ma demande" in page.text
    assert "Tout n'est pas encore traduit dans cette langue" in page.text
    assert catalogues.missing("de") > 0 == catalogues.missing("en")


def test_a_scheme_that_does_not_speak_the_visitors_language_is_shown_whole_in_its_own(site, brought):
    catalogue(brought / "he.po", "he")
    catalogues.bring(brought)
    page = site.browser("he").get("/aides/small-grant")
    assert '<html lang="fr"' in page.html
    assert "This aid is not presented in this language: its pages are in צרפתית." in page.text
    assert 'lang="he" dir="rtl"><p>' in page.html
    assert "This aid is not" not in site.browser().get("/aides/small-grant").text


def test_a_scheme_with_texts_not_translated_yet_says_so_in_that_language_only(site):
    said = "Not everything on this page is translated"
    assert said in site.browser("en").get("/aides/small-grant").text
    assert said not in site.browser().get("/aides/small-grant").text


def test_the_switch_names_every_language_of_the_site_in_itself(site, brought):
    page = site.browser().get("/lien")
    assert 'lang="en" dir="ltr">English</button>' in page.html
    assert ">Français</button>" not in page.html


def test_a_site_can_not_say_that_it_speaks_what_it_has_no_words_for(site, tmp_path):
    settings = site.desk.office.settings
    organisation = replace(settings.organisation, languages=("fr", "he"))
    with pytest.raises(SettingsError, match=r"'he' has no catalogue; put one at .*he\.po"):
        office.build(replace(settings, organisation=organisation))


def test_each_text_that_is_not_translated_says_in_which_language_it_stands(site):
    site.publish(('label: {fr: "Téléphone", en: "Telephone"}', "label: Téléphone"))
    browser = site.browser("en")
    base = site.begun(browser)
    page = browser.get(base + "you")
    assert '<span class="foreign" lang="fr" dir="ltr">Téléphone</span>' in page.html
    assert page.html.count('class="foreign"') == 1, "the others are translated"
    browser.post(
        base + "you", person__first_name="Ada", person__last_name="Fictive", income="12000", phone=""
    )
    browser.get(base + "children")
    browser.post(base + "children")
    browser.get(base + "payment")
    browser.post(base + "payment", siret="73282932000074", iban="FR7630006000011234567890189", resident="yes")
    assert (
        '<dt><span class="foreign" lang="fr" dir="ltr">Téléphone</span></dt>'
        in browser.get(base + "verifier").html
    )
    ada = site.browser()
    assert "foreign" not in ada.get(site.begun(ada, "bo@fictif.example") + "you").html


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (None, "fr"),
        ("*", "fr"),
        ("en-GB,en;q=0.9", "en"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("de,en;q=0.5,fr;q=0.3", "en"),
        ("de", "fr"),
    ],
)
def test_first_page_is_in_the_language_the_browser_asks_for(site, asked, shown):
    answer = site.app.test_client().get("/", headers={"Accept-Language": asked} if asked else {})
    assert answer.headers["Content-Language"] == shown
    assert "accept-language" in answer.vary and "cookie" in answer.vary
    assert answer.headers["Cache-Control"] == "no-store"


def test_language_chosen_by_hand_comes_before_the_one_of_the_browser_and_stays(site, ada):
    english = {"Accept-Language": "en"}
    assert ada.client.get("/lien", headers=english).headers["Content-Language"] == "en"
    ada.post("/langue", language="fr", to="/lien")
    assert ada.client.get("/lien", headers=english).headers["Content-Language"] == "fr"


def test_browser_is_not_given_a_language_the_site_does_not_offer_or_has_not_all_the_words_of(site, brought):
    catalogue(brought / "de.po", "de", only=5)
    catalogues.bring(brought)
    given = site.app.extensions["guichet"]
    site.app.extensions["guichet"] = replace(
        given, organisation=replace(given.organisation, languages=("fr", "de"))
    )
    for asked in ("de", "en"):
        answer = site.app.test_client().get("/lien", headers={"Accept-Language": asked})
        assert answer.headers["Content-Language"] == "fr"


def test_pages_of_the_office_stay_french_whatever_the_browser_asks_for(site):
    answer = site.app.test_client().get("/bureau/connexion", headers={"Accept-Language": "en"})
    assert '<html lang="fr"' in answer.text

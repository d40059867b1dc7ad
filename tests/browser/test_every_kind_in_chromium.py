"""Every kind of question in a real browser, on a phone: it works as typed, is accessible, and answers while it is filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dossiers.services import publication
from engine.language import Bundle
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(240)]
SCHEME = Path(__file__).parents[1] / "fixtures/every-kind.yaml"
Faults = Callable[[Page], list[str]]


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"main [name='{name}']", value)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.wait_for_load_state()


def looked_at(page: Page, faults_of: Faults, folder: Path) -> None:
    """Nothing on the page is out of reach, and nothing wider than a phone."""
    page.screenshot(path=folder / f"{page.url.rpartition('/')[2]}.png", full_page=True)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_is_enough_to_answer_every_kind(
    site: DemoSite, open_page: Callable[..., Page], faults_of: Faults, tmp_path: Path
):
    site.desk.act(publication.publish, Bundle({"scheme.yaml": SCHEME.read_text(encoding="utf-8")}), "Essai")
    page = open_page(390, javascript=True)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 45.899247, "longitude": 6.129384})
    page.goto(f"{site.address}/aides/every-kind")
    page.fill("main [name=email]", "sortes@fictif.example")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Commencer").click()

    fill(page, {"a_siren": "732 829 320", "a_rna": "W751234567", "a_vat": "FR40303265045"})
    fill(page, {"a_nir": "2 95 10 99 126 111 93", "a_bic": "AGRIFRPP", "a_postal_code": "74 000"})
    page.check("[name=in_savoie][value=yes]")  # a postcode is known to the page as it is typed
    looked_at(page, faults_of, tmp_path)
    go_on(page)

    line = page.get_by_role("combobox", name="Commune de résidence")
    line.press_sequentially("annec")
    expect(page.locator("[role=option]").first).to_contain_text("Annecy (Haute-Savoie)")
    line.press("ArrowDown")
    line.press("Enter")
    expect(line).to_have_value("Annecy (Haute-Savoie)")
    fill(page, {"a_commune": "Saint-Denis"})
    page.select_option("[name=a_department]", "73")
    page.select_option("[name=a_country]", "CH")
    page.fill("[name=abroad]", "Genève")
    go_on(page)
    page.get_by_label("Saint-Denis (Seine-Saint-Denis), 93200, 93210").check()
    looked_at(page, faults_of, tmp_path)
    go_on(page)

    fill(
        page,
        {
            "opens": "11h",
            "begins-day": "5",
            "begins-month": "mai",
            "begins-year": "2020",
            "begins-time": "9h",
        },
    )
    page.fill("[name=built]", "1780")
    page.locator("[name=built]").blur()
    expect(page.locator("#q-built-live")).to_contain_text("Indiquez l’année 1800 ou une année suivante.")
    page.fill("[name=built]", "1948")
    page.check("[name=late][value=yes]")
    page.check("[name=child-civility][value=mrs]")
    fill(page, {"child-first_name": "Ada", "child-last_name": "Exemple", "child-birth_place": "Annecy"})
    fill(page, {"child-born-day": "1", "child-born-month": "2", "child-born-year": "2012"})
    looked_at(page, faults_of, tmp_path)
    go_on(page)

    page.get_by_label("Exploitant").check()
    page.get_by_label("Aucune de ces aides").check()
    page.get_by_role("group", name="de l'accueil").get_by_label("Plutôt").check()
    page.get_by_role("group", name="du délai").get_by_label("Oui").check()
    looked_at(page, faults_of, tmp_path)
    go_on(page)

    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page.locator("[name=place-latitude]")).to_have_value("45.899247")
    page.get_by_label("4 – Tout à fait").check()
    looked_at(page, faults_of, tmp_path)
    go_on(page)

    section, dear = page.locator("[data-section=costs]"), page.locator("[data-note=dear]")
    figure = page.locator("[data-note=per_metre] output")
    page.check("[name=owner][value=yes]")
    expect(section).to_be_hidden()
    page.check("[name=owner][value=no]")
    expect(section).to_be_visible()
    fill(page, {"surface": "40", "rent": "1 200", "charges": "100"})
    expect(dear).to_contain_text("1\u202f200\u00a0€")
    expect(figure).to_have_text("32,50\u00a0€")
    page.fill("[name=rent]", "900")
    expect(dear).to_be_hidden()
    expect(figure).to_have_text("25\u00a0€")
    looked_at(page, faults_of, tmp_path)
    go_on(page)
    assert page.url.endswith("/verifier")
    looked_at(page, faults_of, tmp_path)

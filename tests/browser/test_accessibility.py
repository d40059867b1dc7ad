"""axe finds nothing serious on any screen of the office. The portal's pages: test_every_page_kind.py."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.test_thread import SLUG, sign_in
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
Faults = Callable[[Page], list[str]]


def test_sign_in_of_the_office_is_accessible(
    site: DemoSite, open_page: Callable[..., Page], faults_of: Faults
):
    page = open_page(320, javascript=True)
    page.goto(f"{site.address}/bureau/connexion")
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_office_screens_are_accessible(site: DemoSite, open_page: Callable[..., Page], faults_of: Faults):
    page = sign_in(open_page(1280, javascript=True), site, "supervisor")
    faults = faults_of(page)
    page.goto(f"{site.address}/bureau/{SLUG}/")
    faults += faults_of(page)
    page.locator(f"main a[href*='/bureau/{SLUG}/']:has-text('AU74')").first.click()
    faults += faults_of(page)
    batch = "lots/nouveau?_action=refuse&_asked=etat%3Dsubmitted&_sur=liste"
    for part in ("chiffres", "appels?q=AU74", "appels/chiffres", "equipe", "lots", batch):
        answer = page.goto(f"{site.address}/bureau/{SLUG}/{part}")
        assert answer is not None and answer.ok, part
        faults += faults_of(page)
    assert faults == []


@pytest.mark.parametrize("width", [320, 1280])
def test_account_screens_are_accessible(
    site: DemoSite, open_page: Callable[..., Page], faults_of: Faults, width: int
):
    page = sign_in(open_page(width, javascript=True), site, "administrator")
    page.goto(f"{site.address}/bureau/comptes")
    faults = faults_of(page)
    page.locator("main th a").first.click()
    faults += faults_of(page)
    page.goto(f"{site.address}/bureau/comptes/nouveau")
    page.get_by_role("button", name="Envoyer l’invitation").click()  # the page with its problem
    faults += faults_of(page)
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_dossier_as_a_test_is_accessible(
    site: DemoSite, open_page: Callable[..., Page], faults_of: Faults, width: int
):
    page = sign_in(open_page(width, javascript=True), site, "administrator")
    page.goto(f"{site.address}/bureau/{SLUG}/")
    page.locator(f"main a[href*='/bureau/{SLUG}/']:has-text('AU74')").first.click()
    page.get_by_role("link", name="En essai du dispositif").click()
    assert "tiré d'un dossier reçu" in page.locator("pre").inner_text()
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_simulation_screens_are_accessible(
    site: DemoSite, open_page: Callable[..., Page], faults_of: Faults, width: int
):
    page = sign_in(open_page(width, javascript=True), site, "supervisor")
    page.goto(f"{site.address}/bureau/dispositifs/{SLUG}/simulation")
    page.get_by_label("Répartir les chiffres par").select_option("home.department")
    page.get_by_role("button", name="Simuler").click()
    faults = faults_of(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{site.address}/bureau/dispositifs/{SLUG}/reexamen")
    faults += faults_of(page)
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

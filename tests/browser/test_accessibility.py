"""axe finds nothing serious on any screen, and no screen scrolls sideways at 320 px."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.test_thread import SLUG, apply, begin, go_on, sign_in
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
Faults = Callable[[Page], list[str]]
PUBLIC = (
    "/",
    f"/aides/{SLUG}",
    "/lien",
    "/mentions",
    "/accessibilite",
    "/session-terminee",
    "/bureau/connexion",
    "/nowhere",
)


@pytest.mark.parametrize("path", PUBLIC)
def test_public_screen_is_accessible(
    site: DemoSite, open_page: Callable[..., Page], faults_of: Faults, path: str
):
    page = open_page(320, javascript=True)
    page.goto(site.address + path)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_application_screens_are_accessible(
    site: DemoSite, open_page: Callable[..., Page], faults_of: Faults, tmp_path: Path
):
    page = open_page(390, javascript=True)
    faults: list[str] = []
    begin(page, site, "lea@fictif.example")
    go_on(page)  # the page with all its problems
    faults += faults_of(page)
    page.goto(page.url.rsplit("/", 1)[0] + "/")
    faults += faults_of(page)
    assert faults == []


def test_office_screens_are_accessible(site: DemoSite, open_page: Callable[..., Page], faults_of: Faults):
    page = sign_in(open_page(1280, javascript=True), site, "supervisor")
    faults = faults_of(page)
    page.goto(f"{site.address}/bureau/{SLUG}/")
    faults += faults_of(page)
    page.locator(f"main a[href*='/bureau/{SLUG}/']:has-text('AU74')").first.click()
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


def test_receipt_and_tracking_are_accessible(
    site: DemoSite, open_page: Callable[..., Page], faults_of: Faults, tmp_path: Path
):
    page = open_page(390, javascript=True)
    page.context.set_default_timeout(20_000)
    receipt = apply_other(page, site, tmp_path)
    faults = faults_of(page)
    page.goto(receipt.replace("/demandes/", "/suivi/").removesuffix("/recu"))
    assert faults + faults_of(page) == []


def apply_other(page: Page, site: DemoSite, folder: Path) -> str:
    """Another establishment than the other test's: a scheme takes each one once."""
    from tests.browser import test_thread

    own = dict(test_thread.BUSINESS)
    test_thread.BUSINESS["siret"] = "35600000000048"
    try:
        return apply(page, site, folder)
    finally:
        test_thread.BUSINESS.update(own)

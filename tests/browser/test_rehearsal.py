"""The page that leads a rehearsal: axe finds nothing serious, nothing scrolls sideways, and it works without JavaScript."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dossiers import office
from dossiers.services.desk import Desk
from dossiers.settings import Settings
from guichet.application import create_app
from guichet.rehearsal.opening import Asked, open_rehearsal
from guichet.rehearsal.practice import PracticeAccount
from tests.fixtures.sites import DemoSite, served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[tuple[DemoSite, PracticeAccount]]:
    """A rehearsal of a site where nobody works yet: all its accounts are there to practise with."""
    opened = open_rehearsal(tmp_path, Asked((), "http://127.0.0.1:1"))
    [administrator] = opened.practice
    built = office.build(Settings.load(opened.folder))
    with served(DemoSite(create_app(built), Desk(built), {})) as site:
        yield site, administrator
    built.database.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_page_that_leads_a_rehearsal_is_accessible(
    rehearsal: tuple[DemoSite, PracticeAccount],
    open_page: Callable[..., Page],
    faults_of: Callable[[Page], list[str]],
    width: int,
):
    page = sign_in(open_page(width, javascript=True), *rehearsal)
    faults = faults_of(page)
    page.get_by_label("Nombre de jours à passer").fill("demain")
    page.get_by_role("button", name="Avancer").click()
    faults += faults_of(page)
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_rehearsal_is_led_without_javascript(
    rehearsal: tuple[DemoSite, PracticeAccount], open_page: Callable[..., Page]
):
    page = sign_in(open_page(390), *rehearsal)
    page.get_by_label("Nombre de jours à passer").fill("3")
    page.get_by_role("button", name="Avancer").click()
    assert "avancé de 3 jours" in page.locator("main").inner_text()
    page.get_by_role("button", name="Recommencer").click()
    assert "Cochez d’abord la case" in page.locator("main").inner_text()
    page.get_by_label("Je veux perdre ce qui a été fait ici").check()
    page.get_by_role("button", name="Recommencer").click()
    assert "avancé de" not in page.locator("main").inner_text()


def sign_in(page: Page, site: DemoSite, account: PracticeAccount) -> Page:
    page.goto(f"{site.address}/bureau/connexion?vers=/bureau/repetition")
    page.locator("input[name=email]").fill(account.email)
    page.locator("input[name=password]").fill(account.password)
    page.locator("main button[type=submit]").click()
    page.get_by_role("heading", name="Répétition", level=1).wait_for()
    return page

"""After a slip the focus is on what is wrong, with the page's script and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.test_thread import SLUG
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(200)]
FOCUS = "document.activeElement.className"


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_summary_of_what_is_wrong_has_the_focus(
    site: DemoSite, open_page: Callable[..., Page], javascript: bool
):
    page = open_page(390, javascript=javascript)
    page.goto(f"{site.address}/aides/{SLUG}")
    page.fill("main [name=email]", "nobody")
    page.locator("main form button").first.click()
    page.wait_for_selector(".problems:focus")
    page.fill("main [name=email]", f"faute{javascript}@fictif.example")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Commencer").click()
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    page.wait_for_selector(".problems:focus")
    assert page.evaluate(FOCUS) == "problems"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=person-first_name]:focus")

"""The list of one's own applications: its line opens the draft, and only the words that say so erase it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.test_thread import SLUG
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(200)]
LINE = ".tasks > li"


@pytest.mark.parametrize("width", [390, 1280])
def test_name_of_a_draft_opens_it_and_only_the_words_that_say_so_erase_it(
    site: DemoSite, open_page: Callable[..., Page], width: int
):
    page = open_page(width)
    page.goto(f"{site.address}/aides/{SLUG}")
    page.fill("main [name=email]", f"brouillon{width}@fictif.example")
    page.locator("main form button").first.click()
    draft = page.url
    page.goto(f"{site.address}/mes-demandes")

    page.locator(f"{LINE} a").first.click()
    assert page.url == draft

    page.go_back()
    page.locator(f"{LINE} .tag").first.click(force=True)  # anywhere else on the line
    assert page.url == draft

    page.go_back()
    page.get_by_role("link", name="Supprimer ce brouillon").click()
    assert page.url.endswith("/supprimer")

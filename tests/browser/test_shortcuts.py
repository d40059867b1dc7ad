"""Single keys in the list: they move, are silent inside a field, and can be turned off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(120)]
INBOX = "/bureau/haute-savoie-emergency-grant/"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_single_keys_move_are_silent_in_fields_and_are_turned_off(
    site: DemoSite, open_page: Callable[..., Page]
):
    page = open_page(1280, javascript=True, bypass=False)
    email, password = site.accounts["instructor"]
    page.goto(f"{site.address}/bureau/connexion")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.goto(site.address + INBOX)
    rows = page.locator("table.dossiers tbody th a").all_text_contents()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == rows[1]
    page.keyboard.press("k")
    assert focused(page) == rows[0]
    page.keyboard.press("/")
    page.keyboard.type("j?")
    assert page.locator("#q").input_value() == "j?" and not page.locator("#shortcuts").is_visible()
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.locator("#shortcuts-on").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert focused(page) not in rows
    page.locator("#shortcuts-open").click()
    assert page.locator("#shortcuts").is_visible()

"""The pages on paper, and on a phone whose owner reads large text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.test_thread import SLUG
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
COLOUR = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
PHONE = 390


def test_paper_is_white_whatever_the_screen_shows(site: DemoSite, open_page: Callable[..., Page]):
    page = open_page(1280)
    page.goto(f"{site.address}/aides/{SLUG}")
    page.emulate_media(media="screen", color_scheme="light")
    light = {name: page.evaluate(COLOUR, name) for name in ("--paper", "--brand", "--warn-ground")}
    page.emulate_media(media="screen", color_scheme="dark")
    assert {name: page.evaluate(COLOUR, name) for name in light} != light
    page.emulate_media(media="print", color_scheme="dark")
    assert {name: page.evaluate(COLOUR, name) for name in light} == light


def test_text_twice_as_large_stays_on_the_phone(site: DemoSite, open_page: Callable[..., Page]):
    page = open_page(PHONE, javascript=True)
    for address in ("/", f"/aides/{SLUG}", "/accessibilite", "/mentions"):
        page.goto(site.address + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, address

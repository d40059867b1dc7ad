"""One walk through every kind of page, in two languages: axe finds nothing, nothing scrolls sideways at 320 px nor with text
twice as large."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from engine.kinds import KINDS
from engine.language import load_scheme
from renderers import pages
from tests.fixtures.every_page import Stop, bundle, every_page
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]
NARROW, WIDE = 320, 1280
SEND = "setTimeout(() => document.querySelector('main form[method=post]').submit())"
OLD = "document.querySelector('main [name=csrf_token]').value = 'x'"
NOT_HERE = {"portal/anonymised.html"}  # what is left of a dossier that is no longer kept
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return ""
  const wide = [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > width + 1)
  return wide.slice(-3).map((one) => one.outerHTML.slice(0, 160)).join(" | ") || "?"
}"""


def looks_at(page: Page, site: DemoSite, stop: Stop, language: str) -> None:
    """The page of this stop, in a language."""
    context = page.context
    context.clear_cookies()
    cookies = {"guichet_language": language, **({"guichet_session": stop.session} if stop.session else {})}
    context.add_cookies(
        [{"name": name, "value": value, "url": site.address} for name, value in cookies.items()]
    )
    answer = page.goto(site.address + stop.address)
    if stop.then == "ended":
        context.clear_cookies(name="guichet_session")
    if stop.meanwhile:
        stop.meanwhile()
    for name, text in stop.typed.items():
        page.fill(f"main [name={name}]", text)
    if stop.then == "old":
        page.evaluate(OLD)
    if stop.then:
        with page.expect_navigation() as sent:
            page.evaluate(SEND)
        answer = sent.value
    assert answer is not None
    assert answer.status == stop.status, f"{stop.name}: {answer.status} at {page.url}"


def too_wide(page: Page, width: int, larger: bool = False) -> list[str]:
    """What stands out of the page at a width, with text twice as large if wanted."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("size => { document.documentElement.style.fontSize = size }", "200%" if larger else "")
    found = page.evaluate(OVERFLOW)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return [f"{width}{' larger' if larger else ''}: {found}"] if found else []


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The templates of the pages shown during the test."""
    found: set[str] = set()
    render = pages.render

    def recorded(template: str, language: str, **view: object) -> str:
        found.add(template)
        return render(template, language, **view)

    monkeypatch.setattr(pages, "render", recorded)
    return found


def test_no_page_of_any_kind_has_a_fault(
    site: DemoSite,
    open_page: Callable[..., Page],
    all_faults_of: Callable[..., list[str]],
    templates: set[str],
):
    phone, screen = open_page(NARROW, javascript=True), open_page(WIDE, javascript=True)
    faults: dict[str, list[str]] = {}
    for stop in every_page(site):
        found = []
        if "fr" in stop.languages:
            looks_at(phone, site, stop, "fr")
            found += all_faults_of(phone) + too_wide(phone, NARROW)
        if "en" in stop.languages:
            looks_at(screen, site, stop, "en")
            colours = "fr" not in stop.languages  # they don't depend on the language
            found += all_faults_of(screen, contrast=colours) + too_wide(screen, WIDE, larger=True)
            found += too_wide(screen, NARROW)
            screen.set_viewport_size({"width": WIDE, "height": 900})
        if found:
            faults[stop.name] = found
    assert faults == {}
    assert whole_pages() - templates == NOT_HERE


def whole_pages() -> set[str]:
    """The templates of the portal's pages, but for the parts they are made of."""
    every = pages.TEMPLATES.glob("portal/*.html")
    return {f"portal/{one.name}" for one in every if one.read_text("utf-8").startswith("{% extends")}


def test_form_of_the_walk_asks_a_question_of_every_kind():
    fields = load_scheme(bundle()).fields
    inside = {inner.kind for one in fields.values() for inner in one.fields.values()}
    assert {one.kind for one in fields.values()} | inside == {one.name for one in KINDS} - {"fields"}, (
        "that one is asked of staff"
    )

"""A real site on a free port, and a real headless Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.fixtures.quick import (  # noqa: F401  (fixtures)
    durable_pragmas,
    routes_compiled_once,
    schemes_proved_once,
    slow_hasher,
    statements_compiled_once,
)
from tests.fixtures.requirements import CHROMIUM_FLAGS, chromium_path, lacking
from tests.fixtures.sites import DemoSite, make_demo, served

PATIENCE = 40_000  # milliseconds on a machine with other work to do: a wait ends as soon as what it waits for is there
expect.set_options(timeout=PATIENCE)
AXE = (Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        lacking(
            "chromium",
            "the browser tests need any Chromium: install the package `chromium`, or set GUICHET_CHROMIUM",
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """A demonstration of some dossiers, served; the worker runs when a test lets it."""
    with served(make_demo(tmp_path_factory.mktemp("demo"), 24)) as demo:
        yield demo


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own: `width`, and whether JavaScript runs (it never has to).

    Our own policy is set aside for JavaScript, since axe is put into the page, unless `bypass` is false.
    """
    contexts: list[BrowserContext] = []

    def open_one(width: int = 390, javascript: bool = False, bypass: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="fr-FR",
            bypass_csp=javascript and bypass,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def found_by_axe(page: Page, *impacts: str, contrast: bool = True) -> list[str]:
    """What axe finds on the page shown (its JavaScript must be on), of these impacts. Contrast takes it most of its time."""
    page.wait_for_load_state()  # a click waits for the answer to begin, not for the whole page
    page.evaluate(AXE)
    asked = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
    found = page.evaluate("asked => axe.run(document, asked)", asked)["violations"]
    bad = [one for one in found if one["impact"] in impacts]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:200]}" for one in bad]


@pytest.fixture
def faults_of() -> Callable[[Page], list[str]]:
    """What axe finds serious or critical."""
    return lambda page: found_by_axe(page, "serious", "critical")


@pytest.fixture
def all_faults_of() -> Callable[..., list[str]]:
    """Whatever axe finds, its advice included; `contrast=False` leaves colours out."""
    return lambda page, **asked: found_by_axe(page, "minor", "moderate", "serious", "critical", **asked)

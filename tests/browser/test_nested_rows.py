"""Rows in rows on a phone: added, filled in and removed by their own buttons, with the script and without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dossiers.services import publication
from engine.language import Bundle
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
FORM = Path(__file__).parents[1] / "fixtures" / "projects.yaml"
LINE = "projects-0-lines-0"


@pytest.fixture(scope="module")
def projects(site: DemoSite) -> DemoSite:
    """The demonstration with the scheme of projects."""
    bundle = Bundle({"scheme.yaml": FORM.read_text(encoding="utf-8")})
    site.desk.act(publication.publish, bundle, "Essai (fictif)")
    return site


@pytest.mark.parametrize("javascript", [True, False])
def test_lines_of_a_project_are_filled_in_on_a_phone(
    projects: DemoSite,
    open_page: Callable[..., Page],
    faults_of: Callable[[Page], list[str]],
    javascript: bool,
):
    page = open_page(390, javascript=javascript)
    page.goto(f"{projects.address}/aides/projects")
    page.fill("main [name=email]", f"projets{javascript}@fictif.example")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Commencer").click()
    page.locator("button[name=_add][value=projects-0-lines]").click()
    page.fill("[name=projects-0-title]", "Fête")
    page.fill(f"[name={LINE}-what]", "Scène")
    page.fill(f"[name={LINE}-price]", "80")
    page.locator(f"[name={LINE}-granted][value=no]").check()
    page.locator("button[name=_add][value=projects-0-lines]").click()
    assert "Coût du projet" not in page.inner_text("main"), "a line is still blank"
    page.locator("button[name=_remove][value=projects-0-lines-1]").click()
    assert page.input_value(f"[name={LINE}-price]").startswith("80")
    assert "80 €" in page.inner_text("main").replace("\u00a0", " ")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if javascript:
        assert faults_of(page) == []
        page.fill(f"[name={LINE}-price]", "250")
        page.locator(f"[name={LINE}-granted][value=yes]").check()
        assert page.locator(f"[name={LINE}-by]").is_visible(), "the line asks more at once"
        assert page.locator("[name=projects-0-why]").is_visible(), (
            "so does its project, by the total of its lines"
        )
        assert page.inner_text("[data-figure=projects-0-cost]").replace("\u00a0", " ").endswith("250 €")
        page.fill(f"[name={LINE}-price]", "80")
        page.locator(f"[name={LINE}-granted][value=no]").check()
    page.get_by_role("button", name="Enregistrer et continuer", exact=True).click()
    assert page.url.endswith("/verifier"), page.inner_text("main")

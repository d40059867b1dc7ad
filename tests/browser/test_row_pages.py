"""A page for each child on a phone: filled in one after the other, without the script and with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dossiers.services import publication
from engine.language import Bundle
from tests.fixtures.sent import pdf
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
FORM = Path(__file__).parents[1] / "fixtures" / "children.yaml"


@pytest.fixture(scope="module")
def kids(site: DemoSite) -> DemoSite:
    """The demonstration with a scheme that asks a page for each child."""
    bundle = Bundle({"scheme.yaml": FORM.read_text(encoding="utf-8")})
    site.desk.act(publication.publish, bundle, "Essai (fictif)")
    return site


def send_papers(page: Page, folder: Path, javascript: bool) -> None:
    """Two documents of a row sent, one taken back, the other replaced, on its page."""
    papers = [folder / name for name in ("ordonnance.pdf", "deux.pdf", "neuve.pdf")]
    for number, paper in enumerate(papers):
        paper.write_bytes(pdf(str(number)))
    proof = page.locator(".documents:has(input[name=children-0-proof])")
    proof.locator("input[multiple]").set_input_files(papers[:2])
    if not javascript:
        proof.locator("[name=_add_documents]").click()
    expect(proof.locator(".files li")).to_have_count(2)
    if javascript:
        expect(page.locator("[name=_add_documents]")).to_be_hidden()
        expect(page.locator("#kept-at")).to_be_visible()
    proof.locator(".files li", has_text="deux.pdf").locator("[name=_remove_document]").click()
    expect(proof.locator(".files li")).to_have_count(1)
    first = proof.locator(".files li")
    first.locator("summary").click()
    first.locator("input[type=file]").set_input_files(papers[2])
    if not javascript:
        first.get_by_role("button", name="Envoyer et remplacer").click()
    expect(first).to_contain_text("neuve.pdf")
    page.screenshot(path=folder / f"rows-{javascript}.png", full_page=True)


def follows_typing(page: Page) -> None:
    """The question, the figure and the note of the row follow what is chosen, back and forth."""
    boarder, figure = (
        page.locator("[name=children-0-boarder]"),
        page.locator("[data-note=children-0-grant] output"),
    )
    expect(boarder).to_have_count(2)
    expect(figure).to_have_text("300\u00a0€")
    expect(page.locator("[data-note=part] output")).to_have_text("150\u00a0€")
    page.locator("[name=children-0-level][value=college]").check()
    expect(boarder).to_have_count(0)
    expect(page.locator("[data-section=lodging]")).to_be_hidden()
    expect(figure).to_have_text("100\u00a0€")
    page.locator("[name=children-0-level][value=lycee]").check()
    expect(boarder).to_have_count(2)


@pytest.mark.parametrize("javascript", [False, True])
def test_each_child_has_a_page_on_a_phone(
    kids: DemoSite,
    open_page: Callable[..., Page],
    faults_of: Callable[[Page], list[str]],
    javascript: bool,
    tmp_path: Path,
):
    page = open_page(390, javascript=javascript)
    onward = page.get_by_role("button", name="Enregistrer et continuer", exact=True)
    page.goto(f"{kids.address}/aides/kids")
    page.fill("main [name=email]", f"enfants{javascript}@fictif.example")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Commencer").click()
    for number, name in enumerate(("Zoé", "Léo")):
        if number:  # the first row is there from the beginning
            page.locator("button[name=_add][value=children]").click()
        page.fill(f"[name=children-{number}-first_name]", name)
    onward.click()
    assert page.inner_text("h1") == "L'école de Zoé"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults_of(page) == [] if javascript else True
    page.locator("[name=children-0-level][value=lycee]").check()
    follows_typing(page) if javascript else onward.click()
    page.locator("[name=children-0-boarder][value=no]").check()
    onward.click()
    assert page.inner_text("h1") == "Santé – Zoé"
    page.get_by_role("link", name="Page précédente").click()
    assert page.locator("[name=children-0-boarder][value=no]").is_checked()
    onward.click()
    send_papers(page, tmp_path, javascript)
    onward.click()
    assert page.inner_text("h1") == "L'école de Léo"
    page.locator("[name=children-1-level][value=none]").check()
    onward.click()
    page.locator("[name=honour]").check()
    onward.click()
    assert page.url.endswith("/verifier") and "L'école de Léo" in page.inner_text("main")
    assert "neuve.pdf" in page.inner_text("main") and "ordonnance.pdf" not in page.inner_text("main")

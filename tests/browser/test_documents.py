"""Documents on a phone: sent with the page's script and without it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from guichet.demo import papers
from tests.browser.test_thread import BUSINESS, CLOSED_ON, YOU, begin, fill, go_on
from tests.fixtures.sent import photo
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def payment_page(page: Page, site: DemoSite, email: str) -> Page:
    """The page that asks for documents."""
    begin(page, site, email)
    fill(page, YOU)
    page.check("[name=status][value=self_employed]")
    go_on(page)
    fill(page, BUSINESS)
    page.fill("[name=naf-search]", "56.30Z")
    go_on(page)
    page.check("[name=closed][value=yes]")
    page.check("[name=partial_unemployment][value=no]")
    if page.locator("[name=closed_on-day]").count() == 0:
        go_on(page)
    fill(page, CLOSED_ON)
    go_on(page)
    assert page.url.endswith("/payment")
    page.wait_for_load_state()  # scripts included: a document chosen before waits for the button
    return page


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def question(page: Page, name: str):
    return page.locator(f".documents:has(input[name={name}])")


def test_documents_are_sent_replaced_and_removed_without_javascript(
    site: DemoSite, open_page: Callable[..., Page], tmp_path: Path
):
    page = payment_page(open_page(390), site, "sans-script@fictif.example")
    picture = written(tmp_path, "IMG_0042.jpg", photo((900, 600), orientation=6))
    paper = written(tmp_path, "rib.pdf", papers.page("rib"))
    page.set_input_files("input[name=bank_proof]", [picture, paper])
    page.get_by_role("button", name="Ajouter les documents choisis").first.click()
    proof = question(page, "bank_proof")
    expect(proof.locator(".files li")).to_have_count(2)
    small = proof.locator("img.thumbnail")
    assert small.count() == 1
    expect(small).to_have_js_property("complete", True)
    assert small.evaluate("image => image.naturalHeight > image.naturalWidth"), "turned upright"
    first = proof.locator(".files li").nth(1)
    first.locator("summary").click()
    first.locator("input[type=file]").set_input_files(written(tmp_path, "rib-2.pdf", papers.page("rib 2")))
    first.get_by_role("button", name="Envoyer et remplacer").click()
    expect(proof).to_contain_text("rib-2.pdf")
    assert "rib.pdf" not in proof.inner_text()
    proof.locator("[name=_remove_document]").first.click()
    expect(question(page, "bank_proof").locator(".files li")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_documents_are_sent_as_they_are_chosen_and_faults_told_beside_them(
    site: DemoSite, open_page: Callable[..., Page], tmp_path: Path, faults_of: Callable[[Page], list[str]]
):
    page = payment_page(open_page(390, javascript=True), site, "script@fictif.example")
    address = page.url
    proof = question(page, "bank_proof")
    proof.locator("input[multiple]").set_input_files(
        [written(tmp_path, "IMG_1.jpg", photo((600, 400))), written(tmp_path, "rib.pdf", papers.page("rib"))]
    )
    expect(proof.locator(".files li")).to_have_count(2)
    assert page.url == address, "the page is never left"
    notice = question(page, "tax_notice")
    notice.locator("input[multiple]").set_input_files(written(tmp_path, "outil.pdf", b"MZ a program"))
    expect(notice.locator(".problem")).to_contain_text("« outil.pdf »")
    expect(notice.locator(".files li")).to_have_count(0)
    assert not faults_of(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    heavy = written(tmp_path, "scan.pdf", bytes(6_000_000))
    notice.locator("input[multiple]").set_input_files(heavy)
    expect(notice.locator(".sending .failed")).to_contain_text("« scan.pdf », un document de 5 Mo au plus")
    assert not [address for address in sent if address.endswith("/pieces")], "nothing of it is sent"
    notice.get_by_role("button", name="Annuler").click()
    notice.locator("input[multiple]").set_input_files(written(tmp_path, "avis.pdf", papers.page("avis")))
    expect(notice.locator(".files li")).to_have_count(1)
    expect(notice.locator(".problem")).to_have_count(0)
    page.fill("[name=iban]", "FR76 3000 6000 0112 3456 7890 189")
    go_on(page)
    assert not page.url.endswith("/payment"), "the documents and the answers are there"
    assert "avant vos derniers changements" not in page.inner_text("main")


def test_a_lost_network_keeps_the_other_documents_and_offers_to_try_again(
    site: DemoSite, open_page: Callable[..., Page], tmp_path: Path
):
    page = payment_page(open_page(390, javascript=True, bypass=False), site, "reseau@fictif.example")
    proof = question(page, "bank_proof")
    lost: list[str] = []

    def network(route: Route) -> None:
        if not lost:  # documents go one after another: the first is perdu.pdf
            lost.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(re.compile(r"/champs/.*/pieces$"), network)
    proof.locator("input[multiple]").set_input_files(
        [written(tmp_path, "perdu.pdf", papers.page("a")), written(tmp_path, "garde.pdf", papers.page("b"))]
    )
    expect(proof.locator(".files li")).to_have_count(1)
    expect(proof.locator(".sending .failed")).to_contain_text("perdu.pdf n'a pas pu être envoyé")
    proof.get_by_role("button", name="Réessayer").click()
    expect(proof.locator(".files li")).to_have_count(2)
    expect(proof.locator(".sending li")).to_have_count(0)

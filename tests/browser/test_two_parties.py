"""Two owners on their phones, without JavaScript: one begins, the other is invited, both sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from dossiers.database import Signature
from dossiers.services import publication, signing
from engine.language import Bundle
from guichet.demo import papers
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(240)]
SLUG = "joint-renovation-grant"
EXAMPLE = Path(__file__).parents[2] / "examples" / SLUG
BEA = "bea@fictif.example"
ADA_INCOME, BEA_INCOME = "31415", "27182"


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"main [name='{name}']", value)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.wait_for_load_state()


def begin(page: Page, site: DemoSite, paper: Path) -> str:
    """The first owner fills in and registers; the path of the pages of the application."""
    page.goto(f"{site.address}/aides/{SLUG}")
    page.fill("main [name=email]", "ada@fictif.example")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Commencer").click()
    fill(page, {"person-first_name": "Ada", "person-last_name": "Essai (fictif)"})
    page.check("[name=joint][value=yes]")
    go_on(page)
    fill(page, {"co_owner_name": "Bea Essai (fictive)", "co_owner_email": BEA})
    go_on(page)
    fill(page, {"home-street": "1 rue du Lac", "home-postcode": "74000", "home-commune": "Annecy"})
    fill(page, {"works": "12000"})
    page.set_input_files("[name=quote]", paper)
    go_on(page)
    fill(page, {"income": ADA_INCOME, "account": "FR7630006000011234567890189"})
    go_on(page)
    page.locator("main form button").last.click()
    return page.url.removesuffix("signer").removeprefix(site.address)


def link_to(site: DemoSite, address: str) -> str:
    """The path of the link in the mail to somebody."""
    site.work()
    for path in site.desk.office.settings.outbox.rglob("*.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = mail.get_body(("plain",))
        if address in str(mail["To"]) and body and (found := re.search(r"/lien/\S+", body.get_content())):
            return found[0]
    raise AssertionError(f"no link for {address}")


def sign(page: Page, site: DemoSite, base: str, email: str) -> None:
    page.goto(f"{site.address}{base}signer")
    page.get_by_role("button", name="M'envoyer le code").click()
    with site.desk.office.database.reading() as session:
        key = session.scalar(select(Signature.code_key).where(Signature.email == email))
    page.fill("[name=code]", signing.code_of(site.desk.office, str(key)))
    page.get_by_role("button", name="Signer", exact=True).click()


def is_as_wide_as_the_phone(page: Page) -> bool:
    return page.locator("main").evaluate("() => document.documentElement.scrollWidth") <= 390


def test_two_owners_sign_on_their_phones_without_reading_each_other(
    site: DemoSite, open_page: Callable[..., Page], tmp_path: Path
):
    site.desk.act(publication.publish, Bundle.read(EXAMPLE), "Sylvie (fictive)")
    paper = tmp_path / "devis.pdf"
    paper.write_bytes(papers.page("devis"))
    ada, bea = open_page(390), open_page(390)
    base = begin(ada, site, paper)
    assert "Signer la demande" in ada.inner_text("h1")

    bea.goto(site.address + link_to(site, BEA))
    bea.locator("main form button").first.click()
    assert "Votre part et votre signature sont attendues" in bea.inner_text("main")
    assert is_as_wide_as_the_phone(bea)
    bea.get_by_role("link", name="Compléter ma part et signer").click()
    bea.get_by_role("link", name="Part du second propriétaire").click()
    fill(bea, {"co_income": BEA_INCOME})
    bea.set_input_files("[name=tax_notice]", paper)
    go_on(bea)
    read = bea.inner_text("main").replace("\u202f", "")
    assert BEA_INCOME in read and "12000" in read and ADA_INCOME not in read, (
        "she reads the works, not his income"
    )
    bea.get_by_role("link", name="Continuer vers la signature").click()
    assert is_as_wide_as_the_phone(bea)
    sign(bea, site, base, BEA)
    assert "Vous avez signé" in bea.inner_text("body")

    sign(ada, site, base, "ada@fictif.example")
    told = ada.inner_text("body")
    assert "Tout le monde a signé" in told and "Reçue" in told
    assert BEA_INCOME not in ada.content().replace("\u202f", "")
    assert is_as_wide_as_the_phone(ada)

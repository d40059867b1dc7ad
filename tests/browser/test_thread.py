"""The whole thread, by hand, in a real browser: apply on a phone without JavaScript, be examined by three roles, be paid."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from guichet.demo import papers
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
SLUG = "haute-savoie-emergency-grant"
DESK = 800  # pixels of height at an agent's desk
YOU = {
    "person-first_name": "Ada",
    "person-last_name": "Essai (fictif)",
    "person-born-day": "1",
    "person-born-month": "2",
    "person-born-year": "1980",
    "phone": "04 50 12 34 56",
    "home-street": "1 rue du Lac",
    "home-postcode": "74000",
    "home-commune": "Annecy",
    "household": "2",
    "household_income": "18 000,50",
}
BUSINESS = {
    "siret": "732 829 320 00074",
    "legal_name": "Café (fictif)",
    "address-street": "2 rue du Lac",
    "address-postcode": "74000",
    "address-commune": "Annecy",
    "created-day": "1",
    "created-month": "3",
    "created-year": "2015",
}
CLOSED_ON = {"closed_on-day": "15", "closed_on-month": "3", "closed_on-year": "2020"}


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"main [name='{name}']", value)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.wait_for_load_state()


def begin(page: Page, site: DemoSite, email: str) -> None:
    page.goto(f"{site.address}/aides/{SLUG}")
    page.fill("main [name=email]", email)
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Commencer").click()


def apply(page: Page, site: DemoSite, folder: Path) -> str:
    """Fill in everything; returns the address of the receipt."""
    begin(page, site, "ada@fictif.example")
    fill(page, YOU)
    page.check("[name=status][value=self_employed]")
    go_on(page)
    fill(page, BUSINESS)
    page.fill("[name=naf-search]", "56.30Z")
    go_on(page)
    page.check("[name=closed][value=yes]")
    page.check("[name=partial_unemployment][value=no]")
    go_on(page)
    assert page.url.endswith("/closure"), "the date of closing is asked now"
    fill(page, CLOSED_ON)
    go_on(page)
    paper = folder / "rib.pdf"
    paper.write_bytes(papers.page("rib"))
    page.fill("[name=iban]", "FR76 3000 6000 0112 3456 7890 189")
    page.set_input_files("[name=bank_proof]", paper)
    page.set_input_files("[name=tax_notice]", paper)
    go_on(page)
    page.check("[name=honour]")
    go_on(page)
    assert page.url.endswith("/verifier")
    page.locator("main form button").last.click()
    return page.url


def sign_in(page: Page, site: DemoSite, role: str) -> Page:
    email, password = site.accounts[role]
    page.goto(f"{site.address}/bureau/connexion")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.locator("main form button").first.click()
    return page


def decide(page: Page, site: DemoSite, public_id: str) -> None:
    """From the inbox, three clicks: the dossier, the decision, its confirmation; why stands beside it at 1280 × 800."""
    page.set_viewport_size({"width": 1280, "height": DESK})
    page.goto(f"{site.address}/bureau/{SLUG}/?pour=moi")
    page.locator(f"main th a[href*='{public_id}']").click()
    assert page.evaluate("scrollY") == 0
    offer = page.locator("#actions >> text=Accepter").first
    assert_in_view(page, offer)
    offer.click()
    confirm = page.locator("form#action button")
    assert_in_view(page, confirm)
    confirm.click()


def assert_in_view(page: Page, button: Locator) -> None:
    """The button, the outcome, and each rule with the values it read, without scrolling."""
    page.wait_for_load_state()
    rules = page.locator("#rules summary")
    assert rules.count() == 6 and "plafond" in rules.nth(3).inner_text()
    for one in (page.locator("#rules h2"), *rules.all(), button):
        box = one.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= DESK, one


def test_application_goes_from_phone_to_payment(
    site: DemoSite, open_page: Callable[..., Page], tmp_path: Path
):
    phone = open_page(390)
    receipt = apply(phone, site, tmp_path)
    assert receipt.endswith("/recu")
    text = phone.inner_text("main")
    assert "Votre demande est déposée" in text and "AU74-2020-" in text and "silence vaut rejet" in text
    public_id = receipt.split("/")[-2]
    site.work()
    case = f"{site.address}/bureau/{SLUG}/{public_id}"

    instructor = sign_in(open_page(1280), site, "instructor")
    instructor.goto(case)
    assert "FR76" not in instructor.content(), "the instructor does not see the IBAN"
    instructor.get_by_role("button", name="Prendre en charge").click()

    supervisor = sign_in(open_page(1280), site, "supervisor")
    supervisor.goto(case)
    assert supervisor.get_by_role("link", name="Accepter").count() == 0, "not before the checklist is done"
    for item in range(4):
        supervisor.locator("form[action*='/liste/'] button").nth(item).click()
    decide(supervisor, site, public_id)
    assert "Acceptée" in supervisor.inner_text("main")

    accountant = sign_in(open_page(1280), site, "accountant")
    accountant.goto(case)
    accountant.locator("#actions >> text=Constater le paiement").first.click()
    if accountant.locator("form#action").count():
        accountant.locator("form#action button").click()
    assert "Payée" in accountant.inner_text("main")

    site.work()
    phone.goto(f"{site.address}/suivi/{public_id}")
    told = phone.inner_text("main")
    assert "Terminée" in told
    assert "1 000" in told.replace("\u202f", " ").replace("\u00a0", " ")


def test_stop_page_cannot_be_passed(site: DemoSite, open_page: Callable[..., Page]):
    page = open_page(390)
    begin(page, site, "bob@fictif.example")
    home = page.url.rsplit("/", 1)[0]
    fill(page, YOU)
    page.check("[name=status][value=micro]")
    go_on(page)
    fill(page, {**BUSINESS, "siret": "35600000000048"})
    page.fill("[name=naf-search]", "56.30Z")
    go_on(page)
    page.check("[name=closed][value=no]")
    page.check("[name=partial_unemployment][value=no]")
    go_on(page)
    assert "réservée aux établissements fermés" in page.inner_text("main")
    assert page.get_by_role("button", name="Enregistrer et continuer").count() == 0
    for later in ("payment", "declaration", "verifier"):
        page.goto(f"{home}/{later}")
        assert "réservée aux établissements fermés" in page.inner_text("main"), later


def test_deep_link_leads_to_the_first_incomplete_page(site: DemoSite, open_page: Callable[..., Page]):
    page = open_page(390)
    begin(page, site, "eve@fictif.example")
    page.goto(page.url.replace("/you", "/payment"))
    assert page.url.endswith("/you")


def test_all_slips_are_told_at_once_and_nothing_is_lost(site: DemoSite, open_page: Callable[..., Page]):
    page = open_page(390)
    begin(page, site, "zoe@fictif.example")
    fill(
        page,
        {
            "household_income": "beaucoup",
            "person-first_name": "Zoé",
            "person-born-day": "31",
            "person-born-month": "2",
        },
    )
    go_on(page)
    assert page.title().startswith("Erreur")
    assert page.locator(".problems a").count() >= 5
    assert page.input_value("[name=household_income]") == "beaucoup"
    assert page.input_value("[name=person-first_name]") == "Zoé"

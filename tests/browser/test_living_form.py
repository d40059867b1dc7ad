"""A form page that answers while it is filled in: questions come and go, totals follow, slips and refusals are told early."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dossiers.services import publication
from engine.language import Bundle
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
FORM = Path(__file__).with_name("living-form.yaml")
Faults = Callable[[Page], list[str]]
HOME = {"home-street": "1 rue du Lac", "home-postcode": "74000", "home-commune": "Annecy", "persons": "3"}


@pytest.fixture(scope="module")
def living(site: DemoSite) -> DemoSite:
    """The demonstration with one more scheme, made for this."""
    site.desk.act(publication.publish, Bundle.read(FORM), "Essai (fictif)")
    return site


@pytest.fixture
def at_house(living: DemoSite, open_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Opens the page of the household, with the script or without."""

    def opened(email: str, *, javascript: bool = True) -> Page:
        page = open_page(390, javascript=javascript)
        page.goto(f"{living.address}/aides/living-form")
        page.fill("main [name=email]", email)
        page.locator("main form button").first.click()
        page.get_by_role("link", name="Commencer").click()
        fill(page, HOME)
        go_on(page)
        if javascript:
            page.wait_for_selector("html[data-live=yes]", state="attached")
        return page

    yield opened


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"main [name='{name}']", value)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.wait_for_load_state()


def text_of(page: Page, selector: str) -> str:
    return page.inner_text(selector).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_question_comes_and_goes_and_keeps_what_was_typed(at_house: Callable[..., Page]):
    page = at_house("vie1@fictif.example")
    married = page.locator("[name=married_on-day]")
    assert married.count() == 0
    page.check("[name=married][value=yes]")
    expect(married).to_be_visible()
    fill(page, {"married_on-day": "3", "married_on-month": "mai", "married_on-year": "1998"})
    expect(page.locator("[name=long_ago]")).to_be_visible()
    page.fill("[name=long_ago]", "Annecy")
    page.check("[name=married][value=no]")
    assert married.count() == page.locator("[name=long_ago]").count() == 0
    assert page.evaluate("document.activeElement.value") == "no", "the focus stays where it was"
    page.check("[name=married][value=yes]")
    expect(page.locator("[name=long_ago]")).to_have_value("Annecy")
    assert page.input_value("[name=married_on-month]") == "mai"
    expect(page.locator("#live-status")).to_contain_text("Nouvelle question")


def test_only_what_is_asked_is_sent_and_kept(at_house: Callable[..., Page]):
    page = at_house("vie2@fictif.example")
    page.check("[name=married][value=yes]")
    fill(
        page, {"married_on-day": "3", "married_on-month": "5", "married_on-year": "2010", "income": "90 000"}
    )
    assert page.locator("[name=_asked][value=married_on]").count() == 1
    page.check("[name=married][value=no]")
    assert page.locator("[name=_asked][value=married_on]").count() == 0
    page.check("[name=resident][value=yes]")
    go_on(page)
    assert page.url.endswith("/last"), "nothing more was asked after sending"


def test_a_figure_of_the_scheme_decides_what_is_asked(at_house: Callable[..., Page]):
    page = at_house("vie3@fictif.example")
    asked = page.locator("[name=poor]")
    page.fill("[name=income]", "33 547,00 €")  # 27 896 for two, and 5 651 more for the third person
    expect(asked).to_have_count(2)
    page.fill("[name=income]", "33 547,01")
    expect(asked).to_have_count(0)
    page.fill("[name=income]", "beaucoup")
    expect(asked).to_have_count(0)


def test_totals_follow_and_their_check_is_told(at_house: Callable[..., Page]):
    page = at_house("vie4@fictif.example")
    for _ in range(2):
        page.get_by_role("button", name="Ajouter").click()
        page.wait_for_selector("html[data-live=yes]", state="attached")
    page.fill("[name=shares-0-part]", "60,5")
    assert not page.is_visible(".totals div")
    page.fill("[name=shares-1-part]", "39.5")
    expect(page.locator(".totals dd")).to_have_text("100\u202f%")
    page.fill("[name=shares-1-part]", "1 040,25")
    page.locator("[name=shares-1-part]").blur()
    assert text_of(page, ".totals dd") == "1 100,75 %"
    assert "Le total (1 100,75 %) dépasse 100 %." in text_of(page, "#q-shares-live")
    page.fill("[name=shares-1-part]", "39,5")
    expect(page.locator("#q-shares-live")).to_have_count(0)
    page.fill("[name=shares-0-part]", "1 000,5")
    page.locator("[name=shares-0-part]").blur()
    assert text_of(page, "#q-shares-0-part-live") == "Indiquez 1 000 % ou moins."
    assert page.get_attribute("[name=shares-0-part]", "aria-describedby") == "q-shares-0-part-live"
    page.fill("[name=shares-0-part]", "13")
    expect(page.locator("#q-shares-0-part-live")).to_have_text("Pas 13\u202f%\u00a0: arrondissez.")
    page.fill("[name=shares-0-part]", "60,5")
    expect(page.locator("#q-shares-0-part-live")).to_have_count(0)
    fill(page, {"shares-1-since-day": "1", "shares-1-since-month": "1", "shares-1-since-year": "2199"})
    page.locator("[name=shares-1-since-year]").blur()
    expect(page.locator("#q-shares-1-since-live")).to_contain_text("Indiquez une date au plus tard le")
    page.fill("[name=shares-1-since-year]", "2019")
    expect(page.locator("#q-shares-1-since-live")).to_have_count(0)
    page.check("[name=shares-1-kind][value=other]")
    expect(page.locator("[name=shares-1-which]")).to_be_visible()
    assert page.locator("[name=shares-0-which]").count() == 0


def test_a_bound_and_an_early_refusal_are_told_at_once(at_house: Callable[..., Page], faults_of: Faults):
    page = at_house("vie5@fictif.example")
    page.fill("[name=income]", "-5")
    page.locator("[name=income]").blur()
    assert "0 €" in text_of(page, "#q-income-live")
    assert page.get_attribute("[name=income]", "aria-describedby") == "q-income-live"
    page.check("[name=resident][value=no]")
    expect(page.locator("#live-stop")).to_contain_text("réservée aux habitants")
    expect(page.locator("#live-status")).to_contain_text("réservée aux habitants")
    page.check("[name=married][value=yes]")
    fill(page, {"married_on-day": "1", "married_on-month": "1", "married_on-year": "2199"})
    page.locator("[name=married_on-year]").blur()
    expect(page.locator("#q-married_on-live")).to_contain_text("Indiquez une date au plus tard le")
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.check("[name=resident][value=yes]")
    expect(page.locator("#live-stop")).to_be_hidden()


def test_the_script_obeys_our_policy_and_comes_only_where_it_has_something_to_do(
    living: DemoSite, open_page: Callable[..., Page]
):
    page = open_page(390, javascript=True, bypass=False)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(f"{living.address}/aides/living-form")
    assert page.locator("script[src*='form/live.js']").count() == 0
    page.fill("main [name=email]", "vie6@fictif.example")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Commencer").click()
    fill(page, HOME)
    go_on(page)
    page.wait_for_selector("html[data-live=yes]", state="attached")
    fill(page, {"income": "90000"})
    page.check("[name=married][value=no]")
    page.check("[name=resident][value=yes]")
    go_on(page)
    assert page.url.endswith("/last")
    assert page.locator("script[src*='form/live.js']").count() == 0, (
        "nothing changes on a page with a single box"
    )
    assert refused == []


def test_without_script_the_page_asks_again_as_before(at_house: Callable[..., Page]):
    page = at_house("vie7@fictif.example", javascript=False)
    page.fill("[name=income]", "90 000")
    page.check("[name=married][value=yes]")
    page.check("[name=resident][value=yes]")
    assert page.locator("[name=married_on-day]").count() == 0
    go_on(page)
    assert page.url.endswith("/house")
    fill(page, {"married_on-day": "3", "married_on-month": "5", "married_on-year": "2010"})
    go_on(page)
    assert page.url.endswith("/last")

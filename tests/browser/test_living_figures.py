"""What a form computes is seen while it is filled in: the grant of each child, and their total; the check page says the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dossiers.services import publication
from engine.language import Bundle
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
HERE = Path(__file__).parent
GRANT = HERE.parents[1] / "examples" / "school-year-grant"
Faults = Callable[[Page], list[str]]
Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def computing(site: DemoSite) -> DemoSite:
    """The demonstration with two more schemes; the ceiling of the grant is in force on its day too."""
    grant = Bundle.read(GRANT)
    files = {name: text.replace("from: 2026-06-01", "from: 2020-01-01") for name, text in grant.files.items()}
    for bundle in (Bundle(files), Bundle.read(HERE / "computing-form")):
        site.desk.act(publication.publish, bundle, "Essai (fictif)")
    return site


@pytest.fixture
def begun(computing: DemoSite, open_page: Callable[..., Page]) -> Iterator[Opener]:
    """Begins an application and fills its first page in, with the script or without."""

    def opened(scheme: str, email: str, first: dict[str, str], *, javascript: bool = True) -> Page:
        page = open_page(390, javascript=javascript)
        page.goto(f"{computing.address}/aides/{scheme}")
        page.fill("main [name=email]", email)
        page.locator("main form button").first.click()
        page.get_by_role("link", name="Commencer").click()
        for name, value in first.items():
            page.check(f"[name={name}][value={value}]") if name == "zone" else page.fill(
                f"[name={name}]", value
            )
        go_on(page)
        ready(page, javascript)
        return page

    yield opened


def ready(page: Page, javascript: bool = True) -> None:
    page.wait_for_load_state()
    if javascript:
        page.wait_for_selector("html[data-live=yes]", state="attached")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    page.wait_for_load_state()


def add_row(page: Page, javascript: bool = True) -> None:
    page.get_by_role("button", name="Ajouter").click()
    ready(page, javascript)


def plain(text: str) -> str:
    return " ".join(text.split())


def figure(page: Page, name: str) -> str:
    """What is seen of a figure; "" when its line is hidden."""
    line = page.locator(f"[data-figure='{name}']")
    return plain(line.inner_text()) if line.is_visible() else ""


HOUSEHOLD = {"parent-first_name": "Camille", "parent-last_name": "Tissot (fictive)", "yearly_income": "12 000", "parts": "2,5"}  # fmt: skip


def two_children(page: Page, javascript: bool) -> None:
    """Lou at primary school, whose row is there from the beginning, and Max, a boarder."""
    add_row(page, javascript)
    page.fill("[name=children-0-first_name]", "Lou")
    page.check("[name=children-0-level][value=primary]")
    page.fill("[name=children-1-first_name]", "Max")
    page.check("[name=children-1-level][value=lycee]")


def test_grant_of_each_child_and_their_total_appear_while_levels_are_chosen(begun: Opener, faults_of: Faults):
    page = begun("school-year-grant", "rentree1@fictif.example", HOUSEHOLD)
    add_row(page)
    assert figure(page, "children-0-grant") == figure(page, "grants") == "", "nothing is chosen yet"
    page.check("[name=children-0-level][value=primary]")
    assert figure(page, "children-0-grant") == "Aide 150 €"
    assert figure(page, "children-1-grant") == figure(page, "grants") == "", "Max has no level yet"
    page.check("[name=children-1-level][value=lycee]")
    page.check("[name=children-1-boarder][value=yes]")
    assert figure(page, "children-1-grant") == "Aide 500 €"
    assert figure(page, "grants") == "Total des aides 650 €"
    assert figure(page, "boarders_grants") == "Dont internes 500 €"
    expect(page.locator("#live-status")).to_contain_text("Ligne 2 – Aide : 500")
    output = page.get_by_label("Aide", exact=True).last
    assert output.evaluate("one => one.tagName") == "OUTPUT" and output.get_attribute("aria-live") == "off"
    page.check("[name=children-1-boarder][value=no]")
    assert (figure(page, "children-1-grant"), figure(page, "boarders_grants")) == (
        "Aide 400 €",
        "Dont internes 0 €",
    )
    page.check("[name=children-1-level][value=primary]")
    assert page.locator("[name=children-1-boarder]").count() == 0
    assert figure(page, "grants") == "Total des aides 300 €"
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_check_page_says_what_the_form_said(begun: Opener, javascript: bool):
    page = begun("school-year-grant", f"rentree-{javascript}@fictif.example".lower(), HOUSEHOLD, javascript=javascript)  # fmt: skip
    two_children(page, javascript)
    if not javascript:
        assert figure(page, "children-0-grant") == "", "nothing is computed before the page is saved"
        go_on(page)
        assert figure(page, "children-0-grant") == "Aide 150 €"
        assert figure(page, "children-1-grant") == figure(page, "grants") == "", "a boarder or not?"
    page.check("[name=children-1-boarder][value=yes]")
    seen = [figure(page, name) for name in ("children-0-grant", "children-1-grant", "grants")]
    go_on(page)
    for number in (1, 2):
        assert page.url.endswith(f"/schooling-{number}"), "a page for each child"
        go_on(page)
    assert page.url.endswith("/verifier")
    told = plain(page.inner_text("main"))
    assert "Aide : 150 €" in told and "Aide : 500 €" in told
    assert plain(page.inner_text(".amount")) == "600 €", "the ceiling"
    page.get_by_role("link", name="Modifier Enfants scolarisés").click()
    ready(page, javascript)
    assert [figure(page, name) for name in ("children-0-grant", "children-1-grant", "grants")] == [
        "Aide 150 €", "Aide 500 €", "Total des aides 650 €"
    ]  # fmt: skip
    assert not javascript or seen == ["Aide 150 €", "Aide 500 €", "Total des aides 650 €"]


def test_figures_of_other_answers_are_not_shown_when_a_page_is_refused(begun: Opener):
    page = begun("school-year-grant", "rentree3@fictif.example", HOUSEHOLD, javascript=False)
    add_row(page, False)
    page.check("[name=children-0-level][value=primary]")
    go_on(page)
    assert figure(page, "children-0-grant") == "Aide 150 €", "the name is missing; the level was kept"
    page.fill("[name=children-0-first_name]", "Lou\u0007" + "u" * 400)
    page.check("[name=children-0-level][value=college]")
    go_on(page)
    assert page.is_checked("[name=children-0-level][value=college]")
    assert figure(page, "children-0-grant") == "", "what was typed was not kept: 150 € is not its grant"


def test_early_refusal_waits_for_all_a_computed_value_is_made_from(begun: Opener):
    first = {"salary": "1500", "zone": "lake", "persons": "3"}
    page = begun("computing-form", "calcul1@fictif.example", first)
    stop = page.locator("#live-stop")
    page.fill("[name=income]", "90 000")
    expect(stop).to_be_hidden()
    page.fill("[name=parts]", "1")
    expect(stop).to_contain_text("trop haut")
    page.fill("[name=parts]", "10")
    expect(stop).to_be_hidden()
    page.fill("[name=income]", "12000")
    expect(page.locator("[name=helped]").first).to_be_visible()
    assert page.locator("[name=extra]").count() == 0, (
        "a sensitive answer of another page is the server's alone"
    )

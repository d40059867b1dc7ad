"""Questions about options in a browser: a long list is searched while one types, by keyboard alone, and goes on without script
or network; linked options follow; the line for something else comes and goes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from dossiers.services import publication
from tests.fixtures.choosing import choosing
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
Faults = Callable[[Page], list[str]]
READY = "html[data-choosing=yes]"


@pytest.fixture(scope="module")
def choices(site: DemoSite) -> DemoSite:
    site.desk.act(publication.publish, choosing(), "Essai (fictif)")
    return site


@pytest.fixture
def begun(choices: DemoSite, open_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Opens the first page of the form."""

    def opened(*, javascript: bool = True, bypass: bool = False, width: int = 390) -> Page:
        page = open_page(width, javascript=javascript, bypass=bypass)
        page.goto(f"{choices.address}/aides/choosing")
        page.fill("main [name=email]", "choix@fictif.example")
        page.locator("main form button").first.click()
        page.get_by_role("link", name="Commencer").click()
        if javascript:
            page.wait_for_selector(READY, state="attached")
        return page

    yield opened


def go_on(page: Page, to: str = "") -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.wait_for_load_state()
    if to:
        page.wait_for_url(f"**/{to}")


def to_links(page: Page) -> None:
    page.fill("[name=town-search]", "74003")
    go_on(page, "links")


def to_words(page: Page) -> None:
    to_links(page)
    page.wait_for_selector(READY, state="attached")
    page.check("[name=zone][value=north]")
    page.check("[name=school][value=north0]")
    go_on(page, "words")
    page.wait_for_selector(READY, state="attached")


def test_long_list_is_searched_by_keyboard_alone(begun: Callable[..., Page]):
    page = begun()
    line = page.get_by_role("combobox", name="Commune")
    line.focus()
    page.keyboard.type("st el")
    expect(page.get_by_role("option")).to_have_count(3)
    expect(page.locator(".search-status").first).to_contain_text("Résultats : 3")
    assert line.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert line.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert "Haute-Savoie" in chosen.inner_text()
    page.keyboard.press("Escape")
    assert line.get_attribute("aria-expanded") == "false"
    assert line.input_value() == "st el", "Escape closes the list and takes nothing away"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(line).to_have_value("Saint-Éloi")
    assert page.input_value("[name=town]") == "74002"
    expect(page.locator(".search-status").first).to_have_text("Choisi : Saint-Éloi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/links")


def test_tab_takes_along_what_the_arrows_point_at(begun: Callable[..., Page]):
    page = begun()
    page.locator("[name=town-search]").press_sequentially("st el")
    expect(page.get_by_role("option")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.input_value("[name=town]") == "74002"
    assert page.evaluate("document.activeElement.name") != "town-search"


def test_tab_alone_chooses_nothing(begun: Callable[..., Page]):
    page = begun()
    page.locator("[name=town-search]").press_sequentially("st el")
    expect(page.get_by_role("option")).to_have_count(3)
    page.keyboard.press("Tab")
    assert page.input_value("[name=town]") == ""
    assert page.evaluate("document.activeElement.name") != "town-search"


def test_what_is_typed_over_a_choice_is_that_choice_no_more(begun: Callable[..., Page]):
    page = begun()
    page.fill("[name=town-search]", "eloi neuf")
    page.get_by_role("option").first.click()
    assert page.input_value("[name=town]") == "74003"
    page.locator("[name=town-search]").press_sequentially("x")
    assert page.input_value("[name=town]") == ""
    go_on(page)
    expect(page.locator(".problems")).to_contain_text("choisissez parmi les réponses trouvées")


def test_several_are_chosen_one_after_the_other(begun: Callable[..., Page]):
    page = begun()
    for text in ("eloi neuf", "commune 12"):
        page.fill("[name=trades-search]", text)
        page.get_by_role("option").first.click()
        assert page.input_value("[name=trades-search]") == ""
    assert page.locator("[name=trades]:checked").count() == 2
    page.get_by_label("Saint-Éloi-le-Neuf").uncheck()
    to_links(page)
    page.goto(page.url.replace("/links", "/place"))
    expect(page.locator("[name=trades]:checked")).to_have_count(1)


def test_list_open_at_phone_width_has_no_fault_and_stays_in_the_page(
    begun: Callable[..., Page], faults_of: Faults
):
    page = begun(bypass=True)
    page.fill("[name=town-search]", "commune")
    expect(page.get_by_role("option")).to_have_count(20)
    page.keyboard.press("ArrowDown")
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_lost_network_leaves_the_plain_way(begun: Callable[..., Page]):
    page = begun()
    page.route("**/choix/**", lambda route: route.abort())
    page.fill("[name=town-search]", "saint eloi")
    expect(page.locator(".search-status").first).to_contain_text("La recherche ne répond pas")
    go_on(page)
    expect(page.get_by_role("group", name="Choisissez parmi ces réponses")).to_be_visible()
    page.get_by_label("Saint-Éloi Ain").check()
    go_on(page, "links")


def test_without_script_what_was_found_is_picked_beside_the_line(begun: Callable[..., Page]):
    page = begun(javascript=False)
    page.fill("[name=town-search]", "saint eloi")
    page.press("[name=town-search]", "Enter")
    expect(page.get_by_role("radio")).to_have_count(3)
    assert page.input_value("[name=town-search]") == "saint eloi"
    page.get_by_label("Saint-Éloi-le-Neuf").check()
    go_on(page, "links")
    page.check("[name=zone][value=south]")
    page.get_by_role("button", name="Afficher les choix").click()
    page.check("[name=school][value=south1]")
    go_on(page, "words")
    assert page.locator("[name=status-other]").is_visible(), "without script the line is always there"


def test_options_follow_the_answer_they_depend_on(begun: Callable[..., Page], faults_of: Faults):
    page = begun(bypass=True)
    to_links(page)
    page.wait_for_selector(READY, state="attached")
    assert page.locator("[name=school][type=radio]").count() == 0
    page.check("[name=zone][value=south]")
    expect(page.locator("[name=school][value=south0]")).to_be_visible()
    page.check("[name=school][value=south0]")
    assert faults_of(page) == []
    page.check("[name=zone][value=east]")
    expect(page.locator("[name=school][value=east0]")).to_be_visible()
    assert page.locator("[name=school]:checked").count() == 0, "what no longer fits is not kept silently"
    page.get_by_role("button", name="Ajouter une ligne").click()
    page.wait_for_selector(READY, state="attached")
    page.check("[name=visits-0-area][value=north]")
    page.check("[name=visits-0-seen][value=north3]")
    assert page.locator("[name=school]:checked").count() == 0
    page.check("[name=school][value=east1]")
    go_on(page, "words")


def test_line_for_something_else_comes_with_its_option(begun: Callable[..., Page], faults_of: Faults):
    page = begun(bypass=True)
    to_words(page)
    line = page.locator("[name=status-other]")
    expect(line).to_be_hidden()
    page.check("[name=status][value=other]")
    line.fill("Glacier")
    expect(page.locator("[name=why]")).to_be_visible()
    assert faults_of(page) == []
    page.check("[name=status][value=farmer]")
    expect(line).to_be_hidden()
    page.check("[name=status][value=other]")
    expect(line).to_have_value("Glacier")


def test_none_of_them_unticks_the_others(begun: Callable[..., Page]):
    page = begun()
    to_words(page)
    page.check("[name=aids][value=food]")
    page.check("[name=aids][value=none]")
    assert not page.is_checked("[name=aids][value=food]")
    page.check("[name=aids][value=energy]")
    assert not page.is_checked("[name=aids][value=none]")


@pytest.mark.parametrize("width", [390, 1000])
def test_grid_is_filled_in_by_keyboard_at_any_width(
    begun: Callable[..., Page], faults_of: Faults, width: int
):
    page = begun(bypass=True, width=width)
    to_words(page)
    line = page.get_by_role("group", name="du délai")
    line.get_by_label("Oui").focus()
    page.keyboard.press("ArrowDown")
    assert page.is_checked("[name=liking-delay][value=fair]")
    tops = {round(one.bounding_box()["y"]) for one in line.get_by_role("radio").all()}
    assert len(tops) == (3 if width == 390 else 1), "one below the other on a phone, side by side on a screen"
    assert page.locator(".grid-head").is_visible() == (width == 1000)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

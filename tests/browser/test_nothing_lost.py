"""Nothing typed is lost: a lost network, a site that restarts, two tabs, going back, a button pressed twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from dossiers.database import Draft
from dossiers.services import publication
from engine.language import Bundle
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
FORM = Path(__file__).with_name("living-form.yaml")
HOME = {"home-street": "1 rue du Lac", "home-postcode": "74000", "home-commune": "Annecy", "persons": "3"}
KEPT = "#kept-at"
Faults = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def keeping(site: DemoSite) -> DemoSite:
    """The demonstration with one more scheme, made for this."""
    text = FORM.read_text(encoding="utf-8").replace("living-form", "kept-form")
    site.desk.act(publication.publish, Bundle({"scheme.yaml": text}), "Essai (fictif)")
    return site


@pytest.fixture
def at_you(keeping: DemoSite, open_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Opens the first page of an application begun at an address."""

    def opened(email: str, *, javascript: bool = True, bypass: bool = True, address: str = "") -> Page:
        page = open_page(390, javascript=javascript, bypass=bypass)
        page.goto(f"{address or keeping.address}/aides/kept-form")
        page.fill("main [name=email]", email)
        page.locator("main form button").first.click()
        page.get_by_role("link", name="Commencer").click()
        if javascript:
            ready(page)
        return page

    yield opened


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-keeps=yes]", state="attached")


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"main [name='{name}']", value)


def at_house(page: Page) -> None:
    fill(page, HOME)
    page.get_by_role("button", name="Enregistrer et continuer").first.click()
    page.wait_for_url("**/house")
    ready(page)


def revisions(site: DemoSite) -> list[int]:
    with site.desk.office.database.reading() as session:
        return list(session.scalars(select(Draft.revision).order_by(Draft.dossier_id)))


def test_typing_is_kept_and_comes_back_in_another_tab_as_typed(at_you, faults_of: Faults):
    page = at_you("garde1@fictif.example")
    at_house(page)
    page.check("[name=married][value=yes]")
    fill(page, {"married_on-day": "3", "married_on-month": "ma", "income": "beaucoup"})
    expect(page.locator(KEPT)).to_contain_text("Enregistré à")
    expect(page.locator("#kept-status")).to_contain_text("Enregistré à")
    assert page.locator("main .problem").count() == 0, "nothing is complained of"
    assert faults_of(page) == []
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("[name=income]")).to_have_value("beaucoup")
    expect(other.locator("[name=married_on-day]")).to_have_value("3")
    assert other.input_value("[name=married_on-month]") == "ma"


def test_script_obeys_our_policy(at_you):
    page = at_you("garde2@fictif.example", bypass=False)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    fill(page, {"persons": "4"})
    expect(page.locator(KEPT)).to_contain_text("Enregistré à")
    assert refused == []


def test_lost_network_loses_nothing_and_says_so(at_you, faults_of: Faults):
    page = at_you("garde3@fictif.example")
    at_house(page)
    page.context.set_offline(True)
    page.fill("[name=income]", "18 000")
    expect(page.locator("#keeping-offline")).to_be_visible()
    assert "Vous êtes hors ligne" in page.inner_text("#keeping-offline")
    page.get_by_role("button", name="Enregistrer et continuer").first.click()
    expect(page.locator("#keeping-offline")).to_be_focused()
    assert page.input_value("[name=income]") == "18 000"
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.set_offline(False)
    expect(page.locator(KEPT)).to_contain_text("Enregistré à")
    expect(page.locator("#keeping-offline")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    assert page.input_value("[name=income]") == "18000"


def test_page_closed_while_typing_has_sent_what_was_typed(at_you, keeping: DemoSite):
    page = at_you("garde4@fictif.example")
    other = page.context.new_page()
    other.goto(page.url)
    page.fill("[name=persons]", "7")
    page.goto(f"{keeping.address}/accessibilite")
    other.wait_for_function(
        "fetch(location.href).then((answer) => answer.text()).then((text) => text.includes('value=\"7\"'))"
    )
    page.go_back()
    ready(page)
    expect(page.locator("[name=persons]")).to_have_value("7")


def test_two_tabs_are_told_of_each_other_and_one_chooses(at_you, faults_of: Faults):
    page = at_you("garde5@fictif.example")
    at_house(page)
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    page.fill("[name=income]", "11 000")
    expect(page.locator(KEPT)).to_contain_text("Enregistré à")
    other.fill("[name=income]", "22 000")
    box = other.locator("[data-conflict=income]")
    expect(box).to_contain_text("vous avez répondu autrement dans un autre onglet à")
    expect(box).to_contain_text("22\u202f000\u00a0€")
    expect(box).to_contain_text("11\u202f000\u00a0€")
    assert faults_of(other) == []
    assert other.evaluate("document.documentElement.scrollWidth") <= 390
    box.get_by_label("Garder celle-ci").click()
    expect(box).to_have_count(0)
    expect(other.locator(KEPT)).to_be_visible()
    page.fill("[name=income]", "33 000")
    page.locator("[data-conflict=income]").get_by_label("Reprendre").click()
    expect(page.locator("[name=income]")).to_have_value("22000")
    assert page.locator("[data-conflict]").count() == 0


def test_going_back_shows_the_present_answers(at_you):
    page = at_you("garde6@fictif.example")
    at_house(page)
    address = page.url
    page.fill("[name=income]", "11 000")
    expect(page.locator(KEPT)).to_contain_text("Enregistré à")
    page.goto(address.replace("/house", "/you"))
    other = page.context.new_page()
    other.goto(address)
    ready(other)
    other.fill("[name=income]", "44 000")
    expect(other.locator(KEPT)).to_contain_text("Enregistré à")
    page.go_back()
    expect(page.locator("[name=income]")).to_have_value("44000")
    page.fill("[name=income]", "45 000")
    expect(page.locator(KEPT)).to_contain_text("Enregistré à")
    assert page.locator("[data-conflict]").count() == 0


def test_button_pressed_twice_is_one_act(at_you, keeping: DemoSite):
    page = at_you("garde7@fictif.example")
    fill(page, HOME)
    before = revisions(keeping)[-1]
    page.evaluate(
        "const button = document.querySelector('.buttons .button'); button.click(); button.click();"
    )
    page.wait_for_url("**/house")
    assert revisions(keeping)[-1] <= before + 2, "what was typed, then the page, once"


@pytest.fixture
def restarting(keeping: DemoSite) -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    """The same site at an address of its own, and how to stop and start it."""
    running = [make_server("127.0.0.1", 0, keeping.app, threaded=True)]
    port = running[0].server_port

    def start() -> None:
        if not running:
            running.append(make_server("127.0.0.1", port, keeping.app, threaded=True))
        threading.Thread(target=running[0].serve_forever, daemon=True).start()

    def stop() -> None:
        server = running.pop()
        server.shutdown()
        server.server_close()

    start()
    yield f"http://127.0.0.1:{port}", stop, start
    if running:
        stop()


def test_site_restarted_in_the_middle_loses_nothing(at_you, restarting):
    address, stop, start = restarting
    page = at_you("garde8@fictif.example", address=address)
    stop()
    page.fill("[name=persons]", "5")
    expect(page.locator("#keeping-silent")).to_be_visible()
    start()
    page.fill("[name=home-commune]", "Annecy")
    expect(page.locator(KEPT)).to_contain_text("Enregistré à")
    expect(page.locator("#keeping-silent")).to_be_hidden()
    page.reload()
    assert page.input_value("[name=persons]") == "5"


def test_page_reloaded_before_the_network_came_back_is_taken_up(at_you):
    page = at_you("garde9@fictif.example")
    page.route("**/brouillon", lambda route: route.abort())
    page.fill("[name=persons]", "6")
    expect(page.locator("#keeping-silent")).to_be_visible()
    page.unroute("**/brouillon")
    page.reload()
    expect(page.locator("[name=persons]")).to_have_value("6")
    page.wait_for_function("sessionStorage.length === 0")


def test_session_over_keeps_what_is_typed_in_the_tab(at_you, keeping: DemoSite):
    page = at_you("garde10@fictif.example")
    page.context.clear_cookies(name="guichet_session")
    page.fill("[name=persons]", "8")
    expect(page.locator("#keeping-over")).to_be_visible()
    page.get_by_role("button", name="Enregistrer et continuer").first.click()
    assert "n’est pas perdu" in page.inner_text("main")


def test_without_script_two_tabs_are_asked_too(at_you):
    page = at_you("garde11@fictif.example", javascript=False)
    other = page.context.new_page()
    other.goto(page.url)
    fill(page, HOME)
    page.get_by_role("button", name="Enregistrer et continuer").first.click()
    fill(other, {**HOME, "persons": "9"})
    other.get_by_role("button", name="Enregistrer et continuer").first.click()
    box = other.locator("[data-conflict=persons]")
    assert "Garder celle-ci" in box.inner_text()
    box.get_by_label("Reprendre").check()
    other.get_by_role("button", name="Enregistrer et continuer").first.click()
    assert other.url.endswith("/house")
    other.goto(other.url.replace("/house", "/you"))
    assert other.input_value("[name=persons]") == "3"


def test_end_of_the_session_is_said_five_minutes_before_and_put_off(at_you, faults_of: Faults):
    page = at_you("garde12@fictif.example")
    page.clock.install()
    page.reload()
    ready(page)
    warning = page.get_by_role("alertdialog")
    page.clock.fast_forward("01:54:00")
    expect(warning).to_be_hidden()
    page.focus("[name=persons]")
    page.clock.fast_forward("00:01:30")
    expect(warning).to_be_visible()
    expect(warning).to_be_focused()
    assert "Votre session se termine bientôt" in warning.inner_text()
    assert faults_of(page) == []
    page.get_by_role("button", name="Rester connecté").click()
    expect(warning).to_be_hidden()
    expect(page.locator("[name=persons]")).to_be_focused()

"""A whole grant form of an association, filled in on a phone from its first page to its filing, with the script and without."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from authoring.walkthrough.given import stored_answers
from dossiers.services import publication
from engine.kinds import kind_of
from engine.kinds.kind import items, members
from engine.language import Bundle, Scheme, load_scheme
from engine.language.model import Field
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]
GRANT = Path(__file__).parents[2] / "examples" / "association-grant"
LARGE = "a larger association fills in the annex, and may be refused"
NNBSP, NBSP = "\u202f", "\u00a0"


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(GRANT)


@pytest.fixture(scope="module")
def association(site: DemoSite) -> DemoSite:
    files = {
        name: text.replace("2026-01-01", "2020-01-01") for name, text in Bundle.read(GRANT).files.items()
    }
    site.desk.act(publication.publish, Bundle(files), "Essai (fictif)")
    return site


def answers_of(scheme: Scheme) -> dict[str, object]:
    """The answers of the scheme's own test; its days are brought back before the day of the demonstration."""
    answers, unknown = stored_answers(scheme.fields, scheme.tests[LARGE].answers)
    assert unknown == ()
    rows = [{**row, "act_date": "2019-01-10"} for row in items(answers["earlier_aid"])]
    approvals = [{**row, "given_on": "2018-01-10"} for row in items(answers["approvals"])]
    return {**answers, "earlier_aid": rows, "approvals": approvals}


def pages_of(scheme: Scheme, answers: dict[str, object]) -> list[str]:
    """The pages one goes through with these answers, those of each project one after the other."""
    return [
        f"{page.id}-{number}" if number else page.id
        for repeat, together in groupby(scheme.form.values(), key=lambda page: page.for_each)
        for pages in [list(together)]
        for number in (range(1, len(items(answers[repeat])) + 1) if repeat else (0,))
        for page in pages
    ]


def fill(page: Page, scheme: Scheme, page_id: str, answers: dict[str, object]) -> None:
    """Type every answer of one page, control by control, in the order of the form."""
    asked = scheme.form[page_id.partition("-")[0]]
    fields = [scheme.fields[asked.for_each]] if asked.for_each else list(asked.fields.values())
    for field in fields:
        if field.id not in answers:
            continue
        if field.kind == "repeat":
            add_rows(page, field, field.id, answers[field.id])
        for suffix, values in kind_of(field).raw(field, answers[field.id]).items():
            for value in values:
                put(page, field.id + suffix, value)


def add_rows(page: Page, repeat: Field, name: str, answer: object) -> None:
    """Bring the rows that are to be typed, and the rows in them."""
    for number, row in enumerate(items(answer)):
        add = page.locator(f"[name=_add][value={name}]")
        if add.count() and not page.locator(f"[name={name}-{number}]").count():
            with page.expect_navigation():
                add.click()
        for inner in repeat.fields.values():
            if inner.kind == "repeat":
                add_rows(page, inner, f"{name}-{number}-{inner.id}", members(row).get(inner.id))


def put(page: Page, name: str, value: str) -> None:
    control = page.locator(f"[name={name}]")
    if not control.count():  # not asked yet
        return
    sort = control.first.get_attribute("type")
    if sort == "hidden":
        return
    if sort in ("radio", "checkbox"):
        page.locator(f"[name={name}][value={value}]").check()
    elif control.first.evaluate("one => one.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)


def balance_of_the_project_is_told(page: Page) -> None:
    """The budget of one project is judged while it is typed, and its share follows."""
    sales, slip = page.locator("[name=projects-0-income-1-amount]"), page.locator("#q-projects-0-income-live")
    typed = sales.input_value()
    sales.fill("2 000,50")
    page.keyboard.press("Tab")
    expect(page.locator("[data-figure=projects-0-project_total_income]")).to_have_text(
        f"5{NNBSP}000,50{NBSP}€"
    )
    expect(slip).to_contain_text("doit être égal au total des produits")
    sales.fill(typed)
    expect(slip).to_have_count(0)
    expect(page.locator("[data-note=projects-0-project_share] output")).to_have_text(f"50{NBSP}%")


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer et continuer").last.click()


def begin(open_page: Callable[..., Page], site: DemoSite, javascript: bool) -> Page:
    page = open_page(390, javascript=javascript)
    page.goto(f"{site.address}/aides/association-grant")
    page.fill("main [name=email]", f"asso-{javascript}@fictif.example")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Commencer").click()
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_form_is_filled_in_on_a_phone_from_end_to_end(
    association: DemoSite, open_page: Callable[..., Page], scheme: Scheme, javascript: bool
):
    page, answers = begin(open_page, association, javascript), answers_of(scheme)
    for id in pages_of(scheme, answers):
        if page.url.rsplit("/", 1)[1] != id:
            raise AssertionError(f"{page.url} instead of {id}: {page.locator('main').inner_text()[:400]}")
        fill(page, scheme, id, answers)
        if javascript and id == "project_budget-1":
            balance_of_the_project_is_told(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if javascript else True
        go_on(page)
        if page.url.endswith(id):  # without the script, what answers bring with them is asked next
            fill(page, scheme, id, answers)
            go_on(page)
    expect(page).to_have_url(f"{page.url.rsplit('/', 1)[0]}/verifier")
    expect(page.locator("main")).to_contain_text("60 – Prestations de services")
    expect(page.locator("main")).to_contain_text("6. Budget du projet Atelier de chant")
    page.get_by_role("button", name="Déposer").click()
    expect(page.locator("h1")).to_contain_text("déposée")


def test_balance_is_told_while_the_budget_is_typed(
    association: DemoSite,
    open_page: Callable[..., Page],
    scheme: Scheme,
    faults_of: Callable[[Page], list[str]],
):
    page, answers = begin(open_page, association, True), answers_of(scheme)
    for id in ("request", "association", "people", "relations", "means_2"):
        fill(page, scheme, id, answers)
        go_on(page)
    page.wait_for_selector("html[data-live=yes]", state="attached")
    page.fill("[name=association_charges-rents-amount]", "1 200,50 €")
    total = page.locator("[data-figure=association_total_charges]")
    expect(total).to_have_text(f"1{NNBSP}200,50{NBSP}€")
    expect(page.locator("[data-figure=association_charges-outside-amount]")).to_have_text(
        f"1{NNBSP}200,50{NBSP}€"
    )
    page.fill("[name=association_income-sales-amount]", "1000")
    page.keyboard.press("Tab")
    expect(page.locator("#live-checks")).to_contain_text("doit être égal")
    page.fill("[name=association_income-sales-amount]", "1200,5")
    page.keyboard.press("Tab")
    expect(page.locator("#live-checks")).to_be_hidden()
    assert faults_of(page) == []

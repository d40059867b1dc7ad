"""The studio in a real browser: problems while typing, the form that follows, by keyboard alone, under our own policy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from dossiers.services import accounts, drafts, publication
from tests.fixtures.sites import DemoSite, make_demo, served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]
Opened = Callable[..., Page]
DEEP = "#found-status[data-depth=deep]"


@pytest.fixture(scope="module")
def atelier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """A site of its own: what is published here is no other test's business."""
    with served(make_demo(tmp_path_factory.mktemp("studio"), 2)) as demo:
        yield demo


@pytest.fixture(scope="module")
def session(atelier: DemoSite) -> str:
    """The administrator's session: one for all, since an address may not sign in too often."""
    email, password = atelier.accounts["administrator"]
    return str(atelier.desk.act(accounts.sign_in, email, password).session.token)


@pytest.fixture
def enter(atelier: DemoSite, session: str, open_page: Opened) -> Opened:
    """Open a page as the administrator."""

    def entered(width: int, **how: bool) -> Page:
        page = open_page(width, **how)
        cookie = {"name": "guichet_office", "value": session, "domain": "127.0.0.1", "path": "/bureau"}
        page.context.add_cookies([cookie])
        return page

    return entered


def begin(page: Page, site: DemoSite, name: str) -> Page:
    """A scheme of one's own, begun from the shipped one, open in the studio."""
    page.goto(f"{site.address}/bureau/dispositifs/nouveau")
    page.select_option("#model", "shipped:bicycle-grant.yaml")
    page.fill("#name", name)
    page.get_by_role("button", name="Commencer ce dispositif").click()
    return page


def text(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.cm-content').innerText"))


def focus_by_tab(page: Page, selector: str, at_most: int = 80) -> None:
    """Press Tab until this has the focus."""
    for _ in range(at_most):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def whole_preview(page: Page) -> None:
    """The form beside, whole: Tab goes through it, and stays in one that is still coming."""
    expect(page.frame_locator("#preview").locator("main")).to_be_visible()


def type_at_the_end(page: Page, line: str) -> None:
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Home")
    page.keyboard.insert_text(line)


def test_mistake_is_underlined_listed_mended_and_published_by_keyboard_alone(
    atelier: DemoSite, enter: Opened
):
    page = enter(1280, javascript=True, bypass=False)
    refused: list[str] = []
    page.on(
        "console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None
    )
    begin(page, atelier, "velo-clavier")
    page.wait_for_selector(DEEP)
    focus_by_tab(page, "#editing")
    type_at_the_end(page, "calender: {holidays: FR}")
    page.wait_for_selector(".cm-lintRange-error")
    assert page.locator(".cm-lintRange-error").first.inner_text() == "calender"
    assert "Remplacer par «\u00a0calendar\u00a0»" in page.locator("#found").inner_text()
    page.keyboard.press("Home")
    with page.expect_request_finished(lambda request: request.url.endswith("/apercu")):
        page.keyboard.press("Control+.")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    assert "calendar: {holidays: FR}" in text(page)
    page.wait_for_selector(DEEP)
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_contain_text("révision 2")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.cm-editor')")
    whole_preview(page)
    focus_by_tab(page, "#publish")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=La version 1 est publiée")
    in_force = atelier.desk.read(publication.current, "velo-clavier")
    assert (in_force.number, in_force.scheme.calendar.holidays) == (1, "FR")
    assert refused == []


def test_names_and_keys_are_offered_and_explained(atelier: DemoSite, enter: Opened):
    page = begin(enter(1280, javascript=True, bypass=False), atelier, "velo-propositions")
    page.wait_for_selector(DEEP)
    page.locator("#editing").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Home")
    page.keyboard.type("calen")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    assert page.locator(".cm-tooltip-autocomplete li").first.inner_text().startswith("calendar")
    page.wait_for_selector(DEEP)  # CodeMirror takes no key for a choice in the first instants it shows them
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_contain_text("calendar: ")
    page.keyboard.press("Control+i")
    expect(page.locator("#saved")).to_contain_text("Quand on peut déposer une demande.")


def test_form_beside_follows_the_text_and_keeps_what_was_answered(atelier: DemoSite, enter: Opened):
    page = begin(enter(1280, javascript=True, bypass=False), atelier, "velo-apercu")
    page.wait_for_selector(DEEP)
    frame = page.frame_locator("#preview")
    frame.locator("input:not([type=hidden])").first.fill("Ada")
    page.locator("#editing").focus()
    written = atelier.desk.read(drafts.one, None, "velo-apercu").files["scheme.yaml"]
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(re.sub("(?m)^title: .*$", "title: Une aide toute neuve", written))
    frame.get_by_text("Une aide toute neuve").first.wait_for()
    assert frame.locator("input:not([type=hidden])").first.input_value() == "Ada"
    assert page.evaluate("Boolean(document.activeElement.closest('.cm-editor'))")
    assert atelier.desk.read(drafts.one, None, "velo-apercu").revision == 1


def test_two_at_once_see_both_texts_and_lose_neither(atelier: DemoSite, enter: Opened):
    first = begin(enter(1280, javascript=True, bypass=False), atelier, "velo-a-deux")
    second = enter(1280, javascript=True, bypass=False)
    second.goto(first.url)
    for page, line in ((first, "# la première"), (second, "# la seconde")):
        page.wait_for_selector(DEEP)
        page.locator("#editing").focus()
        page.keyboard.press("Control+End" if page is first else "Control+Home")
        page.keyboard.insert_text(f"{line}\n")
    first.keyboard.press("Control+s")
    expect(first.locator("#saved")).to_contain_text("révision 2")
    second.keyboard.press("Control+s")
    second.wait_for_selector("text=Deux personnes ont écrit")
    second.get_by_role("button", name="Enregistrer les deux réunis").click()
    second.wait_for_selector("text=C’est fait")
    kept = atelier.desk.read(drafts.one, None, "velo-a-deux").files["scheme.yaml"]
    assert "# la première" in kept and "# la seconde" in kept


def test_page_works_without_script(atelier: DemoSite, enter: Opened):
    page = begin(enter(390), atelier, "velo-sans-script")
    area = page.locator("textarea#text")
    area.fill(area.input_value().replace("workflow:", "worfklow:"))
    page.get_by_role("button", name="Vérifier").click()
    assert "worfklow" in page.locator("#found").inner_text()
    area = page.locator("textarea#text")
    area.fill(area.input_value().replace("worfklow:", "workflow:") + "# fini\n")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("button", name="Publier ce texte").click()
    page.wait_for_selector("text=La version 1 est publiée")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_studio_is_accessible(
    atelier: DemoSite, enter: Opened, faults_of: Callable[[Page], list[str]], width: int, colours: str
):
    page = enter(width, javascript=True)
    page.emulate_media(color_scheme=colours)
    begin(page, atelier, f"velo-axe-{width}-{colours}")
    page.wait_for_selector(DEEP)
    faults = faults_of(page)
    page.locator("#editing").focus()
    type_at_the_end(page, "calender: {}")
    page.wait_for_selector(".cm-lintRange-error")
    faults += faults_of(page)
    for pane in ("circuit", "carte", "essais", "ecart", "historique"):
        page.click(f"a[data-pane={pane}]")
        page.wait_for_selector(f"a[data-pane={pane}][aria-current]")
        faults += faults_of(page)
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_list_of_schemes_and_beginning_one_are_accessible(
    atelier: DemoSite, enter: Opened, faults_of: Callable[[Page], list[str]]
):
    page = enter(390, javascript=True)
    faults = []
    for path in ("/bureau/dispositifs", "/bureau/dispositifs/nouveau"):
        page.goto(atelier.address + path)
        faults += faults_of(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults == []


def test_shared_file_is_opened_without_being_written(atelier, enter):
    page = enter(1280, javascript=True, bypass=False)
    page.goto(f"{atelier.address}/bureau/dispositifs/haute-savoie-emergency-grant/atelier")
    expect(page.locator(".cm-content")).to_contain_text("haute-savoie")
    page.locator("a[data-file='workflows/library/instruction.yaml']").click()
    expect(page.locator("#text-label")).to_contain_text("instruction.yaml")
    before = text(page)
    page.locator(".cm-content").click()
    page.keyboard.type("autre chose")
    assert text(page) == before
    page.locator("a[data-file='scheme.yaml']").click()
    page.locator(".cm-content").click()
    page.keyboard.type("autre chose")
    expect(page.locator(".cm-content")).to_contain_text("autre chose")

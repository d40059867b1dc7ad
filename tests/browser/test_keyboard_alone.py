"""A whole application by keyboard alone, and its account in docs/accessibility.md: what was pressed, where the focus went."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guichet.demo import papers
from tests.browser.test_thread import BUSINESS, CLOSED_ON, SLUG, YOU
from tests.fixtures.sites import DemoSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(400)]
ACCOUNT = Path(__file__).parents[2] / "docs" / "accessibility.md"
BEGINS, ENDS = "<!-- the account begins -->\n", "<!-- the account ends -->\n"
MOST = 60  # presses of Tab from one question to another: more is a trap
# an establishment applies once, and that of the thread does so in another test
ANOTHER = {"siret": "732 829 320 00017"}
SEEN = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect()
  const named = one.labels?.length ? one.labels[0].innerText : one.getAttribute("aria-label") || one.innerText || one.name
  return {
    name: one.name ?? "", id: one.id, kind: one.type || one.tagName.toLowerCase(), value: one.value ?? "",
    label: (named || "").replace(/\\s+/g, " ").trim().slice(0, 60),
    ring: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    shown: box.width > 0 && box.top < innerHeight && box.bottom > 0,
  }
}"""


@dataclass
class Keyboard:
    """Hands that know no mouse; `told` is what they did, a line each."""

    page: Page
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on(
            "filechooser", lambda _: None
        )  # listened to from the beginning: a key may come before a late listener

    def focus(self) -> dict[str, str]:
        """What has the focus: it must be seen."""
        found: dict[str, str] = self.page.evaluate(SEEN)
        return found

    def tab(self) -> dict[str, str]:
        self.page.keyboard.press("Tab")
        found = self.focus()
        assert found["ring"], f"the focus is not seen on {found}"
        assert found["shown"], f"the focus is off the screen on {found}"
        return found

    def to(self, name: str) -> dict[str, str]:
        """Tab to a control by its name, or to the first thing of this label."""
        for _ in range(MOST):
            found = self.tab()
            if name in (found["name"], found["label"]):
                return found
        raise AssertionError(f"{name} is not reached by Tab")

    def tell(self, what: str) -> None:
        self.told.append(f"- {what}")

    def type(self, name: str, text: str) -> None:
        label = self.to(name)["label"]
        self.page.keyboard.type(text)
        self.tell(f"{label}: Tab, `{text}`")

    def press(self, name: str, *keys: str) -> None:
        """Tab there, then these keys."""
        label = self.to(name)["label"]
        for key in keys:
            self.page.keyboard.press(key)
        self.tell(f"{label}: Tab, {', '.join(keys)}")

    def send(self) -> None:
        """The button at the end of the page."""
        before = self.page.url
        with self.page.expect_navigation():
            self.press("Enregistrer et continuer", "Enter")
        self.page.wait_for_load_state()
        self.tell(f"→ {'the page again' if self.page.url == before else 'the next page'}")

    def choose_file(self, name: str, paper: Path) -> None:
        expect(self.page.locator(f".documents[data-begun]:has(input[name={name}])")).to_have_count(1)
        label = self.to(name)["label"]
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(paper)
        expect(self.page.locator(f".documents:has(input[name={name}]) .files li")).to_have_count(1)
        self.tell(f"{label}: Tab, Enter, the document in the system's own dialogue")

    def head(self, title: str) -> None:
        self.told += ["", f"**{title}**", ""]


def begin(hands: Keyboard, site: DemoSite) -> None:
    hands.page.goto(f"{site.address}/aides/{SLUG}")
    hands.head("The scheme's page")
    assert hands.tab()["label"] == "Aller au contenu"
    hands.page.keyboard.press("Enter")
    hands.tell("Aller au contenu: Tab, Enter → the focus is in the content, past the header")
    assert hands.page.evaluate("document.activeElement.id") == "main"
    hands.type("email", "clavier@fictif.example")
    with hands.page.expect_navigation():
        hands.press("Commencer ma demande", "Enter")
    hands.head("The list of pages")
    with hands.page.expect_navigation():
        hands.press("Commencer", "Enter")


def read_the_problems(hands: Keyboard) -> None:
    """A page sent blank: the summary of its problems has the focus, and leads to the fields."""
    hands.head("Vous, sent blank")
    hands.send()
    assert "problems" in str(hands.page.evaluate("document.activeElement.className"))
    hands.tell("the summary of the problems has the focus")
    first = hands.tab()["label"]
    hands.page.keyboard.press("Enter")
    assert hands.focus()["name"] == "person-first_name"
    hands.tell(f"{first}: Tab, Enter → the focus is in the field")


def fill_in(hands: Keyboard, paper: Path) -> None:
    hands.page.keyboard.type(YOU["person-first_name"])
    hands.head("Vous")
    for name in [one for one in YOU if one.startswith("person-")][1:]:
        hands.type(name, YOU[name])
    for name in (
        "phone",
        "status",
        "home-street",
        "home-postcode",
        "home-commune",
        "household",
        "household_income",
    ):
        hands.press(name, "Space") if name == "status" else hands.type(name, YOU[name])
    hands.send()
    hands.head("Votre entreprise")
    for name, text in (BUSINESS | ANOTHER).items():
        if name == "created-day":
            search(hands)
        hands.type(name, text)
    hands.send()
    hands.head("Fermeture administrative")
    hands.press("closed", "Space")
    for name, text in CLOSED_ON.items():
        hands.type(name, text)
    hands.press("partial_unemployment", "ArrowDown")
    hands.send()
    hands.head("Versement")
    hands.type("iban", "FR76 3000 6000 0112 3456 7890 189")
    for name in ("bank_proof", "tax_notice"):
        hands.choose_file(name, paper)
    hands.send()
    hands.head("Engagement")
    hands.press("honour", "Space")
    hands.send()


def search(hands: Keyboard) -> None:
    """The long list: typed, gone through with the arrows, chosen with Enter."""
    label = hands.to("naf-search")["label"]
    hands.page.keyboard.type("56.30Z")
    expect(hands.page.get_by_role("option").first).to_be_visible()
    hands.page.keyboard.press("ArrowDown")
    hands.page.keyboard.press("Enter")
    hands.tell(f"{label}: Tab, `56.30Z`, ArrowDown, Enter")
    assert hands.page.input_value("[name=naf]") == "56.30Z"


def test_whole_application_is_made_by_keyboard_alone(
    site: DemoSite, open_page: Callable[..., Page], tmp_path: Path
):
    paper = tmp_path / "rib.pdf"
    paper.write_bytes(papers.page("rib"))
    hands = Keyboard(open_page(1280, javascript=True, bypass=False))
    begin(hands, site)
    read_the_problems(hands)
    fill_in(hands, paper)
    assert hands.page.url.endswith("/verifier")
    hands.head("Vérifiez vos réponses")
    hands.press("Déposer ma demande", "Enter")
    hands.page.wait_for_url("**/recu")
    hands.to(
        "Accessibilité : pas encore auditée"
    )  # past the content, to the end of the page: nothing holds the focus
    hands.head("The receipt")
    hands.tell("Tab, to the last link of the page")
    account = "\n".join(hands.told).strip() + "\n"
    before, _, rest = ACCOUNT.read_text(encoding="utf-8").partition(BEGINS)
    told, _, after = rest.partition(ENDS)
    if os.environ.get("GUICHET_WRITE_ACCOUNT"):
        ACCOUNT.write_text(before + BEGINS + account + ENDS + after, encoding="utf-8")
    else:
        assert told == account, "write it anew with GUICHET_WRITE_ACCOUNT=1"


def test_nothing_moves_for_who_asks_so_and_paper_holds_no_button(
    site: DemoSite, open_page: Callable[..., Page]
):
    page = open_page(1280)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site.address}/aides/{SLUG}")
    button = page.get_by_role("button", name="Commencer ma demande")
    assert button.evaluate("one => getComputedStyle(one).transitionDuration") == "0s"
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for hidden in (button, page.locator(".site-nav"), page.locator(".skip")):
        assert not hidden.is_visible()

"""docs/tutorial.md, followed to the letter: its commands run, its texts are typed, and all it says one reads is read."""

from __future__ import annotations

import email
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.tutorial import TUTORIAL, Frame, changed, is_mistake, plain, steps, written

ROOT = TUTORIAL.parents[1]
STEPS = steps()
ADDRESS = "http://127.0.0.1:8000"
DEEP = "#found-status[data-depth=deep]"
PASSWORD = "four invented words here"
SHOTS = os.environ.get("GUICHET_TUTORIAL_SHOTS")
Opened = Callable[..., Page]


@dataclass
class Walk:
    """Somebody who follows the tutorial: a folder, a free port instead of 8000, and what was read in the present step."""

    folder: Path
    port: int
    read: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    shots: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, line: str, typed: str = "") -> str:
        """Run one line of a frame, as a shell would; what it prints is read."""
        done = subprocess.run(
            line,
            shell=True,
            cwd=self.folder,
            env=environment(),
            input=typed,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, f"{line}: {done.stdout}"
        self.read += "\n" + done.stdout
        return done.stdout

    def look(self, *pages: Page) -> None:
        """Read what these pages show, frames included."""
        for page in pages:
            page.wait_for_load_state()
            for frame in page.frames:
                # a locator reads again when a navigation comes between, as after a page sent once its documents have arrived
                self.read += "\n" + frame.locator("body").inner_text()
            self._keep_picture(page)

    def _keep_picture(self, page: Page) -> None:
        if SHOTS:
            self.shots += 1
            page.screenshot(path=f"{SHOTS}/{self.shots:03}.png", full_page=True)

    def press(self, page: Page, name: str, role: str = "button") -> None:
        """Press what has this name, and read the page that comes."""
        page.get_by_role(role, name=name, exact=True).last.click()  # type: ignore[arg-type]
        self.look(page)

    def end(self, number: int) -> None:
        """All that the step says one reads was read during it; begin the next one with nothing read."""
        read = plain(self.read.replace(self.address, ADDRESS))
        lines = [line for frame in STEPS[number].of("text") for line in frame.text.splitlines()]
        missing = [one for one in (*STEPS[number].said, *map(plain, lines)) if one not in read]
        assert missing == [], f"{STEPS[number].title}: never read: {missing}\nread: {read[-6000:]}"
        self.read = ""


def environment() -> dict[str, str]:
    scripts = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": scripts + os.pathsep + os.environ["PATH"], "LC_ALL": "C.UTF-8"}


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return Walk(tmp_path, free.getsockname()[1])


@pytest.fixture
def serving(walk: Walk) -> Iterator[Callable[[], None]]:
    """Start the site as the tutorial says, on the free port; it stops with the test."""
    started: list[subprocess.Popen[str]] = []

    def serve() -> None:
        line = STEPS[2].of("sh", "serve")[0].text.split()
        settings = walk.folder / "my-site" / "guichet.ini"
        settings.write_text(
            settings.read_text(encoding="utf-8").replace(ADDRESS, walk.address), encoding="utf-8"
        )
        server = subprocess.Popen(
            [*line, "--port", str(walk.port)],
            cwd=walk.folder,
            env={**environment(), "PYTHONUNBUFFERED": "1"},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        started.append(server)
        assert server.stdout is not None
        walk.read += server.stdout.readline() + server.stdout.readline()
        wait_for_port(walk.port)

    yield serve
    for server in started:
        server.terminate()
        server.wait(20)
        if server.stdout is not None:
            server.stdout.close()


def wait_for_port(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the site does not answer")


def test_pieces_of_the_tutorial_add_up_to_the_scheme_of_the_examples():
    example = ROOT / "examples" / "rain-barrel-grant"
    kept = {
        str(path.relative_to(example)): re.sub(r"\A(?:#.*\n)+", "", path.read_text(encoding="utf-8"))
        for path in example.rglob("*.*")
    }

    assert written() == kept


def test_tutorial_installs_as_the_readme_does():
    install = STEPS[1].of("sh", "install")[0].text.splitlines()[0]

    assert f"{install} && " in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.timeout(240)
def test_tutorial_is_true_to_the_letter(walk: Walk, serving: Callable[[], None], open_page: Opened):
    install_and_init(walk, serving)
    anne = open_page(1280, javascript=True, bypass=False)
    guest = open_page(390 if SHOTS else 1280, javascript=True, bypass=False)
    begin(walk, anne)
    write(walk, anne)
    try_it(walk, anne)
    prove_and_publish(walk, anne)
    give_roles(walk, anne, guest)
    apply(walk, guest, anne)
    decide(walk, anne, guest)
    change(walk, anne)


def install_and_init(walk: Walk, serve: Callable[[], None]) -> None:
    walk.command(STEPS[1].of("sh")[1].text)
    walk.end(1)
    init, users, _ = STEPS[2].of("sh")
    walk.command(init.text)
    walk.command(users.text, f"{PASSWORD}\n{PASSWORD}\n")
    serve()
    walk.end(2)


def begin(walk: Walk, page: Page) -> None:
    page.goto(f"{walk.address}/bureau/")
    walk.look(page)
    walk.press(page, "English")
    sign_in(walk, page, "anne@commune.example")
    walk.press(page, "Schemes", "link")
    walk.press(page, "Write a new scheme", "link")
    expect(page.locator("#model option:checked")).to_have_text("Bicycle grant")
    page.get_by_label("Its own name, in addresses").fill("rain-barrel-grant")
    walk.press(page, "Begin this scheme")
    checked(walk, page)
    walk.end(3)


def sign_in(walk: Walk, page: Page, address: str) -> None:
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    walk.press(page, "Sign in")


def write(walk: Walk, page: Page) -> None:
    page.locator("#editing").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    for number in (4, 5, 6, 7):
        (frame,) = STEPS[number].of("yaml")
        append(walk, page, frame)
        if number == 7:
            save(walk, page)
        walk.end(number)
    for frame in STEPS[8].of("markdown"):
        add_file(walk, page, frame.about)
        append(walk, page, frame)
        save(walk, page)
    checked(walk, page)
    walk.end(8)


def append(walk: Walk, page: Page, frame: Frame) -> None:
    """Paste a frame at the end of the file that is open."""
    walk.texts[frame.about] = walk.texts.get(frame.about, "") + frame.text
    page.locator("#editing").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(frame.text)
    if frame.kind == "yaml":
        checked(walk, page)


def replace(walk: Walk, page: Page, frame: Frame) -> None:
    """Change the lines of a difference in the file that is open."""
    text = changed(walk.texts[frame.about], frame)
    if not is_mistake(frame):
        walk.texts[frame.about] = text
    page.locator("#editing").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    checked(walk, page)


def checked(walk: Walk, page: Page) -> None:
    """Wait until the text as it stands has been checked to the end, and read what is said."""
    page.wait_for_selector(DEEP)
    walk.look(page)


def save(walk: Walk, page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#saved")).to_contain_text("Saved: revision")
    walk.look(page)


def add_file(walk: Walk, page: Page, name: str) -> None:
    page.locator("summary", has_text="Add or delete a file").click()
    page.get_by_label("Its name").fill(name)
    walk.look(page)
    walk.press(page, "Add the file")
    page.wait_for_selector(f"a[data-file='{name}'][aria-current]")
    page.wait_for_selector("#editing")


def pane(walk: Walk, page: Page, name: str) -> None:
    with page.expect_response(lambda answer: "/volet/" in answer.url or "/apercu" in answer.url):
        page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_selector(f"a[data-pane][aria-current]:text-is('{name}')")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    walk.look(page)


def open_file(page: Page, name: str) -> None:
    page.locator(f"a[data-file='{name}']").click()
    page.wait_for_selector(f"a[data-file='{name}'][aria-current]")


def try_it(walk: Walk, page: Page) -> None:
    open_file(page, "scheme.yaml")
    pane(walk, page, "Form")
    form = page.frame_locator("#preview")
    fill_in_you(form)
    form.get_by_label("Yes", exact=True).check()
    expect(form.get_by_label("Written consent of the owner")).to_be_visible()
    walk.look(page)
    for name in ("Workflow", "Map of the form"):
        pane(walk, page, name)
    (mistake,) = STEPS[9].of("diff")
    replace(walk, page, mistake)
    expect(page.locator(".cm-lintRange-error").first).to_have_text("home.postcod")
    walk.press(page, "Replace by “home.postcode”")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    checked(walk, page)
    walk.end(9)


def fill_in_you(form: Page | Locator | object) -> None:
    for label, typed in zip(
        ("First name", "Last name", "Number and street", "Postcode", "Town"),
        ("Camille", "Tissot (fictif)", "12 rue du Lac", "74000", "Annecy"),
        strict=True,
    ):
        form.get_by_label(label, exact=True).fill(typed)  # type: ignore[union-attr]
    form.get_by_role("button", name="Save and continue").last.click()  # type: ignore[union-attr]


def prove_and_publish(walk: Walk, page: Page) -> None:
    add_file(walk, page, "tests.yaml")
    for frame in STEPS[10].of("yaml"):
        append(walk, page, frame)
    save(walk, page)
    pane(walk, page, "Tests")
    replace(walk, page, STEPS[10].of("diff")[0])
    save(walk, page)
    expect(page.locator("#pane .tag-good")).to_have_count(4)
    walk.look(page)
    walk.end(10)
    walk.press(page, "Publish this text")
    walk.end(11)


def give_roles(walk: Walk, anne: Page, guest: Page) -> None:
    walk.press(anne, "Accounts", "link")
    walk.press(anne, "Anne Roux", "link")
    anne.get_by_label("Town hall desk").check()
    walk.press(anne, "Keep these roles")
    walk.press(anne, "Accounts", "link")
    walk.press(anne, "Invite somebody", "link")
    anne.get_by_label("Name").fill("Marc Petit")
    anne.get_by_label("E-mail address").fill("marc@commune.example")
    anne.get_by_label("English").check()
    anne.get_by_label("Deputy mayor").check()
    walk.press(anne, "Send the invitation")
    mailed(walk, anne, "Your account with Commune de Lys")
    guest.goto(invitation(walk.folder / "my-site" / "outbox"))
    walk.look(guest)
    walk.press(guest, "English")
    guest.get_by_label("New password").fill(PASSWORD)
    guest.get_by_label("The same again").fill(PASSWORD)
    walk.press(guest, "Keep this password")
    sign_in(walk, guest, "marc@commune.example")
    walk.end(12)


def mailed(walk: Walk, page: Page, subject: str) -> None:
    """Wait until the page of mails lists this one, carried by the worker."""
    for _ in range(100):
        walk.press(page, "Mails", "link")
        if page.get_by_role("link", name=subject).count():
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"the mail never left: {subject}")


def invitation(outbox: Path) -> str:
    """The link in the mail a mail program would show."""
    (path,) = outbox.glob("password-*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    return re.findall(r"http\S+", message.get_body(("plain",)).get_content())[0]  # type: ignore[union-attr]


def apply(walk: Walk, page: Page, anne: Page) -> None:
    page.goto(f"{walk.address}/")
    walk.look(page)
    walk.press(page, "Rain barrel grant", "link")
    page.get_by_label("Your e-mail address").fill("camille@post.example")
    walk.press(page, "Begin my application")
    walk.press(page, "Begin", "link")
    walk.look(page)
    fill_in_you(page)
    page.get_by_label("Capacity in litres").fill("150")
    page.get_by_label("Price paid").fill("120")
    page.get_by_label("Invoice").set_input_files(ROOT / "tests" / "fixtures" / "invoice.png")
    page.get_by_label("No", exact=True).check()
    walk.press(page, "Save and continue")
    back = page.get_by_role("link", name=re.compile("Change.*Capacity in litres", re.DOTALL))
    expect(back).to_be_visible()  # the page is sent once the invoice has arrived
    walk.look(page)
    back.click()
    page.get_by_label("Capacity in litres").fill("300")
    walk.press(page, "Save and continue")
    walk.press(page, "File my application")
    walk.press(page, "Follow my application", "link")
    mailed(walk, anne, "Your application EAU-2026-0001 is registered")
    walk.end(13)


def decide(walk: Walk, anne: Page, marc: Page) -> None:
    walk.press(anne, "Back office", "link")
    walk.press(anne, "Rain barrel grant", "link")
    walk.press(anne, "EAU-2026-0001", "link")
    walk.press(anne, "Take up")
    assert anne.get_by_role("button", name="Grant", exact=True).count() == 0
    walk.press(anne, "The invoice is in the name of the applicant")
    marc.goto(f"{walk.address}/bureau/")
    walk.press(marc, "Rain barrel grant", "link")
    walk.press(marc, "EAU-2026-0001", "link")
    walk.press(marc, "Grant…", "link")
    walk.press(marc, "Grant")
    marc.goto(f"{walk.address}/mes-demandes")
    walk.look(marc)
    marc.get_by_role("link", name=re.compile("EAU-2026-0001|Rain barrel grant")).first.click()
    walk.look(marc)
    walk.end(14)


def change(walk: Walk, page: Page) -> None:
    walk.press(page, "Schemes", "link")
    page.get_by_role("link", name="Open in the studio").click()
    walk.look(page)
    page.wait_for_selector(DEEP)
    rule, cases = STEPS[15].of("diff")
    replace(walk, page, rule)
    save(walk, page)
    walk.press(page, "Publish this text")
    open_file(page, "tests.yaml")
    replace(walk, page, cases)
    save(walk, page)
    pane(walk, page, "Tests")
    pane(walk, page, "Changes")
    for frame in STEPS[15].of("sh"):
        for line in frame.text.splitlines():
            walk.command(line)
    new = walk.folder / "new-rules"
    assert {
        str(path.relative_to(new)): path.read_text(encoding="utf-8") for path in new.rglob("*.*")
    } == written()
    walk.press(page, "Publish this text")
    walk.press(page, "Schemes", "link")
    page.get_by_role("link", name="Versions", exact=False).first.click()
    walk.look(page)
    walk.end(15)

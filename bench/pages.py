"""`python -m bench.pages`: what a page of a wide form weighs on a phone, how soon it is painted on 3G, what it costs the server."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import Browser, Page, sync_playwright

from bench.clients import HOST
from bench.forms import Form
from bench.nested import nested_answers, nested_form
from bench.page_times import Taken, page_times
from bench.servers import Server, ours
from bench.sites import make
from bench.wide import wide_answers, wide_form
from engine.language import Bundle, load_scheme
from engine.language.model import Field
from tests.fixtures.requirements import CHROMIUM_FLAGS, chromium_path

FIRST_LOAD, LATER_LOAD = 100_000, 15_000  # octets over the wire
MOST_WORK = 40  # milliseconds 95 pages of 100 stay under
# A slow 3G line, as the developer tools of browsers have it: octets a second, milliseconds there and back.
SLOW = {"offline": False, "downloadThroughput": 62_500, "uploadThroughput": 62_500, "latency": 400}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


@dataclass
class Wire:
    """What came over the wire since it was last asked: as the server sends it, and as it is once compressed."""

    page: Page
    octets: int = 0
    names: dict[str, str] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    def begun(self, event: dict[str, Any]) -> None:
        """An answer begins: its address."""
        self.names[event["requestId"]] = event["response"]["url"]

    def finished(self, event: dict[str, Any]) -> None:
        """An answer has come; one of the cache weighs nothing."""
        if event["encodedDataLength"] > 0:
            self.octets += int(event["encodedDataLength"])
            self.fetched.append(self.names.get(event["requestId"], ""))

    def taken(self) -> Weight:
        """Until now; counting begins again. The bodies are fetched once more, beside the page."""
        bodies = (self.page.request.get(url).body() for url in self.fetched if url)
        found = Weight(self.octets, sum(len(gzip.compress(body)) for body in bodies), len(self.fetched))
        self.octets, self.fetched = 0, []
        return found


@dataclass(frozen=True, slots=True)
class Weight:
    """Octets as sent, octets of the bodies compressed by a server before ours, how many answers."""

    sent: int
    compressed: int
    answers: int


@contextmanager
def phone(browser: Browser, *, slow: bool) -> Iterator[tuple[Page, Wire]]:
    """A page of a phone with an empty cache, and what it fetches; on a slow line if wanted."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    page = context.new_page()
    wire = Wire(page)
    page.set_default_timeout(60_000)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW)
    session.on("Network.responseReceived", wire.begun)
    session.on("Network.loadingFinished", wire.finished)
    yield page, wire
    context.close()


def begin(page: Page, address: str, slug: str) -> None:
    """Begin an application; the first page of questions is not opened yet."""
    page.goto(f"{address}/aides/{slug}")
    page.fill("main [name=email]", "mesure@fictif.example")
    page.locator("main form button").first.click()
    page.wait_for_url("**/demandes/**")


def weights(browser: Browser, address: str, slug: str) -> dict[str, Weight]:
    """Octets and answers: of the first page with nothing in the cache, of the first page of questions, of the next ones."""
    found = {}
    with phone(browser, slow=False) as (page, wire):
        page.goto(f"{address}/aides/{slug}", wait_until="networkidle")
        found["first page"] = wire.taken()
        begin(page, address, slug)
        wire.octets, wire.fetched = 0, []
        page.goto(f"{page.url.rstrip('/')}/page_0", wait_until="networkidle")
        found["first page of questions"] = wire.taken()
        page.reload(wait_until="networkidle")
        found["a page after"] = wire.taken()
    return found


def painted(browser: Browser, address: str, slug: str) -> dict[str, float]:
    """Milliseconds until something is painted on a slow line: of the scheme's page, and of the first page of questions."""
    with phone(browser, slow=True) as (page, _):
        page.goto(f"{address}/aides/{slug}")
        first = float(page.evaluate(PAINT))
        begin(page, address, slug)
        page.goto(f"{page.url.rstrip('/')}/page_0")
        return {"the scheme's page": first, "a page of questions": float(page.evaluate(PAINT))}


@click.command()
@click.option("--rounds", type=click.IntRange(1), default=50, show_default=True)
def main(rounds: int) -> None:
    """Print what a page weighs, when it is painted, what it costs; nothing is asserted."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        make(data := Path(folder) / "wide", Form("wide-form", _written(folder, "wide-form", wide_form()), ()))
        with ours(data) as server:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_FLAGS))
            address = f"http://{HOST}:{server.port}"
            weighed = weights(browser, address, "wide-form")
            paints = painted(browser, address, "wide-form")
            browser.close()
            times = [*_times(server, wide_form(), wide_answers, rounds, ("page_0", "table", "rows"))]
        make(
            nested := Path(folder) / "nested",
            Form("nested-form", _written(folder, "nested-form", nested_form()), ()),
        )
        with ours(nested) as server:
            times += _times(server, nested_form(), lambda fields: nested_answers(), rounds, ("projects",))
    for name, one in weighed.items():
        told = f"{one.compressed / 1000:.1f} kB compressed ({one.sent / 1000:.1f} as sent)"
        click.echo(f"{name}: {told} in {one.answers} answers")
    for name, moment in paints.items():
        click.echo(f"painted on slow 3G, {name}: {moment:.0f} ms")
    for one in times:
        click.echo(
            f"{one.page}: p95 {one.p95:.1f} ms on one process, goal {MOST_WORK}; processor {one.work:.1f} ms"
        )
    whole = weighed["first page"].compressed + weighed["first page of questions"].compressed
    click.echo(f"goal: {FIRST_LOAD / 1000:.0f} kB at first: {_word(whole, FIRST_LOAD)}")
    click.echo(
        f"goal: {LATER_LOAD / 1000:.0f} kB after: {_word(weighed['a page after'].compressed, LATER_LOAD)}"
    )
    click.echo(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def _written(folder: str, name: str, text: str) -> Path:
    path = Path(folder) / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _times(
    server: Server,
    text: str,
    answers: Callable[[Mapping[str, Field]], dict[str, Any]],
    rounds: int,
    only: tuple[str, ...],
) -> Iterator[Taken]:
    scheme = load_scheme(Bundle({"scheme.yaml": text}))
    return page_times(server, scheme, answers(scheme.fields), rounds, only=only)


def _word(octets: int, most: int) -> str:
    return "met" if octets <= most else "NOT met"


if __name__ == "__main__":
    main()

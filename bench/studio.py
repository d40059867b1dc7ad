"""`python -m bench.studio`: how soon the studio underlines a mistake in a scheme of 300 fields, in a real browser."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from statistics import median

import click
from playwright.sync_api import Page, sync_playwright

from bench.check import FIELDS, scheme
from bench.clients import HOST
from bench.servers import Server, ours
from bench.sites import ORGANISATION
from dossiers import office, settings
from dossiers.access import Viewer
from dossiers.services import accounts, drafts
from dossiers.services.desk import Desk
from guichet.site import prepare
from tests.fixtures.requirements import CHROMIUM_FLAGS, chromium_path

ENOUGH = 300  # milliseconds from the end of the pause to the underline
WHO = Viewer("staff", name="Bench", administrator=True)
MEASURES = "performance.getEntriesByName('studio:feedback').map(one => one.duration)"


def make(data: Path) -> str:
    """A site with the scheme as a draft, and an administrator's session."""
    settings.write(data, {"site": {}, "organisation": ORGANISATION})
    prepare(data)
    opened = office.build(settings.Settings.load(data))
    desk = Desk(opened)
    desk.act(drafts.start, WHO, {"scheme.yaml": scheme()}, "bench")
    password = "un mot de passe fictif"
    desk.act(accounts.add, email="bench@office.example", name="Bench", password=password, administrator=True)
    token = desk.act(accounts.sign_in, "bench@office.example", password).session.token
    opened.database.close()
    return str(token)


def typed(page: Page, rounds: int) -> list[float]:
    """Type a mistake and take it back, over and over; the milliseconds of each answer, the pause of 150 not counted."""
    page.locator("#editing").focus()
    page.keyboard.press("Control+End")
    for number in range(rounds):
        page.keyboard.type(f"mistake_{number}: 1" if number % 2 == 0 else " # more")
        page.wait_for_selector("#found-status[data-depth=quick], #found-status[data-depth=deep]")
        page.wait_for_selector("#found-status[data-depth=deep]")
        if number % 2:
            page.keyboard.press("Enter")
            page.keyboard.press("Home")
    return [float(one) for one in page.evaluate(MEASURES)]


def worked(page: Page, server: Server, rounds: int) -> float:
    """Milliseconds of the server's processor for one quick check: what is left of an answer on a machine that does nothing else."""
    csrf = page.locator("#studio").get_attribute("data-csrf") or ""
    began = server.work()
    for number in range(rounds):
        form = {"csrf_token": csrf, "_depth": "quick", "text:scheme.yaml": f"{scheme()}\nagain_{number}: 1\n"}
        answer = page.request.post(f"{page.url}/controle", form=form, headers={"Referer": page.url})
        assert answer.ok, answer.status
    return 1000 * (server.work() - began) / rounds


@click.command()
@click.option("--rounds", type=click.IntRange(2), default=20, show_default=True)
def main(rounds: int) -> None:
    """Print the time from the end of the pause in typing to the underline; nothing is asserted."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder)
        token = make(data)
        with ours(data) as server:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_FLAGS))
            page = browser.new_page()
            address = f"http://{HOST}:{server.port}"
            page.context.add_cookies(
                [{"name": "guichet_office", "value": token, "domain": HOST, "path": "/bureau"}]
            )
            page.goto(f"{address}/bureau/dispositifs/large/atelier")
            page.wait_for_selector("#found-status[data-depth=deep]")
            times = sorted(typed(page, rounds)[1:])  # the first one is the page's opening
            work = worked(page, server, rounds)
            browser.close()
    slowest = times[round(len(times) * 0.95) - 1]
    click.echo(
        f"{FIELDS} fields, {len(times)} answers: median {median(times):.0f} ms, 95 % under {slowest:.0f} ms"
    )
    click.echo(f"processor time of the server for one answer: {work:.0f} ms")
    click.echo(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    click.echo(f"goal: {ENOUGH} ms: {'met' if slowest <= ENOUGH else 'NOT met'}")


if __name__ == "__main__":
    main()

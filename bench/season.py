"""`python -m bench.season`: a whole season through HTTP, in a rehearsal: people apply day by day as they did in spring 2020, ten
agents treat what comes, two months go by, and the accounts must come out even."""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

import click

from bench import forms, servers, sites
from bench.browser import Browser
from bench.clients import HOST
from bench.ledger import Ledger
from bench.reckoning import left_to_do, reckon
from bench.season_agents import Agent, Caseworker, Head, Payer
from bench.season_applicants import Applicant
from dossiers import office, settings
from dossiers.services import accounts
from dossiers.services.desk import Desk
from guichet.rehearsal.opening import Asked, open_rehearsal

OPENS = date(2020, 5, 5)
DAYS = 62
# Over 3 000 in six weeks, 1 340 of them in the first six days; nothing after the closing day.
RUSH, RUSH_DAYS, CAMPAIGN_DAYS = 0.44, 6, 43
AT_ONCE = 4  # applicants
TEAM = (("instructor", 6, Caseworker), ("supervisor", 2, Head), ("accountant", 2, Payer))
PASSWORD = "un mot de passe de mesure"
BASE = "http://127.0.0.1:8001"


@dataclass
class Season:
    """The site, its ledger, who applied and who works there."""

    port: int
    random: Random
    ledger: Ledger = field(default_factory=Ledger)
    applicants: list[Applicant] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    timings: list[tuple[str, float]] = field(default_factory=list)

    def browser(self) -> Browser:
        """A new visitor, whose requests are timed with all the others."""
        return Browser(HOST, self.port, timings=self.timings)


@click.command()
@click.option("--count", type=click.IntRange(10), default=3000, show_default=True, help="Applications.")
@click.option("--days", type=click.IntRange(1), default=DAYS, show_default=True)
@click.option("--seed", default=74, show_default=True)
@click.option("--scratch", type=click.Path(path_type=Path), help="Where to work.")
def main(count: int, days: int, seed: int, scratch: Path | None) -> None:
    """Play the season, then reckon; the status is 1 when anything is missing, doubled or doesn't add up."""
    with tempfile.TemporaryDirectory(prefix="guichet-bench-", dir=scratch) as name:
        folder = rehearsal(Path(name) / "site")
        began = time.monotonic()
        with servers.ours(folder) as server, servers.worker(folder):
            season = Season(server.port, Random(seed))
            administrator = hire(folder, season)
            play(season, administrator, count, days)
            settle(folder)
        click.echo(f"\nPlayed in {time.monotonic() - began:.0f} s.\n{by_route(season.timings)}")
        wrong = reckon(folder, season.ledger, click.echo)
    sys.exit(1 if wrong else 0)


def rehearsal(data: Path) -> Path:
    """A rehearsal of a site where the grant is published, on the day it opens; its folder."""
    sites.make(data, forms.grant())
    return open_rehearsal(data, Asked((), BASE, OPENS)).folder


def hire(folder: Path, season: Season) -> Browser:
    """Ten agents by role, signed in, and the administrator who moves the clock."""
    opened = office.build(settings.Settings.load(folder))
    desk = Desk(opened)
    for role, count, kind in TEAM:
        for number in range(count):
            email = f"{role}-{number}@fictif.example"
            desk.act(accounts.add, email=email, name=f"{role} {number} (fictif)", password=PASSWORD, roles={forms.GRANT: [role]})  # fmt: skip
            browser = signed_in(season.browser(), email)
            season.agents.append(kind(browser, season.ledger, Random(season.random.random()), forms.GRANT))
    desk.act(accounts.add, email="chef@fictif.example", name="Administration (fictif)", password=PASSWORD, administrator=True)  # fmt: skip
    opened.database.close()
    return signed_in(season.browser(), "chef@fictif.example")


def signed_in(browser: Browser, email: str) -> Browser:
    """The browser of somebody who signed in; its connection is opened anew for each day's work."""
    browser.get("/bureau/connexion")
    browser.post({"email": email, "password": PASSWORD}, action="/connexion")
    browser.close()
    return browser


def play(season: Season, administrator: Browser, count: int, days: int) -> None:
    """Day after day: who applies, who answers or gives up, what the agents do; then the clock. A line is told of each."""
    people = forms.grant(people=count)
    arrivals = arrivals_by_day(count)
    with ThreadPoolExecutor(len(season.agents)) as pool:
        for day in range(days):
            began, acts, asked = time.monotonic(), season.ledger.total(), len(season.timings)
            coming = [
                Applicant(season.browser(), season.ledger, Random(season.random.random()), people)
                for _ in range(arrivals[day] if day < len(arrivals) else 0)
            ]
            in_turns(pool, [one.apply for one in coming], AT_ONCE)
            season.applicants += coming
            in_turns(pool, [one.look for one in season.applicants if one.is_awaited], AT_ONCE)
            list(pool.map(lambda agent: agent.work(), season.agents))
            with closing(administrator) as browser:
                browser.get("/bureau/repetition")
                browser.post({"days": "1"}, action="/repetition/jour")
            seconds, requests = time.monotonic() - began, len(season.timings) - asked
            acted = season.ledger.total() - acts
            click.echo(f"day {day + 1:2}: {len(coming):3} applied, {acted:4} acts, {requests:5} requests, {seconds:5.0f} s")  # fmt: skip


def arrivals_by_day(count: int) -> list[int]:
    """How many apply on each day: the rush, then fewer and fewer; exactly `count` in all."""
    later = [1 / (day + 1) for day in range(CAMPAIGN_DAYS - RUSH_DAYS)]
    weights = [RUSH / RUSH_DAYS] * RUSH_DAYS + [(1 - RUSH) * one / sum(later) for one in later]
    due, found = 0.0, list[int]()
    for weight in weights:
        due += weight * count
        found.append(round(due) - sum(found))
    return found


def in_turns(pool: ThreadPoolExecutor, tasks: Sequence[object], at_once: int) -> None:
    """Do all the tasks, so many at a time; the first failure is raised."""
    gate = threading.Semaphore(at_once)
    for done in [pool.submit(partial(_through, gate, task)) for task in tasks]:
        done.result()


def _through(gate: threading.Semaphore, task: object) -> None:
    with gate:
        task()  # type: ignore[operator]


@contextmanager
def closing(browser: Browser) -> Iterator[Browser]:
    """A browser whose connection doesn't outlive what is done with it."""
    try:
        yield browser
    finally:
        browser.close()


def by_route(timings: Sequence[tuple[str, float]]) -> str:
    """How often each kind of page was asked for and how long it took, those that took longest in all first."""
    times, seconds = Counter[str](), Counter[str]()
    for route, taken in timings:
        times[route] += 1
        seconds[route] += taken
    lines = [f"{times[one]:8} {taken:8.0f} s {taken / times[one] * 1000:7.0f} ms  {one}" for one, taken in seconds.most_common()]  # fmt: skip
    return "\n".join(["   times   in all    each  request", *lines])


def settle(folder: Path, patience: float = 900) -> None:
    """Wait until the worker has nothing left to do."""
    until = time.monotonic() + patience
    while left := left_to_do(folder):
        if time.monotonic() > until:
            raise AssertionError(f"the worker still has {left} jobs to do after {patience:.0f} s")
        time.sleep(1)


if __name__ == "__main__":
    main()

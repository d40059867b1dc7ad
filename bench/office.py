"""`python -m bench.office`: lists, search and dossier pages of the back office beside few and beside many stored dossiers."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median, quantiles
from urllib.parse import quote_plus

import click

from bench import flush, forms, postgres, report, servers, sites, stored
from bench.browser import Browser
from bench.clients import HOST, apply_some
from bench.goals import Goal
from dossiers import office, settings
from dossiers.services import accounts
from dossiers.services.desk import Desk
from guichet.demo.people import FIRST_NAMES, LAST_NAMES

DATABASES = ("sqlite", "postgresql")
FEW, MANY = 10_000, 100_000
SLOWEST = 100  # p95 of a page in milliseconds, on PostgreSQL
MOST_GROWN = 0.20  # of the median, from few to many
CLERK, PASSWORD = "mairie@fictif.example", "un mot de passe de mesure"
WARM_UP = 2  # rounds that aren't counted
OPEN_DOSSIERS = r"/bureau/[^\"?/]+/[A-Za-z0-9_-]{20,}\?[^\"]*"
NEXT_PAGE = r"[^\"]*[?&;]apres=[^\"]*"
SLUG = forms.SMALL
FREQUENT = "search, two frequent names"


@dataclass
class Timed:
    """One kind of page: the seconds each took, by side."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def p95(self, side: str) -> float:
        """In milliseconds."""
        return quantiles(self.seconds[side], n=100, method="inclusive")[94] * 1000

    def p50(self, side: str) -> float:
        """In milliseconds."""
        return median(self.seconds[side]) * 1000


@click.command()
@click.option("--database", "databases", type=click.Choice(DATABASES), multiple=True, default=DATABASES)
@click.option("--few", type=click.IntRange(1), default=FEW, show_default=True)
@click.option("--many", type=click.IntRange(1), default=MANY, show_default=True)
@click.option("--rounds", type=click.IntRange(5), default=40, show_default=True, help="Of every page.")
@click.option("--scratch", type=click.Path(path_type=Path), help="Where to work.")
def main(databases: tuple[str, ...], few: int, many: int, rounds: int, scratch: Path | None) -> None:
    """Measure both in turn, print, and end with status 1 when a goal is not met."""
    met = True
    with tempfile.TemporaryDirectory(prefix="guichet-bench-", dir=scratch) as name, ExitStack() as stack:
        folder = Path(name)
        click.echo(report.machine(flush.flush_times(folder)))
        socket = stack.enter_context(postgres.cluster(folder)) if "postgresql" in databases else ""
        for database in databases:
            sides = {f"{count}": count for count in (few, many)}
            with ExitStack() as running:
                agents = {
                    side: running.enter_context(_office(folder, database, socket, count))
                    for side, count in sides.items()
                }
                found = measured(agents, rounds)
            click.echo(table(f"Back office, {database}, one client", found))
            goals = list(goals_of(found, *sides, held=database == "postgresql"))
            click.echo(report.verdict(goals))
            met = met and all(goal.is_met for goal in goals)
    sys.exit(0 if met else 1)


@contextmanager
def _office(folder: Path, database: str, socket: str, count: int) -> Iterator[Browser]:
    """A site with so many stored dossiers, and a clerk who has signed in."""
    data = folder / f"{database}_{count}"
    form = forms.small()
    url = (
        postgres.create_database(socket, f"office_{count}")
        if socket and database == "postgresql"
        else f"sqlite:///{folder / database}_{count}.db"
    )
    url = sites.make(data, form, url)
    _hire(data)
    with servers.ours(data) as server:
        [public_id] = apply_some(server.port, form, 1)
        with click.progressbar(length=count, label=f"Storing {count} dossiers") as bar:
            stored.fill(url, public_id, count, bar.update)
        browser = Browser(HOST, server.port)
        browser.get("/bureau/connexion")
        browser.post({"email": CLERK, "password": PASSWORD}, action="/connexion")
        browser.close()  # the next request opens another connection: this one would rest too long
        yield browser
        browser.close()


def _hire(data: Path) -> None:
    opened = office.build(settings.Settings.load(data))
    hired = {"email": CLERK, "name": "Mairie (fictif)", "password": PASSWORD, "roles": {SLUG: ["clerk"]}}
    Desk(opened).act(accounts.add, **hired)
    opened.database.close()


def measured(agents: dict[str, Browser], rounds: int) -> dict[str, Timed]:
    """The pages of both offices, in turn, by kind of page."""
    found: dict[str, Timed] = {}
    for number in range(rounds + WARM_UP):
        for side in list(agents)[:: -1 if number % 2 else 1]:
            for kind, seconds in visit(agents[side], Random(number)):
                if number >= WARM_UP:
                    found.setdefault(kind, Timed()).seconds.setdefault(side, []).append(seconds)
    return found


def visit(agent: Browser, random: Random) -> Iterator[tuple[str, float]]:
    """What an agent opens on a round, and how long each took (the last request alone)."""
    inbox = f"/bureau/{SLUG}/"
    name = random.choice(LAST_NAMES)
    first = random.choice(FIRST_NAMES)
    number = f"PAR-S-{random.randrange(1, FEW):06}"
    asked = {
        "the schemes": "/bureau/",
        "list": inbox,
        "list, expected of me": f"{inbox}?pour=moi",
        "list, one state": f"{inbox}?etat=granted",
        "list, an amount from 600 to 700": f"{inbox}?r-income-de=600&r-income-a=700",
        "list, with a column": f"{inbox}?colonne=income",
        "search, a last name": f"{inbox}?q={quote_plus(name)}",
        "search, first and last name": f"{inbox}?q={quote_plus(f'{first} {stored.RARE_NAME}')}",
        FREQUENT: f"{inbox}?q={quote_plus(f'{first} {name}')}",
        "search, a word all have": f"{inbox}?q=fictif",
        "search, a reference": f"{inbox}?q={number}",
    }
    for kind, url in asked.items():
        agent.get(url)
        yield kind, agent.timings[-1][1]
    agent.get(inbox)
    for _ in range(3):
        agent.get(_unescaped(random.choice(agent.links(NEXT_PAGE))))
    yield "list, some pages on", agent.timings[-1][1]
    agent.get(_unescaped(random.choice(agent.links(OPEN_DOSSIERS))))
    yield "a dossier", agent.timings[-1][1]
    agent.timings.clear()


def _unescaped(url: str) -> str:
    return re.sub("&amp;", "&", url)


def goals_of(found: dict[str, Timed], few: str, many: str, *, held: bool) -> Iterator[Goal]:
    """What each page is held to: its p95 where `held`, and how little it grows. A page of two frequent names shows about ten
    dossiers of the few and fifty of the many: its times are printed, and not compared."""
    for kind, timed in found.items():
        if held:
            slowest = max(timed.p95(few), timed.p95(many))
            yield Goal(f"{kind}: p95 {slowest:.0f} ms (under {SLOWEST})", slowest < SLOWEST)
        if kind == FREQUENT:
            continue
        ratio = timed.p50(many) / timed.p50(few)
        sentence = (
            f"{kind}: {ratio:.0%} of the time, {many} stored against {few} (at most {1 + MOST_GROWN:.0%})"
        )
        yield Goal(sentence, ratio <= 1 + MOST_GROWN)


def table(title: str, found: dict[str, Timed]) -> str:
    """Median and slowest twentieth of each page, by side."""
    sides = list(next(iter(found.values())).seconds)
    heads = "".join(f"{side + ' p50':>14}{'p95 ms':>9}" for side in sides)
    lines = [f"\n{title:<36}{heads}"]
    for kind, timed in found.items():
        figures = "".join(f"{timed.p50(side):>14.1f}{timed.p95(side):>9.1f}" for side in sides)
        lines.append(f"  {kind:<34}{figures}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

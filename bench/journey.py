"""`python -m bench.journey`: complete applications over HTTP against one web process, ours and the floor in turn."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from bench import flush, forms, goals, postgres, report, servers, sites, stored, written
from bench.clients import apply_some
from bench.forms import Form
from bench.goals import Figures, Goal
from bench.rounds import in_turn

CLIENTS = (1, 4)
DATABASES = ("sqlite", "postgresql")


@dataclass
class Run:
    """One run: where it works, how long it measures, and the goals seen so far."""

    folder: Path
    rounds: int
    seconds: float
    socket: str | None = None
    goals: list[Goal] = field(default_factory=list)

    def database_url(self, database: str, name: str) -> str:
        """A new, empty database."""
        if database == "sqlite":
            return f"sqlite:///{self.folder / name}.db"
        assert self.socket is not None
        return postgres.create_database(self.socket, name)

    def held_to(self, found: list[Goal]) -> None:
        """Print goals and remember them."""
        click.echo(report.verdict(found))
        self.goals += found


@click.command()
@click.option("--quick", is_flag=True, help="One short round: under a minute.")
@click.option("--database", "databases", type=click.Choice(DATABASES), multiple=True, default=DATABASES)
@click.option("--rounds", type=click.IntRange(1), default=4, show_default=True)
@click.option(
    "--seconds", type=click.FloatRange(1), default=6, show_default=True, help="Of one round of one server."
)
@click.option(
    "--stored", "count", type=click.IntRange(0), default=0, help="Beside so many dossiers stored already."
)
@click.option("--form", type=click.Choice(("small", "grant")), default="small", show_default=True)
@click.option("--pages", is_flag=True, help="Print the times of each kind of request too.")
@click.option(
    "--scratch", type=click.Path(path_type=Path), help="Where to work: a folder on the disk to measure."
)
def main(
    quick: bool,
    databases: tuple[str, ...],
    rounds: int,
    seconds: float,
    count: int,
    form: str,
    pages: bool,
    scratch: Path | None,
) -> None:
    """Measure, print, and end with status 1 when a goal is not met."""
    with tempfile.TemporaryDirectory(prefix="guichet-bench-", dir=scratch) as folder, ExitStack() as stack:
        run = Run(Path(folder), 1 if quick else rounds, 2.5 if quick else seconds)
        click.echo(report.machine(flush.flush_times(run.folder)))
        if "postgresql" in databases:
            run.socket = stack.enter_context(postgres.cluster(run.folder))
        for database in databases:
            if form == "small":
                measure_small(run, database, pages)
            if count:
                measure_stored(run, database, count)
            if form == "grant" or not quick:
                measure_grant(run, database, pages)
    sys.exit(0 if all(goal.is_met for goal in run.goals) else 1)


def measure_small(run: Run, database: str, pages: bool) -> None:
    """The small form, ours beside the floor, and how soon `serve` answers."""
    form = forms.small()
    url = run.database_url(database, f"floor_{database}")
    with (
        _site(run, database, form, "ours") as (ours, ours_url),
        servers.floor(url, run.folder / "floor.log") as floor,
    ):
        found = _figures(run, form, {"ours": ours, "floor": floor}, {"ours": ours_url, "floor": url})
    click.echo(report.figures(f"Small form, {database}", found))
    click.echo(report.written({name: one.written for name, one in found.items() if one.written}))
    if pages:
        click.echo(report.pages("ours, one client", found["ours"].loads[1]))
    with servers.ours(run.folder / f"ours_{database}", worker=True) as serve:
        run.held_to([*goals.speed_goals(found["ours"], found["floor"]), goals.start_goal(serve.ready_after)])


def measure_stored(run: Run, database: str, count: int) -> None:
    """The small form, beside nothing and beside many dossiers."""
    form = forms.small()
    with (
        _site(run, database, form, "empty") as (empty, _),
        _site(run, database, form, "filled") as (filled, url),
    ):
        [public_id] = apply_some(filled.port, form, 1)
        with click.progressbar(length=count, label=f"Storing {count} dossiers") as bar:
            stored.fill(url, public_id, count, bar.update)
        found = _figures(run, form, {"empty": empty, "filled": filled}, {})
    click.echo(report.figures(f"Small form beside {count} dossiers, {database}", found))
    run.held_to([goals.stored_goal(found["empty"].loads[4], found["filled"].loads[4], count)])


def measure_grant(run: Run, database: str, pages: bool) -> None:
    """The Haute-Savoie form: six pages, two documents, an IBAN sealed. No goal, its figures only."""
    form = forms.grant()
    with _site(run, database, form, "grant") as (server, url):
        found = _figures(run, form, {"ours": server}, {"ours": url})
    click.echo(report.figures(f"Haute-Savoie form, {database}", found))
    click.echo(report.written({name: one.written for name, one in found.items() if one.written}))
    if pages:
        click.echo(report.pages("Haute-Savoie form, one client", found["ours"].loads[1]))


@contextmanager
def _site(run: Run, database: str, form: Form, name: str) -> Iterator[tuple[servers.Server, str]]:
    """A new site with its web process, and the address of its database."""
    data = run.folder / f"{name}_{database}"
    url = sites.make(data, form, run.database_url(database, f"{name}_{database}"))
    with servers.ours(data) as server:
        yield server, url


def _figures(
    run: Run, form: Form, running: dict[str, servers.Server], urls: dict[str, str]
) -> dict[str, Figures]:
    """Drive the servers in turn with each number of clients; count what they write where an address is given."""
    loads = {
        clients: in_turn(running, form, clients, rounds=run.rounds, seconds=run.seconds)
        for clients in CLIENTS
    }
    found = {}
    for name, server in running.items():
        theirs = {clients: loads[clients][name] for clients in CLIENTS}
        requests = len(theirs[1].timings) / theirs[1].applications
        rows = written.count(server.port, form, urls[name], requests) if name in urls else None
        found[name] = Figures(theirs, server.memory(), server.ready_after, rows)
    return found


if __name__ == "__main__":
    main()

"""`python -m bench.simulation`: the three versions of the Haute-Savoie rules on 3 000 invented dossiers, from the simulation
to the re-examination, with every figure foretold beside the figure applied.

The simulation's time is told beside that of the same judgement done one dossier after the other.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from sqlalchemy import func, select

from authoring.simulation import Judge, Outcome, Replayed
from dossiers import office as offices
from dossiers.database import Dossier, Filing, Job, VerdictRow, upgrade
from dossiers.services import audit, campaigns, received, reexamination, simulations
from dossiers.services.desk import Desk, Work
from dossiers.settings import Settings
from dossiers.worker import Worker
from engine.language import load_scheme
from engine.organisation import Organisation
from tests.fixtures.databases import Clock
from tests.fixtures.haute_savoie import SLUG, Played, version

WIDENED = date(2020, 7, 6)
COUNT = 3000
SLOWEST = 20.0  # seconds of one simulation of 3 000 dossiers, whatever the machine is doing besides


@contextmanager
def timed(what: str) -> Iterator[list[float]]:
    """Says how long a step takes."""
    spent: list[float] = []
    start = time.perf_counter()
    yield spent
    spent.append(time.perf_counter() - start)
    click.echo(f"{what:<66} {spent[0]:8.2f} s")


def played(folder: Path, count: int, seed: int) -> Played:
    """A site of its own, with the grant played up to the decisions on what the vote left out."""
    url = f"sqlite:///{folder / 'guichet.db'}"
    upgrade(url)
    settings = Settings(
        data=folder,
        database_url=url,
        organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
        keys=folder / "keys.json",
        files=folder / "files",
        outbox=folder / "outbox",
    )
    clock = Clock(datetime(2020, 5, 4, 8, tzinfo=UTC))
    found = Played(Desk(offices.build(settings, clock)), clock)
    with (
        timed(f"{count} dossiers invented and filed by the real services"),
        click.progressbar(length=count, file=sys.stderr) as bar,
    ):
        found.file(count, seed=seed, progress=bar.update)
    with timed("those under way moved to the rules voted on 25 May"):
        found.migrate()
    with timed("those the vote leaves out refused"):
        found.refuse_left_out()
    return found


def one_by_one(work: Work, judge: Judge) -> list[Outcome]:
    """The scalar path: each dossier read, judged and explained alone."""
    outcomes = []
    for _, dossier in received.received(work, SLUG):
        verdict, computed = judge.one(dossier)
        outcomes.append(Outcome.of(verdict, computed.amount))
    return outcomes


def simulated(found: Played) -> tuple[list[Replayed], Decimal]:
    """The widened rules replayed before they are published; the figures printed, both paths compared."""
    flips: list[Replayed] = []
    draft = found.desk.read(simulations.draft, load_scheme(version(3)))
    asked = simulations.Asked(draft, by="home.department")
    with timed("simulation of the widened rules") as together:
        result = found.desk.read(simulations.simulate, asked, flips.append)
    with timed("the same, one dossier after the other, explained") as alone:
        judge = found.desk.read(simulations.judge_of, draft)
        outcomes = found.desk.read(one_by_one, judge)
    same = outcomes == [one.after for one in flips]
    ratio = alone[0] / together[0]
    click.echo(f"same outcomes, dossier by dossier: {same}; the simulation is {ratio:.1f} times as fast")
    whole = result.simulation.whole
    click.echo(
        f"counts {dict(whole.counts)}, cost {whole.cost_before} → {whole.cost_after} (+{whole.difference})"
    )
    for id, flip in result.simulation.by_rule.items():
        click.echo(f"  rule {id:<24} lets in {flip.lets_in}, holds now for {flip.lifted}")
    for value, part in result.simulation.by_dimension.items():
        click.echo(f"  département {value or '?':<4} {part.counts['newly_eligible']:>5} of {part.total}")
    if not same or together[0] > SLOWEST:
        raise SystemExit("the simulation is wrong or slow")
    return flips, whole.difference


def applied(found: Played, flips: list[Replayed], difference: Decimal) -> bool:
    """The same rules published and applied; whether every figure foretold is the figure found."""
    found.publish(3, WIDENED)
    before = {model: count_of(found, model) for model in (Dossier, Filing, VerdictRow)}
    with timed("preview of the re-examination"):
        preview = found.desk.read(reexamination.preview, SLUG)
    chosen = [one for one in flips if one.kind == "newly_eligible" and one.received.state == "refused"]
    found.clock.now += timedelta(hours=1)
    campaign = found.desk.act(
        reexamination.begin,
        found.staff["supervisor"],
        SLUG,
        comment="Règles élargies.",
        expected=preview.newly_eligible,
    )
    with timed(f"{preview.refused} refused dossiers re-examined, one act each"):
        for _ in campaigns.carry_out(found.desk, campaign.id):
            pass
    progress = found.desk.read(campaigns.progress, campaign.id)
    told = count_of(found, Job, Job.kind == "mail", Job.options["text"].as_string() == "re_examined")
    new_verdicts = count_of(found, VerdictRow) - before[VerdictRow]
    Worker(found.desk.office).seal()
    with timed("audit of the whole journal"):
        whole = found.desk.read(audit.verify).whole
    pairs = {
        "refused: preview, judged again": (preview.refused, progress.total),
        "newly eligible: simulation, preview, moved": (
            len(chosen),
            preview.newly_eligible,
            progress.counts["done"],
        ),
        "left alone": (preview.refused - preview.newly_eligible, progress.counts["skipped"]),
        "told by mail; verdicts beside the old ones": (progress.counts["done"], told, new_verdicts),
        "cost: preview, simulation, computed": (
            preview.cost,
            difference,
            _computed(found, campaign.asked_at),
        ),
        "dossiers and filings, none lost": (
            before[Dossier] + before[Filing],
            count_of(found, Dossier) + count_of(found, Filing),
        ),
        "journal verified": (True, whole),
    }
    for what, figures in pairs.items():
        click.echo(f"{what:<46} {' = '.join(str(one) for one in figures)}")
    return all(len(set(figures)) == 1 for figures in pairs.values())


def count_of(found: Played, model: type, *conditions: object) -> int:
    """How many rows there are."""
    with found.desk.office.database.reading() as session:
        return int(session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0)  # type: ignore[arg-type]


def _computed(found: Played, since: datetime) -> Decimal:
    with found.desk.office.database.reading() as session:
        cents = session.scalar(select(func.sum(VerdictRow.amount_cents)).where(VerdictRow.at >= since))
    return Decimal(cents or 0).scaleb(-2)


@click.command()
@click.option("--count", default=COUNT, show_default=True, help="How many dossiers.")
@click.option("--seed", default=74, show_default=True)
def main(count: int, seed: int) -> None:
    """Play, simulate, apply, compare."""
    with tempfile.TemporaryDirectory() as folder:
        found = played(Path(folder), count, seed)
        click.echo(
            f"{found.turned_away} people turned away by the form, {len(found.left_out)} left out by the vote"
        )
        flips, difference = simulated(found)
        ok = applied(found, flips, difference)
        found.desk.office.database.close()
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()

"""`python -m bench.figures`: the page of figures beside many dossiers on PostgreSQL: its p95 through the whole application, how long
what was just done takes to be counted, and a recount of all of it.

Dossiers are invented and stored at once, over three years, with what figures read of them: filing, amounts, decision, groups. The clock
means nothing with other work around: the load is printed beside.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import click
from sqlalchemy import create_engine, func, select, text, update

from bench import bulk, postgres
from bench.exports import opened
from bench.stored import one_seal
from dossiers import journal
from dossiers.database import Dossier, upgrade
from dossiers.database.base import Base
from dossiers.database.connection import driver_url
from dossiers.office import Office
from dossiers.services import accounts, figure_keeping, publication
from dossiers.services.desk import Desk
from dossiers.worker import Worker
from engine.language import Bundle
from guichet.application import create_app
from workflows.lifecycle import SYSTEM

SCHEME = Path(__file__).with_name("figures.yaml")
CHUNK = 5000
DAYS = 1095
PLACES = ("59", "62", "74", "69", "13", "75", "33", "31", "44", "67", "971", "80")
STATES = ("granted",) * 6 + ("refused",) * 2 + ("submitted", "in_review")
PASSWORD = "un mot de passe fictif"
GOAL, FRESH = 0.5, 5.0  # seconds: the page, and how old figures may be
PERIODS = {"a month": 30, "a year": 365, "three years": DAYS}

Rows = dict[str, list[dict[str, Any]]]


def fill(office: Office, count: int, progress: Callable[[int], object]) -> None:
    """Store the dossiers of a published scheme."""
    found = Desk(office).read(publication.current, "counted")
    random, last = Random(7), datetime.now(UTC) - timedelta(days=1)
    engine = create_engine(driver_url(office.settings.database_url))
    seal_id = one_seal(
        engine, count
    )  # entries no seal holds would be waited for, by figures and by the recount
    for begin in range(1, count + 1, CHUNK):
        rows: Rows = {
            name: [] for name in ("dossier", "filing", "amount_step", "group_mark", "journal_entry")
        }
        for number in range(begin, min(begin + CHUNK, count + 1)):
            _add(rows, found, number, last - timedelta(days=random.randrange(DAYS)), random, seal_id)
        with engine.begin() as connection:
            bulk.hasten(connection)
            bulk.insert(connection, rows)
        progress(min(CHUNK, count + 1 - begin))
    with engine.begin() as connection:  # rows were numbered by us: the next one comes after them
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('dossier', 'id'), {count})"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _add(rows: Rows, found: Any, number: int, at: datetime, random: Random, seal_id: int) -> None:
    state, place = random.choice(STATES), random.choice(PLACES)
    is_over = state in ("granted", "refused")
    decided = min(at + timedelta(days=random.randrange(1, 90)), datetime.now(UTC)) if is_over else None
    public_id = f"counted-{number:08}"
    rows["dossier"].append(
        {"id": number, "public_id": public_id, "scheme_id": found.scheme_id, "version_id": found.version_id}
        | {"reference": f"CO-{number:08}", "state": state, "revision": 2, "email": "", "language": "fr"}
        | dict.fromkeys(("created_at", "filed_at", "complete_at"), at)
        | dict.fromkeys(("decided_at", "ended_at"), decided)
        | {"state_since": decided or at, "assigned_to": 1 if state == "in_review" else None}
    )
    answers = {"department": place, "status": random.choice(("worker", "farmer", "retired"))}
    rows["filing"].append(
        {"dossier_id": number, "number": 1, "version_id": found.version_id, "answers": answers}
        | {"filed_at": at, "filed_by": "applicant"}
    )
    rows["group_mark"].append(
        {"dossier_id": number, "group_id": "north" if place in ("59", "62", "80") else "rest"}
    )
    if decided is not None:
        entry = {"stream": f"dossier:{public_id}", "number": 1, "dossier_id": number, "at": decided}
        entry |= {"actor_kind": "staff", "actor_id": "1", "actor_name": "Bench", "action": state[:-2]}
        entry |= {"source": "in_review", "target": state, "previous": journal.GENESIS, "hash": "0" * 64}
        entry["seal_id"] = seal_id
        rows["journal_entry"].append(entry)
    if state == "granted":
        step = {"dossier_id": number, "kind": "granted", "cents": 100_000, "currency": "EUR", "at": decided}
        rows["amount_step"].append(step | {"by": "Bench", "why": "", "key": f"{public_id}/2/granted"})


def _timed(call: Callable[[], Any], times: int) -> tuple[list[float], list[float]]:
    """How long each took by the clock, and how long it kept the processor here (the database's own work is in the first)."""
    clock, processor = [], []
    for _ in range(times):
        began, worked = time.perf_counter(), time.process_time()
        call()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - worked)
    return sorted(clock), sorted(processor)


def _p95(took: list[float]) -> float:
    return took[min(len(took) - 1, int(len(took) * 0.95))]


def pages(office: Office, token: str, times: int) -> bool:
    """Print the p95 of the page for each period and one narrowed; whether all are under the goal."""
    client, today = create_app(office).test_client(), datetime.now(UTC).date()
    client.set_cookie("guichet_office", token, path="/bureau")
    asked = {name: f"depuis={today - timedelta(days=days - 1)}" for name, days in PERIODS.items()}
    asked["three years of one group"] = asked["three years"] + "&groupe=north"
    met = True
    for name, query in asked.items():
        address = f"/bureau/counted/chiffres?{query}"
        answer = client.get(address)
        assert answer.status_code == 200, answer.status
        took, worked = _timed(lambda address=address: client.get(address), times)  # type: ignore[misc]
        met &= _p95(took) < GOAL
        told = (
            f"p50 {took[len(took) // 2]:.3f} s   p95 {_p95(took):.3f} s   processor p95 {_p95(worked):.3f} s"
        )
        click.echo(f"  {name:<26} {told}")
    return met


def fresh(office: Office) -> float:
    """How long the worker takes to count what a thousand acts changed since."""
    query = select(Dossier.id, Dossier.public_id).where(Dossier.state == "submitted").limit(1000)
    with office.database.writing() as session:
        for id, public_id in session.execute(query).all():
            at, stream = office.clock(), f"dossier:{public_id}"
            moved = {"state": "in_review", "state_since": at, "assigned_to": 1}
            session.execute(update(Dossier).where(Dossier.id == id).values(moved))
            journal.record(session, stream=stream, actor=SYSTEM, action="take", at=at, dossier_id=id)
    worker, began = Worker(office), time.perf_counter()
    worker.seal()
    worker.keep_figures()
    return time.perf_counter() - began


def _settle(office: Office) -> None:
    """What PostgreSQL does by itself minutes after a first count: statistics of the sums, and a map of their pages."""
    engine = create_engine(driver_url(office.settings.database_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


@click.command()
@click.option("--count", default=1_000_000, show_default=True, help="How many dossiers.")
@click.option("--times", default=40, show_default=True, help="Pages asked for in each period.")
def command(count: int, times: int) -> None:
    """Fill, count, ask for pages, recount; exit status 1 where a goal is missed or a figure differs."""
    with tempfile.TemporaryDirectory() as name, postgres.cluster(Path(name)) as socket:
        url = postgres.create_database(socket, "figures")
        upgrade(url)
        office = opened(Path(name), url)
        desk = Desk(office)
        bundle = Bundle({"scheme.yaml": SCHEME.read_text(encoding="utf-8")})
        desk.act(publication.publish, bundle, "Sylvie (fictive)")
        email = "tete@fictif.example"
        desk.act(accounts.add, email=email, name="Bench", password=PASSWORD, roles={"counted": ["clerk"]})
        token = desk.act(accounts.sign_in, email, PASSWORD).session.token
        with click.progressbar(length=count, label=f"Storing {count} dossiers") as bar:
            fill(office, count, bar.update)
        began = time.perf_counter()
        worker = Worker(office)
        worker.seal()
        worker.keep_figures()
        click.echo(f"First count: {time.perf_counter() - began:.0f} s")
        _settle(office)
        with office.database.reading() as session:
            cells = session.scalar(select(func.count()).select_from(Base.metadata.tables["figure"]))
        click.echo(f"Sums: {cells}; load {os.getloadavg()[0]:.1f}")
        met = pages(office, token, times)
        after = fresh(office)
        click.echo(f"A thousand acts counted after {after:.2f} s, besides 2 s between two looks")
        wrong = desk.read(figure_keeping.recount)
        click.echo(f"Recount: {len(wrong)} figures differ")
        office.database.close()
    good = met and after + 2 < FRESH and not wrong
    click.echo("Goals met." if good else "A goal is missed.")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    command()

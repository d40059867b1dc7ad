"""`python -m bench.exports`: many dossiers exported, with and without sealed answers: rows a second, and memory at the highest.

Dossiers are invented and stored at once, each sealed as the services do. Each export is made in a process of its own, as the worker
makes it: in one snapshot, into sealed parts. Rates by the processor's own time hold on a machine that does other things.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Connection, create_engine

from bench import bulk, postgres
from dossiers import office as offices
from dossiers.changes.filing import filing_context
from dossiers.changes.sealing import seal_answers
from dossiers.database import upgrade
from dossiers.database.connection import driver_url
from dossiers.office import Office
from dossiers.services import export_making, publication
from dossiers.services.desk import Desk
from dossiers.services.export_parts import Parts
from dossiers.services.export_plans import Asked
from dossiers.settings import Settings
from engine.language import Bundle, Scheme
from engine.organisation import Organisation
from guichet.demo.people import FIRST_NAMES, LAST_NAMES

SCHEME = Path(__file__).with_name("exports.yaml")
CHUNK = 5000  # dossiers a transaction
BEGAN = datetime(2020, 5, 4, 8, tzinfo=UTC)
TEXT = "Depuis la fermeture, mon activité n'a pas repris ; mes charges restent les mêmes. "
# rows a second of the processor, MiB at the highest: what issue and contract ask of CSV
GOALS = {("clear", "csv"): 20_000, ("sealed", "csv"): 6_000}
MOST_MEMORY = 250

Rows = dict[str, list[dict[str, Any]]]


def opened(folder: Path, url: str) -> Office:
    """The office of a folder of the bench."""
    organisation = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
    settings = Settings(
        data=folder,
        database_url=url,
        organisation=organisation,
        keys=folder / "keys.json",
        files=folder / "files",
        outbox=folder / "outbox",
    )
    return offices.build(settings)


def fill(office: Office, count: int, progress: Callable[[int], object]) -> None:
    """Publish the scheme, store the dossiers."""
    bundle = Bundle({"scheme.yaml": SCHEME.read_text(encoding="utf-8")})
    Desk(office).act(publication.publish, bundle, "Sylvie (fictive)")
    found = Desk(office).read(publication.current, "exported")
    random = Random(7)
    engine = create_engine(driver_url(office.settings.database_url))
    for begin in range(1, count + 1, CHUNK):
        numbers = range(begin, min(begin + CHUNK, count + 1))
        with engine.begin() as connection:
            bulk.hasten(connection)
            _store(connection, office, found, numbers, random)
        progress(len(numbers))
    engine.dispose()


def _store(connection: Connection, office: Office, found: Any, numbers: range, random: Random) -> None:
    rows: Rows = {"dossier": [], "filing": [], "amount_step": []}
    for number in numbers:
        _add(rows, office, found, number, random)
    bulk.insert(connection, rows)


def _add(rows: Rows, office: Office, found: Any, number: int, random: Random) -> None:
    at, public_id = BEGAN + timedelta(seconds=20 * number), f"exported-{number:08}"
    is_granted = random.random() < 0.6
    dates = dict.fromkeys(("created_at", "filed_at", "complete_at", "state_since"), at)
    ended = dict.fromkeys(("decided_at", "ended_at"), at + timedelta(days=9) if is_granted else None)
    rows["dossier"].append(
        {"id": number, "public_id": public_id, "scheme_id": found.scheme_id, "version_id": found.version_id}
        | {"reference": f"EX-2020-{number:07}", "state": "granted" if is_granted else "submitted"}
        | {"revision": 2, "email": f"d{number}@fictif.example", "language": "fr", **dates, **ended}
    )
    answers = _answers(found.scheme, number, random)
    row = type("Named", (), {"public_id": public_id})()
    plain, sealed = seal_answers(office.vault, found.scheme, answers, filing_context(row, 1))
    rows["filing"].append(
        {"dossier_id": number, "number": 1, "version_id": found.version_id, "answers": plain}
        | {"sealed": sealed, "filed_at": at, "filed_by": "applicant"}
    )
    if is_granted:
        rows["amount_step"].append(
            {"dossier_id": number, "kind": "granted", "cents": 100_000, "currency": "EUR", "at": at}
            | {"by": "Bench", "why": "", "key": f"{public_id}/2/granted"}
        )


def _answers(scheme: Scheme, number: int, random: Random) -> dict[str, Any]:
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    return {
        "person": {"first_name": first, "last_name": last},
        "home": {"street": f"{number % 200} rue des Essais", "postcode": "74000", "commune": "Annecy"},
        "phone": "+33450000000",
        "status": random.choice(("worker", "farmer", "retired")),
        "household": number % 6 + 1,
        "income": f"{random.randrange(50_000)}.00",
        "rent": f"{random.randrange(900)}.50",
        "tenant": number % 3 == 0,
        "since": f"20{number % 20:02}-05-04",
        "siret": "73282932000074",
        "reasons": ["food", "energy"][: number % 3],
        "told": TEXT * (number % 3),
        "iban": "FR7630006000011234567890189",
        "account_holder": f"{first} {last} (fictif)",
        "health": TEXT,
    }


def measure(folder: Path, url: str, what: str, format: str) -> None:
    """Make one export in this process and print what it took, as JSON."""
    office = opened(folder, url)
    parts = Parts(office.store, "0" * 32)
    began, worked = time.perf_counter(), time.process_time()
    made = Desk(office).read(
        export_making.make, None, "exported", Asked(what, format), parts, lambda done, total: None
    )
    parts.close()
    found = {"rows": made.rows, "seconds": time.perf_counter() - began}
    found |= {"processor": time.process_time() - worked, "bytes": parts.size}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(json.dumps(found))


def runs(folder: Path, url: str, formats: tuple[str, ...]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each export in turn, in a process of its own."""
    for format in formats:
        for what in ("clear", "sealed"):
            command = [sys.executable, "-m", "bench.exports", "--measure", str(folder), url, what, format]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            yield what, format, json.loads(done.stdout)


@contextmanager
def _database(folder: Path, on_postgresql: bool) -> Iterator[str]:
    """The address of an empty database: in the folder, or of a PostgreSQL of its own."""
    if not on_postgresql:
        yield f"sqlite:///{folder / 'guichet.db'}"
        return
    with postgres.cluster(folder) as socket:
        yield postgres.create_database(socket, "exports")


def _held(url: str, count: int, folder: Path, formats: tuple[str, ...]) -> int:
    """Store, export, print; how many goals are missed."""
    upgrade(url)
    office, began = opened(folder, url), time.perf_counter()
    with click.progressbar(length=count, label="stored", file=sys.stderr) as bar:
        fill(office, count, bar.update)
    office.database.close()
    click.echo(
        f"{count} dossiers stored in {time.perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f}"
    )
    click.echo(f"{'':<20}{'rows':>10}{'s':>8}{'rows/s':>10}{'rows/CPU s':>12}{'MiB':>8}{'file MB':>9}")
    missed = 0
    for what, format, found in runs(folder, url, formats):
        rate = found["rows"] / found["processor"]
        click.echo(
            f"{what + ' ' + format:<20}{found['rows']:>10}{found['seconds']:>8.1f}{found['rows'] / found['seconds']:>10.0f}"
            f"{rate:>12.0f}{found['memory']:>8.0f}{found['bytes'] / 1e6:>9.1f}"
        )
        missed += rate < GOALS.get((what, format), 0) or found["memory"] > MOST_MEMORY
    return missed


@click.command()
@click.option("--count", default=100_000, show_default=True, help="Dossiers.")
@click.option("--formats", default="csv", show_default=True, help="csv,xlsx,ods,jsonl,parquet")
@click.option("--postgresql", is_flag=True, help="On a PostgreSQL of its own; on SQLite otherwise.")
@click.option("--measure", "one", nargs=4, hidden=True)
def main(count: int, formats: str, postgresql: bool, one: tuple[str, str, str, str] | None) -> None:
    """Store dossiers, export them, hold the figures to the goals."""
    if one:
        measure(Path(one[0]), *one[1:])
        return
    with tempfile.TemporaryDirectory(prefix="guichet-exports-") as name:
        folder = Path(name)
        with _database(folder, postgresql) as url:
            missed = _held(url, count, folder, tuple(formats.split(",")))
    click.echo("Goals met." if not missed else f"{missed} goals missed.")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

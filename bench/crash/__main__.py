"""Kill workers and web processes at random during batches, then look whether every promise holds.

python -m bench.crash --kills 200
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from bench import postgres
from bench.crash.checks import Check, check
from bench.crash.people import serve, warm, work
from bench.crash.site import LEASE, NOON, QUICK, Place, fork, found
from dossiers.database import Job, JournalEntry
from dossiers.worker import Worker

WORKERS, WEBS = 2, 1
HOURS = timedelta(hours=7)  # longer than any pause before something is tried again
LONGEST_WAIT, MOMENT = 5.0, 0.05  # seconds
PATIENCE = 300.0  # seconds to finish what is left
BODIES = {"worker": work, "web": serve}


def main(arguments: list[str] | None = None) -> int:
    """Run it on each database, print the table; 1 when a promise was broken."""
    asked = _asked(arguments)
    broken = False
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        for name in [asked.url.partition(":")[0]] if asked.url else asked.databases:
            with nullcontext(asked.url) if asked.url else _database(name, Path(folder)) as url:
                data = Path(folder) / f"site-{name}"
                data.mkdir()
                broken |= _play(name, Place(data, url), asked)
    return int(broken)


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="on each database")
    parser.add_argument("--dossiers", type=int, default=40, help="filed before the first kill")
    parser.add_argument("--entries", type=int, default=12, help="of the journal between two kills, at most")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument(
        "--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"]
    )
    parser.add_argument("--url", help="an empty database to use instead of those")
    return parser.parse_args(arguments)


@contextmanager
def _database(name: str, folder: Path) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite:///{folder / 'crash.db'}"
        return
    with postgres.cluster(folder) as socket:
        yield postgres.create_database(socket, "crash")


def _play(name: str, place: Place, asked: argparse.Namespace) -> bool:
    began = time.monotonic()
    found(place, asked.dossiers)
    warm(place)
    killed = _kill(place, asked)
    office = place.open()
    _finish(place)
    checks = check(place, office)
    office.database.close()
    figures = ", ".join(f"{count} {kind}s" for kind, count in killed.items())
    print(f"\n{name}: killed {figures}, in {time.monotonic() - began:.0f} s")
    for one in checks:
        _print(one)
    return any(one.breaches for one in checks)


def _kill(place: Place, asked: argparse.Namespace) -> dict[str, int]:
    """Keep the house busy and kill at random, each one replaced at once; how many of each died."""
    random, killed = Random(asked.seed), dict.fromkeys(BODIES, 0)
    alive = {fork(place, BODIES[kind]): kind for kind in ["worker"] * WORKERS + ["web"] * WEBS}
    try:
        for _ in range(asked.kills):
            _await_work(place, random.randint(1, asked.entries))
            victim = random.choice(sorted(alive))
            kind = alive.pop(victim)
            _end(victim)
            killed[kind] += 1
            alive[fork(place, BODIES[kind])] = kind
    finally:
        for one in alive:
            _end(one)
    return killed


def _await_work(place: Place, entries: int) -> None:
    """Wait until so much more stands in the journal, then a moment more: the kill falls in the middle of something."""
    office, until = place.open(), time.monotonic() + LONGEST_WAIT
    query, first = select(func.max(JournalEntry.id)), None
    while time.monotonic() < until:
        with office.database.reading() as session:
            last = session.scalar(query) or 0
        first = last if first is None else first
        if last >= first + entries:
            break
        time.sleep(0.01)
    office.database.close()  # nothing of ours may be open when the next process is forked
    time.sleep(MOMENT * Random().random())


def _end(process: int) -> None:
    """As if the plug were pulled. Raises RuntimeError when it had ended by itself: it must work until it is killed."""
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"process {process} ended by itself ({status})")


def _finish(place: Place) -> None:
    """Let a worker do what is left, the leases of the dead included; time goes by for what is to be tried again."""
    ahead = [NOON]
    office = place.open(lambda: ahead[0])
    worker, until = Worker(office, runners=QUICK, lease=LEASE), time.monotonic() + PATIENCE
    left = select(Job.key, Job.attempts, Job.error).where(Job.done_at.is_(None), Job.failed_at.is_(None))
    while time.monotonic() < until:
        worker.run_all()
        with office.database.reading() as session:
            rows = session.execute(left).all()
        if not rows:
            break
        print(f"  left to try again: {rows[0]}", file=sys.stderr)
        ahead[0] += HOURS
        time.sleep(0.2)
    office.database.close()


def _print(one: Check) -> None:
    told = "held" if not one.breaches else f"BROKEN {len(one.breaches)} times"
    print(f"  {one.promise:<55} {one.looked_at:>7}  {told}")
    for breach in one.breaches[:5]:
        print(f"      {breach}")


if __name__ == "__main__":
    sys.exit(main())

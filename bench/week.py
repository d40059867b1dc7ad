"""`python -m bench.week`: a week in which a whole campaign is decided and paid. Applications are filed by the real acts,
accepted in one batch, each with its letter; the order goes to a mock bank, its answers are read back, three accounts turn
out to be closed, are given anew and paid; then every euro must be accounted for. The goals are held on PostgreSQL, where
two workers write at once; on SQLite, where one writes at a time, the same week is told beside."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import click
from lxml import etree
from sqlalchemy import func, select

from admin.payment_files import order_of
from authoring.samples import numbers
from bench import flush, postgres, report, servers, sites
from bench.bank import Bank
from bench.forms import Form
from dossiers import access, office, settings
from dossiers.access import Viewer
from dossiers.database import Account, AmountStep, Dossier, Job, PaymentBatch
from dossiers.services import (
    accounts,
    applications,
    bank_files,
    batches,
    ledger,
    payment_batches,
)
from dossiers.services.chosen import Choice
from dossiers.services.desk import Desk
from dossiers.services.views import Saved
from dossiers.services.wanted import Wanted
from renderers import sepa

SLUG = "heating-grant"
PATH = Path(__file__).parent.parent / "examples" / SLUG
STAFF = ("instructor", "supervisor", "accountant", "accountant")
CLOSED = 3
WORKERS = 2
LETTERS_WITHIN, REST_WITHIN = 180.0, 60.0  # seconds, for 1 340 dossiers on two cores
WHOLE = 1340
FILED, RECEIPTS = "filed", "receipts and mails of the deposits"
LETTERS, BANK = "accepted in one batch, with every letter made", "taken by the bank (its own time)"
NOT_COUNTED = (FILED, RECEIPTS, BANK)  # before the week, and the bank's own
REST = "the rest, from the first batch to the last euro"
DATABASES = ("sqlite", "postgresql")
HELD = "postgresql"
PASSWORD = "un mot de passe de mesure"
PATIENCE = 1800.0


@dataclass
class Week:
    """The site at work: its desk, who works there, who applied (account and public id), seconds by step."""

    desk: Desk
    staff: list[Viewer]
    random: Random
    applied: list[tuple[str, str, Viewer]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    bank_paid: int = 0
    worked: Callable[[], float] = float  # seconds of processor the workers have taken

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step of the week, and print it."""
        began, worked = time.perf_counter(), self.worked()
        yield
        took, worked = time.perf_counter() - began, self.worked() - worked
        self.seconds[name] = max(took, self.seconds.get(name, 0.0))
        each = 1000 * took / max(1, len(self.applied))
        click.echo(f"  {name:<52}{took:>8.1f} s{each:>9.1f} ms by application, workers {worked:>6.1f} s")

    def wait(self, *kinds: str) -> None:
        """Until the workers have done all jobs of these kinds, of all kinds when none is named."""
        until = time.monotonic() + PATIENCE
        while self.left(*kinds):
            if time.monotonic() > until:
                raise AssertionError(f"{self.left(*kinds)} jobs left ({', '.join(kinds)})")
            time.sleep(0.2)

    def left(self, *kinds: str) -> int:
        """Jobs neither done nor given up."""
        now = self.desk.office.clock()
        query = select(func.count()).select_from(Job).where(Job.done_at.is_(None), Job.planned_at <= now)
        query = query.where(Job.failed_at.is_(None))
        with self.desk.office.database.reading() as session:
            return int(session.scalar(query.where(Job.kind.in_(kinds)) if kinds else query) or 0)


@click.command()
@click.option("--count", type=click.IntRange(CLOSED + 1), default=WHOLE, show_default=True)
@click.option("--seed", default=74, show_default=True)
@click.option("--database", "databases", type=click.Choice(DATABASES), multiple=True, default=DATABASES)
@click.option("--scratch", type=click.Path(path_type=Path), help="Where to work.")
def main(count: int, seed: int, databases: tuple[str, ...], scratch: Path | None) -> None:
    """Play the week on each database, then reckon; the status is 1 when a euro is missing or a goal is not met."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="guichet-bench-", dir=scratch) as name, ExitStack() as stack:
        folder = Path(name)
        click.echo(report.machine(flush.flush_times(folder)))
        socket = stack.enter_context(postgres.cluster(folder)) if HELD in databases else ""
        for database in databases:
            url = postgres.create_database(socket, "week") if database == HELD else None
            click.echo(f"{database}: {count} applications, {WORKERS} workers")
            found = _wrong(folder / database, url, count, seed, held=database == HELD)
            wrong += [f"{database}: {line}" for line in found]
    for line in wrong:
        click.echo(f"WRONG: {line}")
    sys.exit(1 if wrong else 0)


def _wrong(folder: Path, url: str | None, count: int, seed: int, *, held: bool) -> list[str]:
    """Play a week; every euro missing, and every goal that is not met where it is `held`."""
    sites.make(folder, Form(SLUG, PATH, ()), url)
    week = _open(folder, seed)
    try:
        with _workers(folder) as week.worked:
            played(week, count)
            click.echo(f"  processor of the workers: {week.worked():.0f} s")
        return [*reckoned(week, count), *late(week, count, held=held)]
    finally:
        week.desk.office.database.close()


def played(week: Week, count: int) -> None:
    """Monday to Friday."""
    instructor, supervisor = week.staff[0], week.staff[1]
    with week.step(FILED):
        for number in range(count):
            week.applied.append(file(week, number))
    with week.step(RECEIPTS):
        week.wait()
    with week.step("taken up in one batch"):
        batch(week, instructor, "take", "submitted")
    with week.step(LETTERS):
        batch(week, supervisor, "accept", "in_review")
        week.wait("letter")
    with week.step("mails of the decisions"):
        week.wait()
    day = datetime.now(UTC).date()
    bank = Bank(f"{day.isoformat()}T09:00")
    try:
        for number, (iban, _, _) in enumerate(week.applied[:CLOSED]):
            bank.open(f"CLOSED{number}", iban, behaviour="closed-account")
        pay(week, bank, count)
        with week.step("closed accounts given anew"):
            for number, (_, public_id, viewer) in enumerate(week.applied[:CLOSED]):
                give_account(week, viewer, public_id, number)
        pay(week, bank, CLOSED)
        week.bank_paid = bank.paid()
    finally:
        bank.close()


def file(week: Week, number: int) -> tuple[str, str, Viewer]:
    """Somebody files an application, page by page."""
    iban, email = numbers.iban(week.random), f"personne-{number}@fictif.example"
    started = week.desk.act(applications.start, access.anonymous(), SLUG, email=email, language="fr")
    viewer = Viewer("applicant", email=email, language="fr")
    form = {"person-first_name": ["Ada"], "person-last_name": [f"Fictive {number}"], "iban": [iban]}
    form |= {"price": [str(week.random.randrange(2000, 6000))]}
    saved = week.desk.act(applications.save_page, viewer, started.public_id, "you", form=form)
    assert isinstance(saved, Saved), saved
    week.desk.act(applications.submit, viewer, started.public_id)
    return iban, started.public_id, viewer


def give_account(week: Week, viewer: Viewer, public_id: str, number: int) -> None:
    """The account asked for is given, and nothing else changes."""
    form = {"iban": [numbers.iban(week.random)]}
    week.desk.act(applications.save_page, viewer, public_id, "you", form=form, asked={"iban"})
    week.desk.act(applications.submit, viewer, public_id)


def batch(week: Week, who: Viewer, action: str, state: str) -> None:
    """One action on the whole list of a state."""
    week.desk.act(batches.begin, who, SLUG, action, Choice(Wanted(state=state)))
    week.wait("campaign")


def pay(week: Week, bank: Bank, count: int) -> None:
    """A batch from its preparation to the bank's last word."""
    one, two = week.staff[2:]
    with week.step("payment batch prepared"):
        id = week.desk.act(payment_batches.prepare, one, SLUG)
    with week.step("payment batch validated"):
        week.desk.act(payment_batches.validate, two, SLUG, id)
    with week.step("order made, and valid by its XSD"):
        page = week.desk.act(payment_batches.taken_out, two, SLUG, id, form="pain-09")
        assert len(page.lines) == count, (len(page.lines), count)
        order = order_of(page, "Commune de mesure (fictif)", "fr")
        assert order is not None
        content = sepa.pain(order, "09")
        schema = files("sepaxml").joinpath("schemas", "pain.001.001.09.xsd").read_bytes()
        etree.XMLSchema(etree.fromstring(schema)).assertValid(etree.fromstring(content))
    with week.step(BANK):
        bank.send(content)
        told = bank.letters("pain.002")
        bank.later(5)
        told += bank.letters("camt.054")
    with week.step("answers of the bank read and noted"):
        for one_file in told:
            week.desk.act(bank_files.take, one, SLUG, one_file)
        week.wait("bank_file")


def reckoned(week: Week, count: int) -> list[str]:
    """Every euro: the envelope, the chains, the batches and the bank say the same."""
    with week.desk.office.database.reading() as session:
        sums = dict(
            session.execute(
                select(AmountStep.kind, func.sum(AmountStep.cents)).group_by(AmountStep.kind)
            ).all()
        )
        states = dict(session.execute(select(Dossier.state, func.count()).group_by(Dossier.state)).all())
        closed = session.scalars(select(PaymentBatch.state)).all()
        failed = session.scalar(select(func.count()).select_from(Job).where(Job.failed_at.is_not(None)))
    [envelope] = week.desk.read(ledger.overview, SLUG)[1]
    paid, at_bank = sums.get("paid", 0) - sums.get("returned", 0), week.bank_paid
    click.echo(
        f"  granted {sums.get('granted', 0) / 100:.2f} €, paid {paid / 100:.2f} €, at the bank {at_bank / 100:.2f} €"
    )
    held: dict[str, tuple[object, object]] = {
        "dossiers paid their advance": (states, {"advance_paid": count}),
        "paid, and what left the bank": (paid, at_bank),
        "due, and paid": (sums.get("due"), paid),
        "committed in the envelope, and granted": (int(envelope.committed * 100), sums.get("granted")),
        "paid in the envelope, and paid": (int(envelope.paid * 100), paid),
        "figures that differ from their recount": (week.desk.read(ledger.recount, SLUG), ()),
        "batches over": (sorted(closed), ["paid", "paid"]),
        "jobs given up": (failed, 0),
    }
    return [
        f"{what}: {found} instead of {wanted}" for what, (found, wanted) in held.items() if found != wanted
    ]


def late(week: Week, count: int, *, held: bool) -> list[str]:
    """What took longer than it may, for as many dossiers; nothing where the goals aren't `held`."""
    share, found = count / WHOLE, {**week.seconds}
    letters = found.pop(LETTERS)
    rest = sum(one for name, one in found.items() if name not in NOT_COUNTED)
    limits = {"letters": (letters, LETTERS_WITHIN * share), REST: (rest, REST_WITHIN * share)}
    for name, (one, limit) in limits.items():
        click.echo(
            f"  {name}: {one:.0f} s ({'' if held else 'told only; on PostgreSQL '}within {limit:.0f} s)"
        )
    return [f"{name} took {one:.0f} s" for name, (one, limit) in limits.items() if held and one > limit]


def _open(folder: Path, seed: int) -> Week:
    desk = Desk(office.build(settings.Settings.load(folder)))
    staff = [_hired(desk, role, number) for number, role in enumerate(STAFF)]
    return Week(desk, staff, Random(seed))


def _hired(desk: Desk, role: str, number: int) -> Viewer:
    email = f"{role}-{number}@fictif.example"
    desk.act(accounts.add, email=email, name=f"{role} {number} (fictif)", password=PASSWORD, roles={SLUG: [role]})  # fmt: skip
    return desk.read(_viewer, email)


def _viewer(work: Any, email: str) -> Viewer:
    id = work.session.scalar(select(Account.id).where(Account.email == email))
    return access.staff(work.session, id, "fr")


@contextmanager
def _workers(folder: Path) -> Iterator[Callable[[], float]]:
    """Two workers, each a process of its own; gives the seconds of processor they have taken."""
    command = [sys.executable, "-m", "guichet", "worker", "--data", str(folder)]
    with (folder / "workers.log").open("ab") as log:
        running = [subprocess.Popen(command, stdout=log, stderr=log) for _ in range(WORKERS)]
        try:
            yield lambda: sum(servers.Server(one, 0, 0).work() for one in running)
        finally:
            for one in running:
                one.terminate()
            for one in running:
                one.wait(30)


if __name__ == "__main__":
    main()

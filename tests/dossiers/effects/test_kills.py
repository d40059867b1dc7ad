"""Processes killed at any moment: nothing acknowledged is lost, nothing happens twice."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dossiers import journal
from dossiers.database import AmountStep, Document, Dossier, Filing, Job, JournalEntry, Mail
from dossiers.worker import Worker
from tests.dossiers.effects.mortal import LEASE, POINTS, QUICK

pytestmark = pytest.mark.kill
ROOT = Path(__file__).parents[3]
PATIENCE = 40  # seconds
ROUNDS = 2


def begin(role, office, ledger):
    """Another process at work on the same site."""
    command = [sys.executable, "-m", "tests.dossiers.effects.mortal", role]
    data = [str(office.settings.data), office.settings.database_url, str(ledger)]
    return subprocess.Popen([*command, *data], cwd=ROOT)


def wait_for(condition):
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "nothing happened"
        time.sleep(0.01)


def lines(path):
    return path.read_text().splitlines() if path.exists() else []


def drain(office, runners=None):
    """Work until nothing is left, the leases of the dead included."""
    worker = Worker(office, lease=LEASE, **({"runners": runners} if runners else {}))

    def is_idle():
        worker.run_all()
        with office.database.reading() as session:
            held = (Job.done_at.is_(None), Job.failed_at.is_(None), Job.run_at <= office.clock())
            return session.scalar(select(func.count()).where(*held)) == 0

    wait_for(is_idle)


def leftovers(office):
    """Files of the outbox that are no mail."""
    return [one.name for one in office.settings.outbox.iterdir() if one.suffix != ".eml"]


@pytest.mark.parametrize("point", POINTS)
def test_worker_killed_at_a_point_loses_and_repeats_nothing(site, office, outbox, tmp_path, point):
    site.filed()
    process = begin(point, office, tmp_path / "ledger")
    assert process.wait(PATIENCE) == -9
    drain(office)
    assert [subject for _, subject, _, _ in outbox()] == ["Votre demande PA-2020-0001"]
    assert site.rows(select(Document.origin)) == ["receipt"]
    assert site.rows(select(Mail.state)) == ["sent"]
    assert leftovers(office) == []


def test_processes_killed_at_random_lose_and_repeat_nothing(site, office, outbox, tmp_path):
    ledger, began = tmp_path / "acknowledged", tmp_path / "began"
    for _ in range(ROUNDS):
        began.unlink(missing_ok=True)
        wanted = len(lines(ledger)) + random.randint(2, 4)
        processes = [begin("file", office, ledger), begin("work", office, began)]
        try:
            wait_for(lambda wanted=wanted: len(lines(ledger)) >= wanted and lines(began))
        finally:
            for process in processes:
                process.kill()
                process.wait(PATIENCE)
    drain(office, QUICK)
    acknowledged = lines(ledger)
    rows = site.rows(select(Dossier.public_id, Dossier.reference).where(Dossier.filed_at.is_not(None)))
    assert set(acknowledged) <= {public_id for public_id, _ in rows}
    assert len(acknowledged) >= 2 * ROUNDS
    assert sorted(reference for _, reference in rows) == [f"PA-2020-{n:04}" for n in range(1, len(rows) + 1)]
    subjects = Counter(subject for _, subject, _, _ in outbox())
    assert subjects == Counter(f"Votre demande {reference}" for _, reference in rows)
    assert leftovers(office) == []
    once = [
        select(Filing.dossier_id),
        select(AmountStep.dossier_id),
        select(JournalEntry.dossier_id).where(JournalEntry.action == "submit"),
        select(Job.dossier_id).where(Job.kind == "mail", Job.done_at.is_not(None)),
    ]
    ids = Counter(site.rows(select(Dossier.id).where(Dossier.filed_at.is_not(None))))
    assert [Counter(site.rows(query)) for query in once] == [ids] * 4
    with office.database.snapshot() as session:
        assert journal.verify(session, office.vault) is None

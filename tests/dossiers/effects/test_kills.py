"""Processes killed at any moment: nothing acknowledged is lost, nothing happens twice."""

import random
import time
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from dossiers import journal
from dossiers.database import (
    AmountStep,
    CampaignItem,
    Document,
    Dossier,
    Filing,
    Job,
    JournalEntry,
    Mail,
    Note,
)
from dossiers.services import publication
from dossiers.services.campaign_kinds import KINDS
from dossiers.worker import Worker
from tests.dossiers.effects import mortal
from tests.dossiers.effects.conftest import lodged
from tests.dossiers.effects.mortal import CAMPAIGN_POINTS, LEASE, POINTS, PURGING_POINTS, QUICK
from tests.dossiers.services.campaigning import begun, touch
from tests.dossiers.services.conftest import bundle
from tests.fixtures import mortals

pytestmark = pytest.mark.kill
KEEP = ("privacy: {drafts", "privacy: {keep: 2 years after end, drafts")
PATIENCE = 40  # seconds
ROUNDS = 2


def begin(role, office, ledger):
    """Another process at work on the same site."""
    data = str(office.settings.data), office.settings.database_url, str(ledger)
    return mortals.begin(mortal.main, role, *data)


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
    assert mortals.end_of(process, PATIENCE) == -9
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
                mortals.end_of(process, PATIENCE)
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


@pytest.mark.parametrize("point", PURGING_POINTS)
def test_purge_killed_at_a_point_loses_nothing_else_and_repeats_nothing(
    site, office, outbox, tmp_path, point
):
    site.act(publication.publish, bundle(KEEP), "Sylvie (fictive)")
    old, young = [lodged(site, number) for number in range(2)]
    drain(office, QUICK)
    with office.database.writing() as session:  # the clock of another process stands still: the end goes back
        ended = {"ended_at": office.clock() - timedelta(days=740)}
        session.execute(update(Dossier).where(Dossier.public_id == old).values(ended))
    kept = whole(site, young)
    assert Worker(office).queue_retention() == 1
    process = begin(point, office, tmp_path / "ledger")
    assert mortals.end_of(process, PATIENCE) == -9
    drain(office, QUICK)
    assert whole(site, young) == kept
    assert whole(site, old) == ([{}], [], "", 0)
    assert [to for to, _, _, _ in outbox()] == ["young-1@fictif.example"]
    assert len([path for path in office.settings.files.rglob("*") if path.is_file()]) == 2
    tombstones = select(func.count()).where(
        JournalEntry.action == journal.PURGED, JournalEntry.stream == f"dossier:{old}"
    )
    assert site.rows(tombstones) == [1]
    with office.database.snapshot() as session:
        assert journal.verify(session, office.vault) is None


def whole(site, public_id):
    """What is kept of a dossier: answers, names of files that can be read, address, mails."""
    mine = Dossier.public_id == public_id
    papers = select(Document.name, Document.store_key).join(Dossier, Dossier.id == Document.dossier_id)
    found = site.rows(papers.where(mine, Document.purged_at.is_(None)).order_by(Document.name))
    assert all(site.desk.office.store.get(key) for _, key in found)
    [email] = site.rows(select(Dossier.email).where(mine))
    answers = select(Filing.answers).join(Dossier, Dossier.id == Filing.dossier_id).where(mine)
    [mails] = site.rows(select(func.count()).where(Mail.to == email, Mail.to != ""))
    return site.rows(answers), [name for name, _ in found], email, mails


@pytest.mark.parametrize("point", CAMPAIGN_POINTS)
def test_campaign_killed_at_a_point_skips_nothing_and_repeats_nothing(
    site, office, tmp_path, monkeypatch, point
):
    campaign = begun(site, 3)
    drain_all_but_campaigns(office)
    process = begin(point, office, tmp_path / "ledger")
    assert mortals.end_of(process, PATIENCE) == -9
    monkeypatch.setitem(KINDS, "migration", touch)
    drain(office, QUICK)
    items = select(CampaignItem.state, CampaignItem.result).where(CampaignItem.campaign_id == campaign.id)
    assert site.rows(items) == [("done", {"touched": True})] * 3
    assert site.rows(select(Note.body)) == ["touched"] * 3
    said = select(JournalEntry.action, func.count()).where(
        JournalEntry.action.in_(("touched", "campaign_done"))
    )
    assert dict(site.rows(said.group_by(JournalEntry.action))) == {"touched": 3, "campaign_done": 1}
    with office.database.snapshot() as session:
        assert journal.verify(session, office.vault) is None


def drain_all_but_campaigns(office):
    """The applicants' mails and receipts go first: the process that dies has the campaign in hand."""
    Worker(office, runners=QUICK, kinds=set(QUICK) - {"campaign"}).run_all()

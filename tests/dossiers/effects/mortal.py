"""Processes made to be killed by the tests: applicants who file one application after another, a worker, and a worker
that dies at a chosen point."""

import os
import signal
import uuid
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from dossiers import jobs, journal, office
from dossiers.database import CampaignItem, Dossier
from dossiers.effects import RUNNERS, Done
from dossiers.outside.store import LocalStore
from dossiers.services import campaigns
from dossiers.services.campaign_kinds import KINDS
from dossiers.services.desk import Desk
from dossiers.settings import Settings
from dossiers.worker import PURGING, Worker
from engine.organisation import Organisation
from tests.dossiers.services.campaigning import touch
from tests.dossiers.services.conftest import Clock, Site

LEASE = timedelta(seconds=1)
DONE_ITEMS = select(func.count()).where(CampaignItem.state == "done")
# typesetting is slow and no business of these tests
QUICK = {**RUNNERS, "receipt": lambda job, office: Done()}


def open_site(data: Path, url: str) -> Site:
    """The test's site, opened by another process."""
    settings = Settings(
        data=data,
        database_url=url,
        organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
        keys=data / "keys.json",
        files=data / "files",
        outbox=data / "outbox",
        mail_from="no-reply@office.example",
    )
    clock = Clock()
    return Site(Desk(office.build(settings, clock)), clock)


def file_applications(site: Site, ledger: Path) -> None:
    """File applications for ever; each is written in the ledger once its filing is acknowledged."""
    with ledger.open("a") as lines:
        while True:
            [number] = site.rows(select(func.count()).select_from(Dossier))  # an establishment no other has
            _, public_id = site.filed(f"{uuid.uuid4().hex}@fictif.example", siret=site.siret(number))
            lines.write(f"{public_id}\n")
            lines.flush()
            os.fsync(lines.fileno())


def work(site: Site, ledger: Path) -> None:
    """Work for ever; the ledger only says that it began."""
    worker = Worker(site.desk.office, runners=QUICK, lease=LEASE)
    worker.start()
    ledger.write_text("at work\n")
    signal.pause()


def die(*_arguments: object) -> None:
    """As if the machine's plug were pulled."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_when_claimed(site: Site) -> Worker:
    """Dies with the job in hand, before anything is done."""
    return Worker(site.desk.office, runners=dict.fromkeys(RUNNERS, die), lease=LEASE)


def die_when_done(site: Site) -> Worker:
    """Dies once the effect took place, before it is acknowledged."""

    def run(job, office):
        RUNNERS[job.kind](job, office)
        die()

    return Worker(site.desk.office, runners=dict.fromkeys(RUNNERS, run), lease=LEASE)


def die_when_acknowledging(site: Site) -> Worker:
    """Dies within the transaction that acknowledges the job."""

    def run(job, office):
        outcome = RUNNERS[job.kind](job, office)

        def record(session):
            if outcome.record is not None:
                outcome.record(session)
            session.flush()
            die()

        return Done(record)

    return Worker(site.desk.office, runners=dict.fromkeys(RUNNERS, run), lease=LEASE)


def die_when_queueing(site: Site) -> Worker:
    """Dies between taking a job and knowing it."""
    taken = jobs.claim

    def claim(*arguments):
        taken(*arguments)
        die()

    jobs.claim = claim
    return Worker(site.desk.office, runners=RUNNERS, lease=LEASE)


def die_before_committing(site: Site) -> Worker:
    """Dies within the act that anonymises a dossier, all written and nothing committed."""
    erased = journal.purge

    def purge(*arguments, **named):
        erased(*arguments, **named)
        die()

    journal.purge = purge
    return Worker(site.desk.office, runners=QUICK, lease=LEASE, kinds=PURGING)


def die_once_committed(site: Site) -> Worker:
    """Dies once the dossier is anonymised, before anybody is told."""

    def run(job, office):
        QUICK[job.kind](job, office)
        die()

    return Worker(site.desk.office, runners={**QUICK, "anonymise": run}, lease=LEASE, kinds=PURGING)


def die_between_two_files(site: Site) -> Worker:
    """Dies with one file of the dossier removed and the others there."""
    remove, removed = LocalStore.remove, []

    def once(store, key):
        if removed:
            die()
        removed.append(key)
        remove(store, key)

    LocalStore.remove = once
    return Worker(site.desk.office, runners=QUICK, lease=LEASE, kinds=PURGING)


def die_with_the_dossier_written(site: Site) -> Worker:
    """Dies within a step of a campaign, the dossier written and its item not marked."""
    KINDS["migration"] = lambda *given: (touch(*given), die())
    return Worker(site.desk.office, runners=QUICK, lease=LEASE, kinds=["campaign"])


def die_between_two_dossiers(site: Site) -> Worker:
    """Dies with one dossier of a campaign committed and the next not begun."""
    KINDS["migration"], step = touch, campaigns.step

    def stepped(work, campaign):
        if site.rows(DONE_ITEMS) != [0]:
            die()
        return step(work, campaign)

    campaigns.step = stepped
    return Worker(site.desk.office, runners=QUICK, lease=LEASE, kinds=["campaign"])


def die_before_the_end(site: Site) -> Worker:
    """Dies with every dossier of a campaign done, and nobody told that it is over."""
    KINDS["migration"] = touch
    campaigns._end = die
    return Worker(site.desk.office, runners=QUICK, lease=LEASE, kinds=["campaign"])


CAMPAIGN_POINTS = {
    one.__name__: one for one in (die_with_the_dossier_written, die_between_two_dossiers, die_before_the_end)
}
PURGING_POINTS = {
    one.__name__: one for one in (die_before_committing, die_once_committed, die_between_two_files)
}
POINTS = {
    one.__name__: one for one in (die_when_claimed, die_when_done, die_when_acknowledging, die_when_queueing)
}


def main(role: str, data: str, url: str, ledger: str) -> None:
    site = open_site(Path(data), url)
    if role in {**PURGING_POINTS, **CAMPAIGN_POINTS}:
        {**PURGING_POINTS, **CAMPAIGN_POINTS}[role](site).run_all()
    elif role in POINTS:
        POINTS[role](site).run_once()
    else:
        {"file": file_applications, "work": work}[role](site, Path(ledger))

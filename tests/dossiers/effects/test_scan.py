"""Documents wait for the scanner: nobody opens them before, an infected one is never opened at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from dossiers.database import Document, Job, JournalEntry
from dossiers.outside.scanner import Clamd, NoScanner, ScannerDown
from dossiers.outside.store import Missing
from dossiers.services import applications, casework, files, tracking
from dossiers.services.desk import Desk
from dossiers.services.files import Upload
from dossiers.services.refusals import Refused
from dossiers.worker import Worker
from tests.dossiers.services.conftest import Site
from tests.fixtures.clamd import VIRUS, clamd
from tests.fixtures.sent import PDF

INFECTED = PDF.replace(b"document fictif", VIRUS.ljust(15))


@pytest.fixture
def daemon():
    with clamd() as found:
        yield found


@pytest.fixture
def guarded(site, daemon):
    """The site, with a scanner, and a worker."""
    office = replace(site.desk.office, scanner=Clamd(daemon.address))
    return Site(Desk(office), site.clock, site.staff), Worker(office)


def sent(site, content=PDF):
    """An applicant who has sent the lease; the id of the document."""
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="1 200", asked=["income"])
    site.save(viewer, public_id, "you", tenant="yes", asked=["tenant"])
    kept = site.act(files.add, viewer, public_id, "lease", uploads=[Upload("bail.pdf", content)])
    return viewer, public_id, kept.view.documents["lease"][0].public_id


def states(site):
    return site.rows(select(Document.scan).where(Document.origin == "answer"))


def test_a_clean_document_opens_once_it_was_looked_at(guarded, daemon):
    site, worker = guarded
    viewer, public_id, document = sent(site)
    with pytest.raises(Refused, match="being_checked"):
        site.act(files.open_file, viewer, public_id, document)
    worker.run_all()
    assert (states(site), daemon.seen) == (["clean"], [PDF])
    assert site.act(files.open_file, viewer, public_id, document).content == PDF


def test_the_deposit_does_not_wait_for_the_scanner(guarded):
    site, worker = guarded
    viewer, public_id, document = sent(site)
    site.fill(viewer, public_id, income="1 200")
    assert site.act(applications.submit, viewer, public_id).reference
    with pytest.raises(Refused, match="being_checked"):
        site.act(files.open_file, site.staff["instructor"], public_id, document)
    worker.run_all()
    assert site.act(files.open_file, site.staff["instructor"], public_id, document).content == PDF


def test_an_infected_document_goes_and_the_draft_asks_for_another(guarded):
    site, worker = guarded
    viewer, public_id, document = sent(site, INFECTED)
    [key] = site.rows(select(Document.store_key))
    worker.run_all()
    assert states(site) == ["infected"]
    with pytest.raises(Missing):
        site.desk.office.store.get(key)
    view = site.read(applications.form, viewer, public_id)
    assert view.reading.answers["lease"] is None
    assert [(one.scan, one.available) for one in view.documents["lease"]] == [("infected", False)]
    with pytest.raises(Refused, match="being_checked"):
        site.act(files.open_file, viewer, public_id, document)
    assert site.act(files.remove, viewer, public_id, document).documents == {}


def test_an_infected_document_of_a_filed_dossier_is_told_and_journalled(guarded):
    site, worker = guarded
    viewer, public_id, _ = sent(site, INFECTED)
    site.fill(viewer, public_id, income="1 200")
    site.act(applications.submit, viewer, public_id)
    worker.run_all()
    [told] = [
        one for one in site.read(tracking.dossier, viewer, public_id).documents if one.origin == "answer"
    ]
    assert told.scan == "infected"
    assert "document_infected" in site.rows(select(JournalEntry.action))
    case = site.act(casework.dossier, site.staff["instructor"], public_id)
    assert "document_infected" in [entry.action for entry in case.history]


def test_a_scanner_that_is_down_is_tried_until_it_answers(guarded, daemon):
    site, worker = guarded
    viewer, public_id, document = sent(site)
    daemon.answer = b"INSTREAM size limit exceeded. ERROR\0"
    for _ in range(20):  # more often than any job is tried
        worker.run_all()
        site.clock.pass_by(hours=1)
    assert states(site) == ["pending"]
    assert site.rows(select(Job.failed_at).where(Job.kind == "scan")) == [None]
    daemon.answer = None
    worker.run_all()
    assert states(site) == ["clean"]
    assert site.act(files.open_file, viewer, public_id, document).content == PDF


def test_nobody_at_the_address_is_a_scanner_that_is_down():
    with clamd() as gone:
        address = gone.address
    with pytest.raises(ScannerDown):
        Clamd(address).scan(b"x")


@pytest.mark.parametrize("answer", [b"", b"\0", b"nonsense\0", b"stream: ERROR\0"])
def test_an_answer_that_says_nothing_never_counts_as_clean(daemon, answer):
    daemon.answer = answer
    with pytest.raises(ScannerDown):
        Clamd(daemon.address).scan(b"x")


def test_a_large_document_goes_in_pieces(daemon):
    content = bytes(range(256)) * 1000
    assert Clamd(daemon.address).scan(content) == "clean"
    assert daemon.seen == [content]


@pytest.mark.parametrize("address", ["", "http://x", "tcp://", "clamd"])
def test_an_address_that_is_none_is_told(address):
    with pytest.raises(ValueError, match="is no scanner"):
        Clamd(address)


def test_without_a_scanner_no_document_is_called_clean():
    assert (NoScanner().scan(b"x"), NoScanner().first_state) == ("unscanned", "unscanned")

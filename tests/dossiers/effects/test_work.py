"""The worker on its own threads, letters before the mails that carry them, and dossiers found by their words."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from dossiers import jobs, journal, search, tokens
from dossiers.database import Document, Dossier, Job, JournalEntry, Mail, Searchable, SearchWord
from dossiers.effects import RUNNERS, Done, GiveUp
from dossiers.services import casework
from dossiers.worker import Worker

PATIENCE = 30  # seconds


def add(office, *keys, kind="tell"):
    with office.database.writing() as session:
        for key in keys:
            jobs.add(session, kind, key=key, run_at=office.clock())
    office.wake.set()


def take(site):
    """An application filed and taken, its checklist ticked; what `accept` needs."""
    _, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    return public_id


def test_job_is_done_at_once_after_its_commit(office):
    told = threading.Event()
    worker = Worker(office, runners={"tell": lambda job, office: told.set() or Done()})
    worker.start()
    add(office, "a")
    assert told.wait(PATIENCE)
    worker.stop()


def test_worker_that_stops_finishes_what_it_holds(office):
    began, may_end = threading.Event(), threading.Event()

    def run(job, office):
        began.set()
        may_end.wait(PATIENCE)
        return Done()

    worker = Worker(office, runners={"tell": run})
    worker.start()
    add(office, "a")
    assert began.wait(PATIENCE)
    stopping = threading.Thread(target=worker.stop)
    stopping.start()
    may_end.set()
    stopping.join(PATIENCE)
    with office.database.reading() as session:
        assert not jobs.is_due(session, office.clock())
        assert session.scalars(select(Job.done_at)).all() == [office.clock()]


def test_worker_is_not_started_twice(office):
    worker = Worker(office, runners={})
    worker.start()
    with pytest.raises(RuntimeError, match="this worker is at work already"):
        worker.start()
    worker.stop()


def test_long_job_is_kept_by_its_heartbeat(office):
    """A second worker looks for work all along; the lease alone would have run out."""
    runs, release = [], threading.Event()

    def run(job, office):
        runs.append(job.key)
        release.wait(PATIENCE)
        return Done()

    lease = timedelta(seconds=2)  # a busy machine may hold a beat back for a while
    first, second = (Worker(office, runners={"tell": run}, lease=lease) for _ in range(2))
    first.start()
    add(office, "a")
    beats = threading.Event()
    for _ in range(12):
        beats.wait(0.25)
        second.run_job()
    release.set()
    first.stop()
    assert runs == ["a"]


def test_worker_seals_what_it_leaves(site, office, worker):
    site.filed()
    worker.run_all()
    assert site.rows(select(JournalEntry.id).where(JournalEntry.seal_id.is_(None))) == []
    with office.database.snapshot() as session:
        assert journal.verify(session, office.vault) is None


def test_mail_carries_the_letter_made_before(site, worker, outbox):
    public_id = take(site)
    site.fire("supervisor", public_id, "accept")
    worker.run_all()
    [letter] = site.rows(select(Document).where(Document.origin == "letter"))
    attached = [names for _, _, _, names in outbox() if names]
    assert attached == [(letter.name,)]
    assert letter.size > 1000


def test_mail_never_leaves_without_its_letter(site, office, outbox):
    public_id = take(site)
    site.fire("supervisor", public_id, "accept")
    Worker(office, runners={**RUNNERS, "letter": lambda job, office: GiveUp("no font")}).run_all()
    assert len(outbox()) == 1  # the acknowledgement
    assert len(site.rows(select(Mail.id))) == 1
    errors = {job.kind: job.error for job in site.jobs() if job.failed_at is not None}
    assert errors["letter"] == "no font"
    assert errors["mail"].endswith("which was given up")


def found(site, query, *, on_a_page=False):
    with site.desk.office.database.reading() as session:
        here = search.sought(session, query).matches(on_a_page=on_a_page)
        return list(session.scalars(select(Dossier.reference).where(here, Dossier.filed_at.is_not(None))))


@pytest.mark.parametrize(
    "query",
    [
        "PA-2020-0001",
        " pa-2020-00",
        "ada@fictif.example",
        "ADA@fictif.example",
        "Fictive",
        "fict",
        "ada FICTIVE",
        "732 829 320 00074",
        "73282932000074",
    ],
)
def test_dossier_is_found_by_what_people_type(site, monkeypatch, query):
    site.filed()
    assert found(site, query) == ["PA-2020-0001"]
    monkeypatch.setattr(search, "COMMON", 0)  # as when very many dossiers have each of these words
    assert found(site, query) == ["PA-2020-0001"]


@pytest.mark.parametrize(
    "query", ["", "  ", "%", "_", "'", "nobody", "ada nobody", "FR7630006000011234567890189", "FR76"]
)
def test_dossier_is_not_found_by_less_nor_by_secrets(site, monkeypatch, query):
    site.filed()
    assert found(site, query) == []
    monkeypatch.setattr(search, "COMMON", 0)
    assert found(site, query) == []


def test_a_word_that_very_many_have_is_looked_up_beside_a_rare_one(site, monkeypatch):
    for number, email in enumerate(("ada@fictif.example", "rare@fictif.example"), start=1):
        site.filed(email, siret=site.siret(number))
    monkeypatch.setattr(search, "COMMON_ON_A_PAGE", 1)  # "fictive" is in both
    for query, many in (("fictive rare", 1), ("fictive", 2), ("fictive nobody", 0)):
        assert len(found(site, query, on_a_page=True)) == many
    monkeypatch.setattr(search, "FEW", 0)  # too many have both to be named one by one
    assert found(site, "fictive rare") == ["PA-2020-0002"] and found(site, "rare nobody") == []
    monkeypatch.setattr(search, "COMMON", 1)
    assert found(site, "fictive rare") == found(site, "rare fictive") == ["PA-2020-0002"]
    assert len(found(site, "fictive")) == 2
    assert found(site, "fictive nobody") == []


def test_words_hidden_from_a_role_and_secrets_are_never_indexed(site):
    site.filed()
    assert sorted(site.rows(select(Searchable.field))) == ["income", "resident", "siret"]
    assert not any(word.startswith(("fr76", "1200")) for word in site.rows(select(SearchWord.word)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cœur d'été", ["coeur", "ete"]),
        ("L’agriculteur des ÎLES", ["agriculteur", "des", "iles"]),
        ("a 1 12", ["12"]),
        ("Straße_nom-composé", ["strasse", "nom", "compose"]),
        ("Ωμέγα 日本", ["ωμεγα", "日本"]),
    ],
)
def test_words_are_bare_and_lower(text, words):
    assert tokens.tokens(text) == words


@pytest.mark.parametrize(
    ("written", "typed"),
    [("installation", "installations"), ("agriculteurs", "agriculteur"), ("pièces", "piece")],
)
def test_other_forms_of_a_word_find_it(written, typed):
    assert tokens.stem(tokens.tokens(typed)[0]) in tokens.words([written])


def test_endless_text_makes_few_words():
    assert len(tokens.words([" ".join(f"mot{number}" for number in range(10_000))])) <= tokens.MOST_WORDS + 1

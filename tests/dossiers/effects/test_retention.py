"""What has been kept long enough goes from everywhere, and nothing else does."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from dossiers import journal
from dossiers.access import Viewer
from dossiers.database import (
    AmountStep,
    Document,
    Dossier,
    Draft,
    Filing,
    Job,
    JournalEntry,
    KeptTyping,
    Mail,
    OnceClaim,
)
from dossiers.database.base import Base
from dossiers.services import (
    applications,
    calls,
    casework,
    files,
    inbox,
    kept_typing,
    links,
    owned,
    publication,
    retention,
    tracking,
    visitors,
)
from dossiers.services.files import Upload
from dossiers.services.kept_typing import Typing
from dossiers.services.refusals import NotFound, Refused
from dossiers.worker import Worker
from tests.dossiers.effects.mortal import QUICK
from tests.dossiers.services.conftest import SLUG, bundle
from tests.fixtures.sent import pdf

KEEP = ("privacy: {drafts: 90 days}", "privacy: {keep: 2 years after end, drafts: 90 days}")
PDF = pdf("Zebrafichier")
WORDS = {
    "email": "zebracourriel@fictif.example",
    "first name": "Zebraprenom",
    "last name": "Zebranom",
    "phone": "456781234",
    "income": "1314.15",
    "child": "Zebraenfant",
    "message of the applicant": "Zebraquestion",
    "message of the office": "Zebrareponse",
    "note": "Zebranote",
    "call": "Zebraappel",
    "reason": "Zebramotif",
    "comment": "Zebracommentaire",
    "file name": "Zebrabail",
    "siret": "73282932000074",
}
IBAN = "FR7630006000011234567890189"


@pytest.fixture
def worker(office):
    """A worker that typesets no receipt: it is slow, and no business of most of these tests."""
    return Worker(office, runners=QUICK)


@pytest.fixture
def kept(site):
    """The site, with a rule of retention."""
    site.act(publication.publish, bundle(KEEP), "Sylvie (fictive)")
    return site


def refused_dossier(site, email=WORDS["email"], siret=WORDS["siret"]):
    """A dossier with words of its own in every place that takes words, refused at the end."""
    viewer, public_id = site.begin(email)
    site.save(
        viewer, public_id, "you", person__first_name="Zebraprenom", person__last_name="Zebranom",
        phone="04 56 78 12 34", income="1 314,15", asked=["person", "phone", "income"],
    )  # fmt: skip
    site.save(viewer, public_id, "you", tenant="yes", asked=["tenant"])
    site.act(files.add, viewer, public_id, "lease", uploads=[Upload("Zebrabail.pdf", PDF)])
    child = {"children-0-first_name": ["Zebraenfant"], "children-0-age": ["7"]}
    site.act(applications.save_page, viewer, public_id, "children", form=child, asked=["children"])
    asked = ["siret", "iban", "resident"]
    site.save(viewer, public_id, "payment", siret=siret, iban=IBAN, resident="yes", asked=asked)
    site.act(applications.submit, viewer, public_id)
    instructor = site.staff["instructor"]
    site.act(tracking.reply, viewer, public_id, body="Zebraquestion")
    site.act(casework.message, instructor, public_id, body="Zebrareponse")
    site.act(casework.note, instructor, public_id, body="Zebranote")
    site.act(calls.log, instructor, SLUG, motive="other", note="Zebraappel", public_id=public_id)
    site.act(casework.dossier, site.staff["supervisor"], public_id)
    site.fire("instructor", public_id, "take")
    form = {"fields_to_correct": ["phone"], "reason": ["Zebramotif"]}
    site.fire("instructor", public_id, "ask", form=form)
    site.act(tracking.act, viewer, public_id, "answer")
    site.fire("supervisor", public_id, "refuse", comment="Zebracommentaire")
    site.act(links.mail_link, email, "fr")
    return viewer, public_id


def everything(site):
    """All that is kept: every column of every table, the name and the bytes of every file of the site's folder."""
    found = []
    office = site.desk.office
    if office.database.is_sqlite:
        with office.database.reading() as session:
            session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    with office.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            found += [repr(tuple(row)).encode() for row in session.execute(select(table))]
    for path in office.settings.data.rglob("*"):
        found.append(path.name.encode())
        found += [path.read_bytes()] if path.is_file() else []
    return b"\n".join(found).lower()


def seen(site, words=WORDS):
    whole = everything(site)
    return {what for what, word in words.items() if word.lower().encode() in whole}


def figures(site):
    """What is counted: dossiers by state, amounts by kind, days, what the inbox says."""
    view = site.read(inbox.overview, site.staff["supervisor"], SLUG)
    [served] = site.read(inbox.home, site.staff["supervisor"])
    days = select(Dossier.reference, Dossier.state, Dossier.filed_at, Dossier.decided_at, Dossier.ended_at)
    steps = select(AmountStep.kind, AmountStep.cents, AmountStep.currency, AmountStep.at)
    filings = select(Filing.number, Filing.filed_at)
    found = [site.rows(query.order_by(query.selected_columns[0])) for query in (days, steps, filings)]
    return dict(view.counts), view.total, served.total, found


def is_whole(site):
    with site.desk.office.database.snapshot() as session:
        return journal.verify(session, site.desk.office.vault) is None


def purge(site, worker):
    """What the worker does every hour, and the jobs that come of it."""
    count = worker.queue_retention()
    worker.run_all()
    return count


def test_nothing_personal_is_left_anywhere_and_the_figures_stay(kept, office):
    worker = Worker(office)
    _, public_id = refused_dossier(kept)
    worker.run_all()
    assert seen(kept) == set(WORDS)
    before = figures(kept)
    digest = hashlib.sha256(PDF).hexdigest()
    assert digest.encode() in everything(kept)
    kept.clock.now = datetime(2022, 5, 12, 22, tzinfo=UTC)  # in Paris the last day of the two years is over
    assert purge(kept, worker) == 1
    assert seen(kept) == set()
    assert digest.encode() not in everything(kept)
    assert figures(kept) == before
    assert is_whole(kept)
    assert not list(kept.desk.office.settings.outbox.glob("*"))
    assert not [path for path in kept.desk.office.settings.files.rglob("*") if path.is_file()]
    assert kept.rows(select(func.count()).select_from(OnceClaim)) == [0]
    tombstones = kept.rows(
        select(JournalEntry.payload["why"].as_string()).where(
            JournalEntry.action == journal.PURGED, JournalEntry.stream == f"dossier:{public_id}"
        )
    )
    assert tombstones == ["privacy.keep: 2 years"]
    assert purge(kept, worker) == 0


def test_typing_that_outlived_its_session_goes_too(kept, worker):
    _, public_id = refused_dossier(kept)
    kept.clock.now = datetime(2022, 5, 12, 22, tzinfo=UTC)
    typing = Typing(f"/suivi/{public_id}/messages", (("body", "Zebraquestion"),))
    assert kept.act(kept_typing.keep_for_applicant, public_id, typing) is not None
    assert purge(kept, worker) == 1
    assert kept.rows(select(func.count()).select_from(KeptTyping)) == [0]
    assert kept.act(kept_typing.keep_for_applicant, public_id, typing) is None


def test_dossier_is_kept_to_the_end_of_its_last_day(kept, worker):
    refused_dossier(kept)
    worker.run_all()
    kept.clock.now = datetime(2022, 5, 12, 21, 59, tzinfo=UTC)
    assert purge(kept, worker) == 0
    assert seen(kept) == set(WORDS)


def test_what_others_filed_stays_whole(kept, worker):
    refused_dossier(kept)
    kept.clock.pass_by(days=30)
    _, other = kept.filed("bea@fictif.example", siret=kept.siret(8))
    worker.run_all()
    kept.clock.now = datetime(2022, 5, 13, tzinfo=UTC)
    assert purge(kept, worker) == 1
    assert seen(kept) == set()
    case = kept.act(casework.dossier, kept.staff["supervisor"], other)
    assert (case.email, case.applicant) == ("bea@fictif.example", "Ada Fictive")
    assert {mail.to for mail in case.mails} == {"bea@fictif.example", "supervisor@office.example"}
    assert kept.rows(select(Dossier.purged_at).where(Dossier.public_id == other)) == [None]


def test_address_of_a_dossier_still_kept_is_not_forgotten(kept, worker):
    refused_dossier(kept)
    kept.clock.pass_by(days=30)
    refused_dossier(kept, siret=kept.siret(8))
    worker.run_all()
    kept.clock.now = datetime(2022, 5, 13, tzinfo=UTC)
    assert purge(kept, worker) == 1
    kept.act(links.mail_link, WORDS["email"], "fr")
    worker.run_all()
    assert WORDS["email"] in kept.rows(select(Mail.to).order_by(Mail.id.desc()).limit(1))
    kept.clock.now = datetime(2022, 6, 30, tzinfo=UTC)
    assert purge(kept, worker) == 1
    assert seen(kept) == set()
    assert is_whole(kept)


RECONSIDER = (
    "    pay: {label",
    '    reconsider: {label: {fr: "Réexaminer", en: "Reconsider"}, from: refused, to: in_review, by: supervisor}\n    pay: {label',
)


def test_appeal_puts_the_end_off(site, worker):
    site.act(publication.publish, bundle(KEEP, RECONSIDER), "Sylvie (fictive)")
    _, public_id = refused_dossier(site)
    site.clock.pass_by(days=700)
    site.fire("supervisor", public_id, "reconsider")
    site.clock.pass_by(days=60)
    assert purge(site, worker) == 0
    site.fire("supervisor", public_id, "refuse", comment="Toujours non")
    site.clock.pass_by(days=729)
    assert purge(site, worker) == 0
    site.clock.pass_by(days=3)
    assert purge(site, worker) == 1
    assert seen(site) == set()


def test_appeal_that_comes_before_the_job_saves_the_dossier(site, worker):
    site.act(publication.publish, bundle(KEEP, RECONSIDER), "Sylvie (fictive)")
    _, public_id = refused_dossier(site)
    worker.run_all()
    site.clock.pass_by(days=740)
    assert worker.queue_retention() == 1
    site.fire("supervisor", public_id, "reconsider")
    worker.run_all()
    assert seen(site) >= {"first name", "email", "note"}
    assert site.rows(select(Dossier.purged_at)) == [None]


def test_dossier_of_a_version_without_rule_follows_the_rule_in_force(site, worker):
    refused_dossier(site)
    site.clock.pass_by(days=800)
    assert purge(site, worker) == 0
    site.act(publication.publish, bundle(KEEP), "Sylvie (fictive)")
    assert purge(site, worker) == 1


def test_dossier_keeps_the_rule_its_applicant_was_told(kept, worker):
    refused_dossier(kept)
    longer = ("keep: 2 years", "keep: 9 years")
    kept.act(publication.publish, bundle(KEEP, longer), "Sylvie (fictive)")
    kept.clock.pass_by(days=740)
    assert purge(kept, worker) == 1


def test_anonymised_dossier_says_so_and_can_be_acted_on_no_more(kept, worker):
    viewer, public_id = refused_dossier(kept)
    worker.run_all()
    kept.clock.pass_by(days=740)
    purge(kept, worker)
    supervisor = kept.staff["supervisor"]
    case = kept.act(casework.dossier, supervisor, public_id)
    assert (case.anonymised_at, case.state.id) == (kept.clock.now, "refused")
    assert [(step.kind, int(step.amount)) for step in case.amounts] == [
        ("computed", 1500),
        ("computed", 1500),
    ]
    assert case.history[-1].action == journal.PURGED
    acts = (
        lambda: kept.fire("supervisor", public_id, "refuse", comment="x"),
        lambda: kept.act(casework.note, supervisor, public_id, body="x"),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "anonymised"
    for proven in (viewer, Viewer("applicant", email=WORDS["email"]), Viewer("applicant", email="")):
        with pytest.raises(NotFound):
            kept.read(tracking.dossier, proven, public_id)
        assert kept.read(owned.mine, proven) == ()
    told = kept.read(retention.anonymised, public_id)
    assert (told.draft, told.at, str(told.span)) == (False, kept.clock.now, "2 years")


def test_claim_made_once_is_free_again(kept, worker):
    refused_dossier(kept)
    with pytest.raises(Refused, match="duplicate"):
        refused_dossier(kept, "bea@fictif.example")
    kept.clock.now = datetime(2022, 5, 13, tzinfo=UTC)
    kept.act(
        publication.publish, bundle(KEEP, ("closes: 2020-12-31", "closes: 2022-12-31")), "Sylvie (fictive)"
    )
    purge(kept, worker)
    refused_dossier(kept, "bea@fictif.example")


def test_draft_goes_whole_with_its_mails_and_sessions(site, worker):
    started = site.act(applications.start, visitors.anonymous(), SLUG, email=WORDS["email"], language="fr")
    [id] = site.rows(select(Dossier.id))
    viewer = Viewer("applicant", dossiers=frozenset({id}), language="fr")
    site.save(
        viewer, started.public_id, "you", income="1 314,15", phone="04 56 78 12 34", asked=["income", "phone"]
    )
    site.save(viewer, started.public_id, "you", tenant="yes", asked=["tenant"])
    site.act(files.add, viewer, started.public_id, "lease", uploads=[Upload("Zebrabail.pdf", PDF)])
    site.clock.pass_by(minutes=11)
    worker.run_all()
    there = {"email", "phone", "income", "file name"}
    assert seen(site) == there
    until = site.read(tracking.dossier, viewer, started.public_id).expected.until
    assert until == date(2020, 8, 10)
    site.clock.now = datetime(2020, 8, 10, 22, tzinfo=UTC)
    assert purge(site, worker) == 1
    assert seen(site) == set()
    assert site.rows(select(Draft)) == []
    assert not [path for path in site.desk.office.settings.files.rglob("*") if path.is_file()]
    told = site.read(retention.anonymised, started.public_id)
    assert (told.draft, told.at) == (True, site.clock.now)
    assert is_whole(site)


def test_draft_begun_before_there_was_a_rule_goes_too(site, worker):
    site.act(publication.publish, bundle(("privacy: {drafts: 90 days}\n", "")), "Sylvie (fictive)")
    viewer, public_id = site.begin(WORDS["email"])
    site.clock.pass_by(days=200)
    assert purge(site, worker) == 0
    site.act(publication.publish, bundle(), "Sylvie (fictive)")
    site.save(viewer, public_id, "you", income="1", asked=["income"])
    site.clock.pass_by(days=91)
    assert purge(site, worker) == 1
    assert "email" not in seen(site)


def test_dossier_waits_while_a_job_about_it_is_done(kept, worker):
    refused_dossier(kept)
    worker.run_all()
    kept.clock.pass_by(days=740)
    with kept.desk.office.database.writing() as session:
        job = session.scalars(select(Job).where(Job.kind == "mail").limit(1)).one()
        job.done_at, job.lease_until = None, datetime.now(UTC) + timedelta(minutes=1)
    purge(kept, worker)
    assert seen(kept) >= {"first name", "email", "note"}
    with kept.desk.office.database.writing() as session:
        job = session.scalars(select(Job).where(Job.kind == "mail", Job.done_at.is_(None))).one()
        job.done_at, job.lease_until = kept.clock.now, None
    kept.clock.pass_by(minutes=6)
    worker.run_all()
    assert seen(kept) == set()


def test_purged_at_once_by_several_workers_is_purged_once(kept, worker):
    for number in range(3):
        refused_dossier(kept, siret=kept.siret(number))
    worker.run_all()
    ids = kept.rows(select(Dossier.id))
    kept.clock.pass_by(days=740)
    done = kept.at_once(*[lambda id=id: kept.act(retention.anonymise, id) for id in [*ids, *ids]])
    assert sorted(done) == [False] * 3 + [True] * 3
    worker.run_all()
    assert seen(kept) == set()
    assert is_whole(kept)
    dossier_streams = select(func.count()).where(
        JournalEntry.action == journal.PURGED, JournalEntry.stream.startswith("dossier:")
    )
    assert kept.rows(dossier_streams) == [3]
    assert kept.rows(select(func.count()).select_from(Document).where(Document.purged_at.is_(None))) == [0]

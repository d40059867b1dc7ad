"""Filing: all or nothing, once, with everything that follows from it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from dossiers.database import (
    AmountStep,
    DeadlineRow,
    Document,
    Dossier,
    Draft,
    Filing,
    JournalEntry,
    OnceClaim,
    Party,
    VerdictRow,
)
from dossiers.services import applications, audit, casework, publication, tracking
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.uploads import Upload
from tests.fixtures.sent import PDF

SIRET = "73282932000074"


def count(site, model):
    [found] = site.rows(select(func.count()).select_from(model))
    return found


def test_filing_keeps_answers_verdict_amount_and_proof(either_site):
    site = either_site
    viewer, public_id = site.begin()
    site.fill(viewer, public_id)
    receipt = site.act(applications.submit, viewer, public_id)
    assert (receipt.reference, receipt.number, receipt.filed_at) == ("PA-2020-0001", 1, site.clock.now)
    assert receipt.silence_on == date(2020, 7, 12)
    [dossier] = site.rows(select(Dossier))
    assert (dossier.state, dossier.reference, dossier.filed_at) == (
        "submitted",
        "PA-2020-0001",
        site.clock.now,
    )
    [filing] = site.rows(select(Filing))
    assert filing.answers["income"] == "12000.00"
    assert "iban" not in filing.answers and b"FR76" not in filing.sealed
    [verdict] = site.rows(select(VerdictRow))
    assert (verdict.eligible, verdict.amount_cents) == (True, 100_000)
    assert site.rows(select(AmountStep.kind, AmountStep.cents)) == [("computed", 100_000)]
    [entry] = site.rows(select(JournalEntry).where(JournalEntry.dossier_id == dossier.id))
    assert (entry.action, entry.source, entry.target, entry.payload) == (
        "submit",
        "draft",
        "submitted",
        {"filing": 1},
    )
    assert site.rows(select(Party.name, Party.email)) == [("Ada Fictive", "ada@fictif.example")]
    assert count(site, Draft) == 0
    assert site.read(audit.verify).whole


def test_filing_queues_one_mail_and_one_receipt(site):
    site.filed()
    assert [job.kind for job in site.jobs()] == ["resume_link", "mail", "receipt"]
    [mail] = site.jobs("mail")
    assert mail.options["text"] == "acknowledgement"
    assert mail.options["to"] == "ada@fictif.example"
    values = mail.options["values"]
    assert (values["reference"], values["applicant"], values["filed_on"]) == (
        "PA-2020-0001",
        "Ada Fictive",
        "2020-05-12",
    )
    assert values["silence_on"] == "2020-07-12"
    assert "iban" not in values["answers"]
    assert "FR76" not in str(mail.options)


def test_filing_schedules_what_time_will_bring(site):
    site.filed()
    live = select(DeadlineRow.name, DeadlineRow.kind, DeadlineRow.local_date).where(
        DeadlineRow.cancelled_at.is_(None)
    )
    assert set(site.rows(live)) == {
        ("submitted", "due", date(2020, 5, 14)),
        ("silence", "silence", date(2020, 7, 12)),
        ("silence", "warn", date(2020, 7, 2)),
    }


def test_twenty_submits_at_once_make_one_filing(either_site):
    site = either_site
    viewer, public_id = site.begin()
    site.fill(viewer, public_id)
    results = site.at_once(*[lambda: site.act(applications.submit, viewer, public_id)] * 20)
    assert {(result.reference, result.filed_at) for result in results} == {("PA-2020-0001", site.clock.now)}
    assert [count(site, model) for model in (Filing, VerdictRow, AmountStep, OnceClaim)] == [1, 1, 1, 1]
    assert len(site.jobs("mail")) == len(site.jobs("receipt")) == 1
    assert len(site.rows(select(JournalEntry).where(JournalEntry.action == "submit"))) == 1


def test_many_applicants_at_once_get_numbers_without_gap(either_site):
    site = either_site
    waiting = []
    for number in range(6):
        viewer, public_id = site.begin(f"demandeur-{number}@fictif.example")
        site.fill(viewer, public_id, siret=site.siret(number))
        waiting.append((viewer, public_id))
    calls = [
        lambda viewer=viewer, public_id=public_id: site.act(applications.submit, viewer, public_id)
        for viewer, public_id in waiting
    ]
    references = sorted(receipt.reference for receipt in site.at_once(*calls))
    assert references == [f"PA-2020-{number:04}" for number in range(1, 7)]


def test_an_ineligible_raw_submit_is_refused_with_reasons(site):
    viewer, public_id = site.begin()
    site.fill(viewer, public_id, income="60 000", resident="no")
    with pytest.raises(Refused) as refusal:
        site.act(applications.submit, viewer, public_id)
    assert refusal.value.code == "not_eligible"
    assert [rule.id for rule in refusal.value.params["rules"]] == ["resident", "poor_enough"]
    assert site.state(public_id) == "draft"
    assert [count(site, model) for model in (Filing, VerdictRow, OnceClaim)] == [0, 0, 0]
    assert site.jobs("mail") == []
    site.save(viewer, public_id, "you", person__first_name="Ada", person__last_name="Fictive", income="12000")
    site.save(viewer, public_id, "payment", siret=SIRET, iban="FR7630006000011234567890189", resident="yes")
    assert site.act(applications.submit, viewer, public_id).reference == "PA-2020-0001"


def test_an_incomplete_submit_names_the_page_to_fill(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", person__first_name="Ada", person__last_name="Fictive", income="12000")
    with pytest.raises(Refused) as refusal:
        site.act(applications.submit, viewer, public_id)
    assert (refusal.value.code, refusal.value.params["page"]) == ("incomplete", "children")


def test_one_establishment_applies_once(site):
    site.filed()
    viewer, public_id = site.begin("bob@fictif.example")
    site.fill(viewer, public_id)
    with pytest.raises(Refused) as refusal:
        site.act(applications.submit, viewer, public_id)
    assert refusal.value.code == "duplicate"
    assert refusal.value.params["text"].plain("fr") == "Une demande existe déjà pour cet établissement."
    assert site.state(public_id) == "draft"


def test_rivals_for_one_establishment_at_once_file_one(either_site):
    site = either_site
    begun = [site.begin(f"rival-{number}@fictif.example") for number in range(4)]
    for viewer, public_id in begun:
        site.fill(viewer, public_id)
    calls = [
        lambda viewer=viewer, public_id=public_id: site.act(applications.submit, viewer, public_id)
        for viewer, public_id in begun
    ]
    results = site.at_once(*calls)
    assert sorted(getattr(result, "code", getattr(result, "reference", result)) for result in results) == [
        "PA-2020-0001",
        "duplicate",
        "duplicate",
        "duplicate",
    ]
    assert count(site, Filing) == 1


def test_a_withdrawn_application_may_be_made_again(site):
    viewer, public_id = site.filed()
    site.act(tracking.act, viewer, public_id, "withdraw")
    assert site.state(public_id) == "withdrawn"
    site.filed("ada@fictif.example")
    assert count(site, Filing) == 2


def test_a_closed_scheme_takes_no_filing(site):
    viewer, public_id = site.begin()
    site.fill(viewer, public_id)
    site.clock.now = datetime(2020, 12, 31, 22, 59, tzinfo=UTC)  # 23:59 in Paris, the last minute
    assert site.read(publication.current, "small-grant").open == "open"
    site.clock.now = datetime(2020, 12, 31, 23, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="not_open") as refusal:
        site.act(applications.submit, viewer, public_id)
    assert refusal.value.params == {"open": "closed", "opens": date(2020, 5, 5), "closes": date(2020, 12, 31)}
    assert site.state(public_id) == "draft"


def test_what_is_hidden_is_purged_at_filing_with_its_files(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", person__first_name="Ada", person__last_name="Fictive", income="1 000")
    site.save(
        viewer,
        public_id,
        "you",
        person__first_name="Ada",
        person__last_name="Fictive",
        income="1 000",
        tenant="yes",
        files={"lease": [Upload("bail.pdf", PDF)]},
    )
    site.fill(viewer, public_id)  # the income goes up: neither tenant nor lease is asked any more
    site.act(applications.submit, viewer, public_id)
    [filing] = site.rows(select(Filing))
    assert not {"tenant", "lease"} & filing.answers.keys()
    [document] = site.rows(select(Document))
    assert (document.purged_at, document.name) == (site.clock.now, "")
    assert [job.options["store_keys"] for job in site.jobs("erase")] == [[document.store_key]]


def test_anybody_else_finds_nothing(site):
    _, public_id = site.begin()
    stranger, _ = site.begin("eve@fictif.example")
    for call in (applications.form, applications.submit):
        with pytest.raises(NotFound):
            site.act(call, stranger, public_id)
    with pytest.raises(NotFound):
        site.act(casework.dossier, site.staff["supervisor"], public_id)  # a draft is nobody's business


def test_what_was_checked_is_what_is_filed(site):
    viewer, public_id = site.begin()
    site.fill(viewer, public_id)
    checked = site.read(applications.form, viewer, public_id).draft_revision
    site.save(
        viewer, public_id, "children", children__0="", children__0__first_name="Zoé", children__0__age="4"
    )
    with pytest.raises(Refused, match="changed"):
        site.act(applications.submit, viewer, public_id, revision=checked)
    now = site.read(applications.form, viewer, public_id).draft_revision
    receipt = site.act(applications.submit, viewer, public_id, revision=now)
    assert site.act(applications.submit, viewer, public_id, revision=checked) == receipt

"""Documents that may come later, must be recent, are stamped for staff, or go with the decision."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest
from sqlalchemy import select, update

from dossiers.database import AmountStep, Document, JournalEntry
from dossiers.outside.store import Missing
from dossiers.services import applications, casework, files, publication, receipts, scanning, tracking
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.supplying import Unkept, supply
from dossiers.services.uploads import Upload
from dossiers.services.views import Rejected, Saved
from dossiers.worker import Worker
from tests.dossiers.services.conftest import IBAN, SIRET
from tests.fixtures.sent import PDF, pdf, photo

FIELDS = """
      proof:
        type: file
        label: {fr: "RIB", en: "Bank details"}
        blocks: payment
      home_proof:
        type: file
        label: {fr: "Justificatif de domicile", en: "Proof of address"}
        issued_within: 3 months
      identity_card:
        type: file
        label: {fr: "Carte d'identité", en: "Identity card"}
        identity: true
        erase_on: decision
        blocks: examination
"""
DATED = {"home_proof-day": ["12"], "home_proof-month": ["2"], "home_proof-year": ["2020"]}


@pytest.fixture
def flagged(site, bundle_of):
    """The small grant, which asks for three documents more; its clock stands on 12 May 2020."""
    added = ("  children:\n    title:", f"{FIELDS.lstrip(chr(10))}  children:\n    title:")
    site.act(publication.publish, bundle_of(added), "Sylvie (fictive)")
    return site


def sent(site, *, day: str = "12", proof: bool = False):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="12 000", person__first_name="Ada", person__last_name="F")
    papers = {"home_proof": [Upload("edf.pdf", PDF)], "identity_card": [Upload("carte.jpg", photo())]}
    papers |= {"proof": [Upload("rib.pdf", pdf("RIB"))]} if proof else {}
    form = {**DATED, "home_proof-day": [day]}
    asked = ["home_proof", "identity_card", "proof"]
    saved = site.act(applications.save_page, viewer, public_id, "you", form=form, files=papers, asked=asked)
    return viewer, public_id, saved


def filed(site, **how):
    viewer, public_id, saved = sent(site, **how)
    assert isinstance(saved, Saved), saved.problems
    rest(site, viewer, public_id)
    site.act(applications.submit, viewer, public_id)
    return viewer, public_id


def rest(site, viewer, public_id):
    site.save(viewer, public_id, "children", asked=["children"])
    site.save(viewer, public_id, "payment", siret=SIRET, iban=IBAN, resident="yes")


def accepted(site, public_id):
    fire = casework.fire
    site.act(fire, site.staff["instructor"], public_id, "take")
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    site.act(fire, site.staff["supervisor"], public_id, "accept")


def documents(site, viewer, public_id):
    return {one.field: one for one in site.read(tracking.dossier, viewer, public_id).documents if one.field}


def test_a_document_without_its_date_is_told_beside_it(flagged):
    viewer, public_id, _ = sent(flagged)
    saved = flagged.act(
        applications.save_page,
        viewer,
        public_id,
        "you",
        form={name: [""] for name in DATED},
        asked=["home_proof"],
    )
    assert [(one.path, one.code) for one in saved.problems] == [(("home_proof",), "issued_missing")]


@pytest.mark.parametrize(("day", "code"), [("12", None), ("11", "issued_too_old")])
def test_a_document_is_recent_to_the_day(flagged, day, code):
    _, _, saved = sent(flagged, day=day)  # 12 February is three months before 12 May
    assert ([one.code for one in saved.problems] if code else type(saved)) == ([code] if code else Saved)


def test_a_document_too_old_at_the_deposit_is_told_then(flagged):
    viewer, public_id, saved = sent(flagged)
    assert isinstance(saved, Saved)
    rest(flagged, viewer, public_id)
    flagged.clock.pass_by(days=1)
    with pytest.raises(Refused, match="incomplete"):
        flagged.act(applications.submit, viewer, public_id)


def test_a_date_to_come_is_told(flagged):
    viewer, public_id, _ = sent(flagged)
    form = {**DATED, "home_proof-month": ["6"]}
    saved = flagged.act(applications.save_page, viewer, public_id, "you", form=form, asked=["home_proof"])
    assert isinstance(saved, Rejected)
    assert [one.code for one in saved.problems] == ["issued_later"]


def test_staff_read_the_date_of_a_document(flagged):
    _, public_id = filed(flagged)
    case = flagged.act(casework.dossier, flagged.staff["instructor"], public_id)
    [proof] = next(one for one in case.pages[0].answers if one.field.id == "home_proof").documents
    assert proof.issued_on == date(2020, 2, 12)


def test_what_blocks_the_payment_may_come_later_and_what_blocks_the_examination_may_not(flagged):
    viewer, public_id, saved = sent(flagged)
    assert isinstance(saved, Saved)
    found = documents(flagged, *filed(flagged)[:2])
    assert sorted(found) == ["home_proof", "identity_card"]
    rest(flagged, viewer, public_id)
    card = flagged.read(applications.form, viewer, public_id).documents["identity_card"][0]
    flagged.act(files.remove, viewer, public_id, card.public_id)
    with pytest.raises(Refused, match="incomplete"):
        flagged.act(applications.submit, viewer, public_id)


def test_the_payment_waits_for_the_document_and_says_so(flagged):
    viewer, public_id = filed(flagged)
    accepted(flagged, public_id)
    accountant = flagged.staff["accountant"]
    [offer] = [
        one for one in flagged.act(casework.dossier, accountant, public_id).offers if one.action.id == "pay"
    ]
    assert (offer.refusal.code, offer.refusal.params["fields"]) == ("documents_missing", ("proof",))
    with pytest.raises(Refused, match="documents_missing"):
        flagged.act(casework.fire, accountant, public_id, "pay")
    assert [one.field.id for one in flagged.read(tracking.dossier, viewer, public_id).awaited] == ["proof"]
    flagged.act(supply, viewer, public_id, "proof", uploads=[Upload("rib.pdf", PDF)], form={})
    assert flagged.read(tracking.dossier, viewer, public_id).awaited == ()
    flagged.act(casework.fire, accountant, public_id, "pay")


def test_a_document_sent_later_is_a_filing_of_its_own_with_its_receipt(flagged):
    viewer, public_id = filed(flagged)
    flagged.act(supply, viewer, public_id, "proof", uploads=[Upload("rib.pdf", PDF)], form={})
    view = flagged.read(tracking.dossier, viewer, public_id)
    assert (view.receipt.number, view.expected) == (2, None)
    assert "proof" in documents(flagged, viewer, public_id)
    assert "document_added" in flagged.rows(select(JournalEntry.action))
    assert [job.options["number"] for job in flagged.jobs("receipt")] == [1, 2]
    assert flagged.read(receipts.page, viewer, public_id).receipt.number == 2
    with pytest.raises(NotFound):  # it isn't awaited any more
        flagged.act(supply, viewer, public_id, "proof", uploads=[Upload("2.pdf", pdf("2"))], form={})


def test_a_document_sent_later_is_judged_by_the_rules_that_read_it_until_the_decision(site, bundle_of):
    warns = "  poor_enough:\n"
    rule = '  has_proof: {require: "proof != null and count(proof) > 0", severity: warn, otherwise: {fr: "Sans RIB.", en: "No bank details."}}\n'
    added = ("  children:\n    title:", f"{FIELDS.lstrip(chr(10))}  children:\n    title:")
    site.act(publication.publish, bundle_of(added, (warns, rule + warns)), "Sylvie (fictive)")
    viewer, public_id = filed(site)
    clerk = site.staff["instructor"]
    assert outcome(site.act(casework.dossier, clerk, public_id)) is not True
    site.act(supply, viewer, public_id, "proof", uploads=[Upload("rib.pdf", PDF)], form={})
    assert outcome(site.act(casework.dossier, clerk, public_id)) is True
    computed = site.rows(select(AmountStep.kind))
    assert computed.count("computed") == 1, "the same amount is not told twice"


def outcome(case) -> bool | None:
    [rule] = [one for one in case.verdict.rules if one.id == "has_proof"]
    return rule.outcome


def test_an_infected_document_of_a_filed_dossier_never_came(flagged):
    viewer, public_id = filed(flagged, proof=True)
    accepted(flagged, public_id)
    [lost] = [one for one in flagged.rows(select(Document)) if one.field == "proof"]
    pending = update(Document).where(Document.id == lost.id).values(scan="pending")
    flagged.act(lambda work: work.session.execute(pending))
    assert flagged.read(tracking.dossier, viewer, public_id).awaited == ()
    flagged.act(scanning.settle, lost.dossier_id, lost.public_id, "infected")
    [asked] = flagged.read(tracking.dossier, viewer, public_id).awaited
    assert asked.field.id == "proof"
    with pytest.raises(Refused, match="documents_missing"):
        flagged.act(casework.fire, flagged.staff["accountant"], public_id, "pay")
    flagged.act(supply, viewer, public_id, "proof", uploads=[Upload("2.pdf", pdf("2"))], form={})
    assert flagged.read(tracking.dossier, viewer, public_id).awaited == ()
    flagged.act(casework.fire, flagged.staff["accountant"], public_id, "pay")


@pytest.mark.parametrize("sent_later", [[], [Upload("outil.pdf", b"MZ")]])
def test_a_document_sent_later_that_can_t_be_taken_changes_nothing(flagged, tmp_path, sent_later):
    viewer, public_id = filed(flagged)
    before = len([path for path in (tmp_path / "files").rglob("*") if path.is_file()])
    with pytest.raises(Unkept):
        flagged.act(supply, viewer, public_id, "proof", uploads=sent_later, form={})
    assert flagged.read(tracking.dossier, viewer, public_id).receipt.number == 1
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == before


def test_nobody_else_sends_a_document_later(flagged):
    _, public_id = filed(flagged)
    stranger, _ = flagged.begin("eve@fictif.example")
    with pytest.raises(NotFound):
        flagged.act(supply, stranger, public_id, "proof", uploads=[Upload("rib.pdf", PDF)], form={})


def test_staff_get_a_stamped_copy_of_an_identity_document_and_its_owner_the_document(flagged):
    viewer, public_id = filed(flagged)
    card = documents(flagged, viewer, public_id)["identity_card"]
    copy = flagged.act(files.open_file, flagged.staff["instructor"], public_id, card.public_id)
    assert (copy.name, copy.media_type) == ("carte.pdf", "application/pdf")
    with pikepdf.open(io.BytesIO(copy.content)) as paper:
        drawn = b"".join(one.read_bytes() for one in paper.pages[0].Contents)
    reference = flagged.read(tracking.dossier, viewer, public_id).reference
    said = f"Copie réservée à Office (fictif) – demande {reference}".encode("cp1252")
    assert said.replace(b"(", b"\\(").replace(b")", b"\\)") in drawn
    assert flagged.act(files.open_file, viewer, public_id, card.public_id).media_type == "image/jpeg"
    with pytest.raises(NotFound):
        flagged.read(files.thumbnail, flagged.staff["instructor"], public_id, card.public_id)
    assert flagged.read(files.thumbnail, viewer, public_id, card.public_id).media_type == "image/jpeg"


def test_what_goes_with_the_decision_is_gone_from_everywhere_but_its_digest(flagged):
    viewer, public_id = filed(flagged)
    card = documents(flagged, viewer, public_id)["identity_card"]
    [(key, digest)] = flagged.rows(
        select(Document.store_key, Document.sha256).where(Document.public_id == card.public_id)
    )
    accepted(flagged, public_id)
    Worker(flagged.desk.office).run_all()
    with pytest.raises(Missing):
        flagged.desk.office.store.get(key)
    for who in (viewer, flagged.staff["instructor"]):
        with pytest.raises(NotFound):
            flagged.act(files.open_file, who, public_id, card.public_id)
    assert sorted(documents(flagged, viewer, public_id)) == ["home_proof"]
    [payload] = flagged.rows(select(JournalEntry.payload).where(JournalEntry.action == "documents_erased"))
    assert payload["documents"] == [{"document": card.public_id, "field": "identity_card", "sha256": digest}]
    case = flagged.act(casework.dossier, flagged.staff["instructor"], public_id)
    told = next(one for one in case.pages[0].answers if one.field.id == "identity_card")
    assert (told.documents, told.erased) == ((), ("carte.jpg",))

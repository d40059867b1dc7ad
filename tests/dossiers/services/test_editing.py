"""Changing what was filed: apart until it is filed again, given up, or overtaken by the office; nothing is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dossiers.database import Document, Filing, JournalEntry
from dossiers.services import applications, casework, editing, files, publication, tracking
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.uploads import Upload

PDF = b"%PDF-1.7\n% invented for a test\n%%EOF\n"
EDITABLE = (
    'submitted: {label: {fr: "Déposée", en: "Filed"}',
    'submitted: {editable: true, label: {fr: "Déposée", en: "Filed"}',
)


@pytest.fixture
def site(site, bundle_of):
    """The small grant, whose applicants may change what they filed until it is taken."""
    site.act(publication.publish, bundle_of(EDITABLE), "Sylvie (fictive)")
    return site


def edited(site, income="13 000"):
    """Somebody files, then changes an answer without filing it again."""
    viewer, public_id = site.filed()
    site.act(editing.begin, viewer, public_id)
    site.save(viewer, public_id, "you", income=income, asked=["income"])
    return viewer, public_id


def case_of(site, public_id):
    return site.act(casework.dossier, site.staff["supervisor"], public_id)


def answer(case, id):
    found = [one for page in case.pages for one in page.answers if one.field.id == id]
    return "".join(str(getattr(part, "value", part)) for part in found[0].printed["fr"])


def test_the_office_sees_what_was_filed_and_that_it_is_being_changed(site):
    viewer, public_id = edited(site)
    case = case_of(site, public_id)
    assert (answer(case, "income"), case.editing, case.filing_number) == ("12000.00", True, 1)
    assert site.read(applications.form, viewer, public_id).reading.answers["income"] == "13000.00"
    assert site.read(tracking.dossier, viewer, public_id).editing.open


def test_filed_again_it_is_another_filing_judged_again_in_the_same_state(site):
    viewer, public_id = edited(site, income="1 500")
    site.save(viewer, public_id, "you", tenant="no", asked=["tenant"])
    receipt = site.act(applications.submit, viewer, public_id)
    assert receipt.number == 2
    assert site.state(public_id) == "submitted"
    case = case_of(site, public_id)
    assert (case.filing_number, case.editing) == (2, False)
    assert [one.amount for one in case.amounts if one.kind == "computed"] == [1000, 1500]
    [filing] = case.filings
    assert [change.field.id for change in filing.changes] == ["income", "tenant"]
    assert [change.before.answer for change in filing.changes] == ["12000.00", None]
    kinds = [entry.kind for entry in site.read(tracking.dossier, viewer, public_id).timeline]
    assert kinds == ["filed", "filed_again"]
    again = site.act(applications.submit, viewer, public_id)
    assert again.number == 2, "pressed twice, filed once"


def test_filings_are_never_changed_and_the_journal_says_what_was(site):
    viewer, public_id = edited(site)
    before = site.rows(select(Filing.answers).where(Filing.number == 1))
    site.act(applications.submit, viewer, public_id)
    assert site.rows(select(Filing.answers).where(Filing.number == 1)) == before
    [payload] = site.rows(select(JournalEntry.payload).where(JournalEntry.action == "filed_again"))
    assert payload == {"filing": 2, "changed": ["income"]}


def test_change_that_makes_it_ineligible_is_refused_and_the_filing_stands(site):
    viewer, public_id = edited(site, income="60 000")
    with pytest.raises(Refused, match="not_eligible"):
        site.act(applications.submit, viewer, public_id)
    assert answer(case_of(site, public_id), "income") == "12000.00"
    assert site.read(applications.form, viewer, public_id).reading.answers["income"] == "60000.00"


def test_given_up_it_is_as_filed_and_its_documents_are_erased(site):
    viewer, public_id = edited(site, income="1 000")
    site.save(viewer, public_id, "you", tenant="yes", asked=["tenant"])
    site.act(files.add, viewer, public_id, "lease", uploads=[Upload("bail.pdf", PDF)])
    site.clock.pass_by(minutes=1)
    site.act(editing.give_up, viewer, public_id)
    assert not site.read(tracking.dossier, viewer, public_id).editing.open
    with pytest.raises(Refused, match="not_editable"):
        site.read(applications.form, viewer, public_id)
    assert all(site.rows(select(Document.purged_at).where(Document.origin == "answer")))


def test_only_where_the_scheme_says_so_and_only_ones_own(site):
    viewer, public_id = site.filed()
    stranger, _ = site.begin("eve@fictif.example")
    with pytest.raises(NotFound):
        site.act(editing.begin, stranger, public_id)
    site.fire("instructor", public_id, "take")
    with pytest.raises(Refused, match="not_editable"):
        site.act(editing.begin, viewer, public_id)
    assert not site.read(tracking.dossier, viewer, public_id).editing.may_begin


def test_office_that_is_faster_wins_and_what_was_typed_is_shown_to_its_applicant(site):
    viewer, public_id = edited(site)
    site.fire("instructor", public_id, "take")
    with pytest.raises(Refused, match="not_editable"):
        site.act(applications.submit, viewer, public_id)
    told = site.read(tracking.dossier, viewer, public_id).editing
    assert (told.open, told.is_overtaken) == (False, True)
    assert [(one.field.id, one.after.answer) for one in told.lost] == [("income", "13000.00")]
    assert answer(case_of(site, public_id), "income") == "12000.00"
    site.act(editing.give_up, viewer, public_id)
    assert site.read(tracking.dossier, viewer, public_id).editing.lost == ()


def test_applicant_who_is_faster_wins_and_the_agent_is_told(site):
    viewer, public_id = edited(site)
    revision = case_of(site, public_id).revision
    site.act(applications.submit, viewer, public_id)
    with pytest.raises(Refused, match="changed") as refusal:
        site.fire("instructor", public_id, "take", revision=revision)
    assert (refusal.value.params["kind"], refusal.value.params["action"]) == ("applicant", "filed_again")


def test_both_at_the_same_moment_end_in_one_order_and_lose_nothing(either_site, bundle_of):
    site = either_site
    site.act(publication.publish, bundle_of(EDITABLE), "Sylvie (fictive)")
    viewer, public_id = edited(site)
    revision = case_of(site, public_id).revision
    results = site.at_once(
        lambda: site.act(applications.submit, viewer, public_id),
        lambda: site.fire("instructor", public_id, "take", revision=revision),
    )
    assert sum(isinstance(one, Refused) for one in results) == 1, results
    kept = answer(case_of(site, public_id), "income")
    lost = site.read(tracking.dossier, viewer, public_id).editing.lost
    assert (kept == "13000.00") != bool(lost)


def test_correction_asked_meanwhile_takes_the_changes_of_its_fields_and_shows_the_others(site, bundle_of):
    wide = (
        'in_review: {label: {fr: "En instruction"',
        'in_review: {editable: true, label: {fr: "En instruction"',
    )
    site.act(publication.publish, bundle_of(EDITABLE, wide), "Sylvie (fictive)")
    viewer, public_id = edited(site)
    site.save(viewer, public_id, "you", phone="0450000000", asked=["phone"])
    site.fire("instructor", public_id, "take")
    assert site.read(tracking.dossier, viewer, public_id).editing.open, "still editable: it goes on"
    site.ask(public_id, "income")
    view = site.read(applications.form, viewer, public_id)
    assert (view.reopened, view.reading.answers["income"]) == (frozenset({"income"}), "13000.00")
    lost = site.read(tracking.dossier, viewer, public_id).editing.lost
    assert [one.field.id for one in lost] == ["phone"]


def test_correction_takes_the_fields_asked_for_and_nothing_else_of_a_raw_form(site):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "siret")
    before = site.read(applications.form, viewer, public_id).reading.answers
    form = {
        "income": ["1 000"],
        "phone": ["0450000000"],
        "children-0": ["row"],
        "children-0-first_name": ["Zoé"],
        "children-0-age": ["4"],
    }
    asked = ["income", "phone", "children", "lease"]
    sent = {"lease": [Upload("bail.pdf", PDF)]}
    site.act(applications.save_page, viewer, public_id, "you", form=form, asked=asked, files=sent)
    site.act(applications.save_page, viewer, public_id, "children", form=form, asked=asked)
    site.act(applications.add_row, viewer, public_id, "children", field="children", form={})
    source = applications.Source(1, "raw")
    site.act(applications.autosave, viewer, public_id, "you", form=form, asked=asked, source=source)
    assert site.read(applications.form, viewer, public_id).reading.answers == before
    assert site.rows(select(Document.id).where(Document.origin == "answer")) == []

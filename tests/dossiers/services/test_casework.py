"""The office at work: actions and rivals, masks, money, corrections, notes and messages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from dossiers.access import Viewer
from dossiers.database import (
    AmountStep,
    DeadlineRow,
    Dossier,
    Draft,
    Filing,
    JournalEntry,
    OnceClaim,
    VerdictRow,
)
from dossiers.services import applications, audit, casework, files, publication, submission, tracking
from dossiers.services.fired import FormRejected
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.uploads import Upload
from tests.fixtures.sent import PDF


def answers(view):
    return {answer.field.id: answer for page in view.pages for answer in page.answers}


def kinds(site):
    return site.rows(select(AmountStep.kind, AmountStep.cents).order_by(AmountStep.id))


def test_a_dossier_goes_from_filing_to_payment(either_site):
    site = either_site
    _, public_id = site.accepted()
    assert site.state(public_id) == "accepted"
    site.fire("accountant", public_id, "pay")
    assert site.state(public_id) == "paid"
    assert kinds(site) == [("computed", 100_000), ("granted", 100_000), ("due", 100_000), ("paid", 100_000)]
    told = site.rows(
        select(JournalEntry.action, JournalEntry.actor_name)
        .where(JournalEntry.stream == f"dossier:{public_id}")
        .order_by(JournalEntry.number)
    )
    assert told == [
        ("submit", ""),
        ("take", "instructor (fictif)"),
        ("check", "instructor (fictif)"),
        ("accept", "supervisor (fictif)"),
        ("pay", "accountant (fictif)"),
    ]
    assert site.read(audit.verify).whole


def test_a_letter_goes_before_the_mail_that_carries_it(site):
    site.accepted()
    [letter] = site.jobs("letter")
    accepted = site.jobs("mail")[-1]
    assert (accepted.options["text"], accepted.options["attach"], accepted.after_id) == (
        "accepted",
        letter.key,
        letter.id,
    )
    assert letter.options["values"]["amount"] == "1000.00"
    assert letter.options["values"]["decided_on"] == "2020-05-12"
    [line] = letter.options["values"]["calculation"]
    assert [label for label, _ in line["used"]] == ["Revenu"]


def test_taking_a_dossier_assigns_it(site):
    _, public_id = site.filed()
    fired = site.fire("instructor", public_id, "take")
    assert (fired.source, fired.target, fired.next_id) == ("submitted", "in_review", None)
    view = site.act(casework.dossier, site.staff["instructor"], public_id)
    assert (view.assigned_to, view.mine, view.state.id) == ("instructor (fictif)", True, "in_review")


@pytest.mark.parametrize(
    ("role", "action", "code"),
    [
        ("instructor", "refuse", "not_yours"),
        ("accountant", "take", "not_yours"),
        ("instructor", "accept", "not_from_here"),
        ("supervisor", "no_such", "unknown_action"),
        ("supervisor", "submit", "not_from_here"),
        ("supervisor", "withdraw", "not_yours"),
        ("supervisor", "refuse", "comment_missing"),
    ],
)
def test_what_may_not_be_done_changes_nothing(site, role, action, code):
    _, public_id = site.filed()
    with pytest.raises(Refused, match=code):
        site.fire(role, public_id, action, revision=1)
    assert site.state(public_id) == "submitted"
    assert len(site.rows(select(JournalEntry).where(JournalEntry.stream == f"dossier:{public_id}"))) == 1


def test_accepting_waits_for_the_checklist(site):
    _, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    with pytest.raises(Refused) as refusal:
        site.fire("supervisor", public_id, "accept")
    assert refusal.value.code in ("checklist", "guard")
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=False)
    with pytest.raises(Refused):
        site.fire("supervisor", public_id, "accept")
    view = site.act(casework.dossier, site.staff["supervisor"], public_id)
    [offer] = [offer for offer in view.offers if offer.action.id == "accept"]
    assert offer.refusal is not None


def test_an_unknown_item_is_no_tick(site):
    _, public_id = site.filed()
    with pytest.raises(Refused, match="no_such_item"):
        site.act(
            casework.check, site.staff["instructor"], public_id, "proof", done=True
        )  # not this state's list


def test_who_took_it_may_not_accept_it(site, staff_member):
    both = staff_member(site, "instructor", "supervisor", name="double")
    _, public_id = site.filed()
    site.act(casework.fire, both, public_id, "take")
    site.act(casework.check, both, public_id, "proof", done=True)
    with pytest.raises(Refused, match="same_person"):
        site.act(casework.fire, both, public_id, "accept")
    site.fire("supervisor", public_id, "accept")


def test_accept_and_refuse_at_once_make_one_decision(either_site):
    site = either_site
    _, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    shown = site.act(casework.dossier, site.staff["supervisor"], public_id).revision
    results = site.at_once(
        lambda: site.fire("supervisor", public_id, "accept", revision=shown),
        lambda: site.fire("supervisor", public_id, "refuse", comment="Essai.", revision=shown),
    )
    [loser] = [result for result in results if isinstance(result, Refused)]
    winner = "accept" if site.state(public_id) == "accepted" else "refuse"
    assert loser.code == "changed"
    assert dict(loser.params) == {
        "who": "supervisor (fictif)",
        "kind": "staff",
        "action": winner,
        "at": site.clock.now,
    }
    decided = site.rows(select(JournalEntry.action).where(JournalEntry.action.in_(["accept", "refuse"])))
    assert decided == [winner]
    assert len([job for job in site.jobs("mail") if job.options["text"] in ("accepted", "refused")]) == 1


def test_who_comes_late_without_a_page_is_told_who_came_first(site):
    _, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    with pytest.raises(Refused) as refusal:
        site.fire("instructor", public_id, "take")
    assert (refusal.value.code, refusal.value.params["who"], refusal.value.params["action"]) == (
        "changed",
        "instructor (fictif)",
        "take",
    )


@pytest.mark.parametrize(
    ("role", "hidden"),
    [("hotline", {"income", "iban"}), ("instructor", {"iban"}), ("supervisor", set()), ("accountant", set())],
)
def test_what_a_role_may_not_see_never_leaves_the_service(site, role, hidden):
    _, public_id = site.filed()
    view = site.act(casework.dossier, site.staff[role], public_id)
    found = answers(view)
    assert {id for id, answer in found.items() if answer.hidden} == hidden == set(view.hidden)
    if "iban" in hidden:
        assert "FR76" not in repr(view)
    if "income" in hidden:
        assert "12000.00" not in repr(view.pages) + repr(view.verdict)
    else:
        assert found["income"].printed["fr"][0].value == "12000.00"


def test_a_dossier_is_hidden_from_who_has_no_role(site):
    _, public_id = site.filed()
    strangers = [
        Viewer("staff", account_id=1, roles={}),
        Viewer("staff", account_id=1, administrator=True),
        Viewer("anonymous"),
    ]
    for viewer in strangers:
        with pytest.raises(NotFound):
            site.act(casework.dossier, viewer, public_id)
        with pytest.raises(NotFound):
            site.act(casework.fire, viewer, public_id, "take")


def test_reading_sensitive_answers_is_journalled_once_an_hour(site):
    _, public_id = site.filed()
    read = select(func.count()).select_from(JournalEntry).where(JournalEntry.action == "read")
    for _ in range(3):
        site.act(casework.dossier, site.staff["supervisor"], public_id)
    assert site.rows(read) == [1]
    site.act(casework.dossier, site.staff["instructor"], public_id)  # sees nothing sensitive
    assert site.rows(read) == [1]
    site.clock.pass_by(minutes=61)
    site.act(casework.dossier, site.staff["supervisor"], public_id)
    assert site.rows(read) == [2]


def test_a_document_read_by_staff_is_journalled(site):
    viewer, public_id = site.begin()
    site.save(
        viewer,
        public_id,
        "you",
        person__first_name="Ada",
        person__last_name="Fictive",
        income="1 000",
        tenant="yes",
    )
    site.save(viewer, public_id, "you", asked=["lease"], files={"lease": [Upload("bail.pdf", PDF)]})
    site.save(viewer, public_id, "children")
    site.save(
        viewer,
        public_id,
        "payment",
        siret="73282932000074",
        iban="FR7630006000011234567890189",
        resident="yes",
    )
    site.act(applications.submit, viewer, public_id)
    view = site.act(casework.dossier, site.staff["instructor"], public_id)
    [document] = answers(view)["lease"].documents
    assert site.act(files.open_file, site.staff["instructor"], public_id, document.public_id).content == PDF
    assert site.rows(select(JournalEntry.payload).where(JournalEntry.action == "read_document")) == [
        {"document": document.public_id}
    ]
    assert kinds(site) == [("computed", 150_000)]


def test_a_correction_reopens_named_fields_only(site):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "siret", "phone")
    view = site.read(applications.form, viewer, public_id)
    assert view.reopened == {"siret", "phone"}
    site.save(viewer, public_id, "you", income="1", phone="0450000000", asked=["income", "phone"])
    reading = site.read(applications.form, viewer, public_id).reading
    assert (reading.answers["income"], reading.answers["phone"]) == ("12000.00", "+33450000000")


def test_a_correction_stays_private_until_filed_again(either_site):
    site = either_site
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "siret")
    site.save(viewer, public_id, "payment", siret=site.siret(3), asked=["siret"])
    seen = site.act(casework.dossier, site.staff["instructor"], public_id)
    assert (answers(seen)["siret"].answer, seen.reopened) == ("73282932000074", ("siret",))
    receipt = site.act(submission.submit, viewer, public_id)
    assert (receipt.reference, receipt.number) == ("PA-2020-0001", 2)
    seen = site.act(casework.dossier, site.staff["instructor"], public_id)
    assert (answers(seen)["siret"].answer, answers(seen)["siret"].changed, seen.filing_number) == (
        site.siret(3),
        True,
        2,
    )
    assert (site.state(public_id), seen.reopened) == ("in_review", ())
    assert site.rows(select(Filing.number).order_by(Filing.number)) == [1, 2]
    assert len(site.rows(select(VerdictRow))) == 2
    assert len(site.rows(select(OnceClaim))) == 1
    assert site.rows(select(Draft)) == []
    site.filed("bob@fictif.example")  # the establishment first named is free again


def test_answering_twice_at_once_files_one_correction(either_site):
    site = either_site
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "phone")
    site.save(viewer, public_id, "you", phone="0450000000", asked=["phone"])
    results = site.at_once(*[lambda: site.act(submission.submit, viewer, public_id)] * 6)
    assert {result.number for result in results} == {2}
    assert site.rows(select(Filing.number).order_by(Filing.number)) == [1, 2]


def test_the_legal_clock_stands_still_during_a_correction(site):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "phone")
    assert site.act(casework.dossier, site.staff["instructor"], public_id).legal_on is None
    assert (
        site.rows(
            select(DeadlineRow).where(DeadlineRow.kind == "silence", DeadlineRow.cancelled_at.is_(None))
        )
        == []
    )
    assert site.jobs("mail")[-1].options["values"]["silence_on"] is None
    site.clock.pass_by(days=10)
    site.act(tracking.act, viewer, public_id, "answer")
    view = site.act(casework.dossier, site.staff["instructor"], public_id)
    assert view.legal_on == date(2020, 7, 22)
    [silence] = site.rows(
        select(DeadlineRow.local_date).where(
            DeadlineRow.kind == "silence", DeadlineRow.cancelled_at.is_(None)
        )
    )
    assert silence == date(2020, 7, 22)


def test_a_correction_about_nothing_is_refused(site):
    _, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    rejected = site.ask(public_id)
    assert isinstance(rejected, FormRejected)
    assert [(problem.path, problem.code) for problem in rejected.problems] == [
        (("fields_to_correct",), "missing")
    ]
    rejected = site.ask(public_id, "no_such")
    assert isinstance(rejected, FormRejected)
    assert rejected.typed["reason"] == ["Le numéro est illisible."]
    assert site.state(public_id) == "in_review"


def test_going_on_without_the_answer_ends_the_correction(site):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "phone")
    site.act(tracking.act, viewer, public_id, "withdraw")
    assert site.rows(select(Draft)) == []
    with pytest.raises(Refused, match="not_editable"):
        site.read(applications.form, viewer, public_id)


def test_notes_stay_inside_and_messages_go_out(site):
    viewer, public_id = site.filed()
    site.act(casework.note, site.staff["hotline"], public_id, body=" Rappeler lundi.\r\nMerci. ")
    site.act(casework.message, site.staff["instructor"], public_id, body="Votre dossier avance.")
    site.act(tracking.reply, viewer, public_id, body="Merci !")
    view = site.act(casework.dossier, site.staff["instructor"], public_id)
    assert [(note.author, note.body) for note in view.notes] == [
        ("hotline (fictif)", "Rappeler lundi.\nMerci.")
    ]
    assert [(message.direction, message.body) for message in view.messages] == [
        ("out", "Votre dossier avance."),
        ("in", "Merci !"),
    ]
    followed = site.read(tracking.dossier, viewer, public_id)
    assert "Rappeler" not in repr(followed)
    told = [(job.options["template"], job.options["to"]) for job in site.jobs("platform")]
    assert told == [("new_message", "ada@fictif.example")]
    assert "avance" not in str([job.options for job in site.jobs()])


def test_an_answer_is_told_to_who_has_the_dossier(site):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.act(tracking.reply, viewer, public_id, body="Bonjour ?")
    assert [(job.options["template"], job.options["to"]) for job in site.jobs("platform")] == [
        ("staff_message", "instructor@office.example")
    ]


@pytest.mark.parametrize(("body", "code"), [("  \n", "empty"), ("x" * 10_001, "too_long")])
def test_a_message_says_something_of_bounded_length(site, body, code):
    _, public_id = site.filed()
    with pytest.raises(Refused, match=code):
        site.act(casework.message, site.staff["instructor"], public_id, body=body)


def test_a_verb_a_role_lacks_is_refused(site):
    _, public_id = site.filed()
    with pytest.raises(Refused) as refusal:
        site.act(casework.note, site.staff["accountant"], public_id, body="Bonjour")
    assert (refusal.value.code, refusal.value.params["verb"]) == ("not_allowed", "note")
    with pytest.raises(Refused, match="not_allowed"):
        site.act(casework.check, site.staff["hotline"], public_id, "proof", done=True)


def test_the_next_dossier_is_the_one_that_waits_longest(site):
    waiting = []
    for number in range(3):
        waiting.append(site.filed(f"demandeur-{number}@fictif.example", siret=site.siret(number))[1])
        site.clock.pass_by(hours=1)
    assert site.fire("instructor", waiting[1], "take").next_id == waiting[0]
    assert site.act(casework.dossier, site.staff["instructor"], waiting[0]).next_id == waiting[2]


def test_a_granted_amount_is_taken_back_with_the_grant(site, bundle_of):
    again = (
        "    pay: {label",
        '    revoke: {label: {fr: "Retirer", en: "Revoke"}, from: accepted, to: refused, by: supervisor}\n    pay: {label',
    )
    site.act(publication.publish, bundle_of(again), "Sylvie (fictive)")
    _, public_id = site.accepted()
    site.fire("supervisor", public_id, "revoke")
    assert kinds(site)[-1] == ("reversed", 100_000)
    [decision] = site.rows(select(Dossier.state).where(Dossier.public_id == public_id))
    assert decision == "refused"


def test_amounts_are_read_as_decimals(site):
    _, public_id = site.accepted()
    view = site.act(casework.dossier, site.staff["supervisor"], public_id)
    assert [(step.kind, step.amount, step.by) for step in view.amounts] == [
        ("computed", Decimal("1000.00"), "system"),
        ("granted", Decimal("1000.00"), "supervisor (fictif)"),
        ("due", Decimal("1000.00"), "supervisor (fictif)"),
    ]

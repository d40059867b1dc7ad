"""What the bank answers: payments noted, sent back, asked for again and made once, to the cent."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from bench.bank import Bank
from dossiers.database import AmountStep, Draft, Job, PaymentRow
from dossiers.services import (
    applications,
    bank_files,
    export_making,
    ledger,
    payment_accounts,
    payment_batches,
    publication,
    receipts,
    tracking,
)
from dossiers.services.export_plans import ANSWERS, Asked
from dossiers.services.refusals import NotFound, Refused
from dossiers.worker import Worker
from renderers.words.refusals import refusal_sentence
from tests.fixtures.bank import camt_054, pain_002
from tests.fixtures.statements import asked
from workflows.returns import message_number, payment_number

AWARD = """award:
  currency: EUR
  amount: 1000.01
  paid_to: {applicant: {iban: iban}}
  paid_from: {iban: FR7630006000011234567890189, bic: AGRIFRPP}
  budget: {envelope: 9000, commit_on: accepted}
"""
OLD = (
    'award: {currency: EUR, amount: {decide: [income], hit: first, rows: [["< 2000", 1500], ["-", 1000]]}}\n'
)
PAY = '    pay: {label: {fr: "Payer", en: "Pay"}, from: accepted, to: paid, by: accountant}\n'
BATCH = PAY.replace("by: accountant}", "by: accountant, batch: sepa}")
BACK = '    take_back: {label: {fr: "Revenir", en: "Take back"}, from: paid, to: refused, by: supervisor}\n'
MAY = ('en: "Accounts"}, may: [search, view]', 'en: "Accounts"}, may: [search, view, pay]')
SLUG = "small-grant"
MOST_STATEMENTS = 31  # of one line that pays
OTHER = "FR7630004000031234567890143"


@pytest.fixture
def paying(site, small, staff_member):
    """The small grant, paid by batches out of an envelope; two accountants."""
    site.act(publication.publish, small(MAY, (OLD, AWARD), (PAY, BATCH + BACK)), "Sylvie (fictive)")
    site.staff["second"] = staff_member(site, "accountant", name="second")
    return site


def sent(site):
    """Prepare a batch and have somebody else validate it: its public id, its lines, its number as a file."""
    id = site.act(payment_batches.prepare, site.staff["accountant"], SLUG)
    site.act(payment_batches.validate, site.staff["second"], SLUG, id)
    page = site.read(payment_batches.batch, site.staff["second"], SLUG, id)
    return id, page.lines, message_number(SLUG, page.batch.number, id)


def number(line):
    return payment_number(line.reference, line.payment)


def taken(site, content):
    """Take a file of the bank in and let the worker note it: what came of each line."""
    id = site.act(bank_files.take, site.staff["accountant"], SLUG, content)
    work(site)
    page = site.read(bank_files.file, site.staff["accountant"], SLUG, id)
    return [line.outcome for line in page.part.lines]


def work(site):
    Worker(site.desk.office, kinds=["bank_file", "pay_batch"]).run_all()


def money(site):
    """The chain after the grant, and what is held of the envelope against a recount."""
    assert site.read(ledger.recount, SLUG) == ()
    steps = select(AmountStep.kind).where(AmountStep.kind.in_(("paid", "returned"))).order_by(AmountStep.id)
    return site.rows(steps)


def refusal(site, service, *args, **kwargs):
    with pytest.raises(Refused) as found:
        site.act(service, site.staff["accountant"], *args, **kwargs)
    return found.value.code


def give_account(site, public_id, iban):
    viewer = site.applicant_of(public_id)
    site.save(viewer, public_id, "payment", asked={"iban"}, iban=iban)
    site.act(applications.submit, viewer, public_id)


def test_file_of_the_bank_pays_some_and_asks_others_for_another_account(paying):
    site = paying
    people = [site.accepted(siret=site.siret(place))[1] for place in range(3)]
    id, lines, order = sent(site)
    first, second, third = map(number, lines)
    told = pain_002([(first, "ACSC", ""), (second, "RJCT", "AC04"), (third, "ACSP", "")], order=order)
    assert taken(site, told) == ["noted", "noted", "noted"]
    assert [site.state(one) for one in people] == ["paid", "accepted", "accepted"]
    assert money(site) == ["paid"]
    assert refusal(site, payment_batches.cancel, SLUG, id) == "batch_over"
    assert site.rows(select(PaymentRow.state).order_by(PaymentRow.id)) == ["paid", "rejected", "due", "due"]
    assert site.rows(select(Draft.reopened)) == [["iban"]]
    mails = [job.options for job in site.jobs("platform")]
    assert [(one["template"], one["to"]) for one in mails] == [("account_refused", "ada@fictif.example")]
    assert refusal(site, payment_batches.prepare, SLUG) == "empty"  # held: the bank refused this account
    seen = site.read(tracking.dossier, site.applicant_of(people[1]), people[1])
    assert [field.id for field in seen.expected.fields] == ["iban"] and seen.expected.reason == ()
    assert [point.remark for point in seen.request.points] == ["Compte clos"]
    give_account(site, people[1], OTHER)
    viewer = site.applicant_of(people[1])
    assert site.read(receipts.page, viewer, people[1]).kind == "answered"  # nothing was wrong before
    assert site.read(tracking.dossier, viewer, people[1]).timeline[-1].kind == "account_given"
    assert site.rows(select(Draft.reopened)) == []
    again, lines, order = sent(site)
    assert [(line.dossier, line.iban) for line in lines] == [(people[1], OTHER)]
    debit = camt_054([(third, "1000.01", ""), (number(lines[0]), "1000.01", "")], side="DBIT")
    assert taken(site, debit) == ["noted", "noted"]
    assert [site.state(one) for one in people] == ["paid", "paid", "paid"]
    assert money(site) == ["paid", "paid", "paid"]
    for one in (id, again):
        assert site.read(payment_batches.batch, site.staff["second"], SLUG, one).batch.state == "paid"


def test_payment_sent_back_after_it_was_made_is_due_again_and_paid_once(paying):
    site = paying
    public_id = site.accepted()[1]
    _, lines, _ = sent(site)
    taken(site, camt_054([(number(lines[0]), "1000.01", "")], side="DBIT"))
    assert site.state(public_id) == "paid"
    back = [(number(lines[0]), "1000.01", "AC06")]
    assert taken(site, camt_054(back, message="BANK-3")) == ["noted"]
    assert taken(site, camt_054(back, message="BANK-4")) == ["again"]
    assert site.state(public_id) == "accepted"
    assert money(site) == ["paid", "returned"]
    told = site.read(tracking.dossier, site.applicant_of(public_id), public_id).timeline
    assert told[-1].kind == "payment_back"  # not the status it had before, told anew
    site.clock.pass_by(days=1)
    give_account(site, public_id, OTHER)
    told = site.read(tracking.dossier, site.applicant_of(public_id), public_id).timeline
    assert told[-1].kind == "account_given"  # nothing else was changed, nor filed again
    _, lines, _ = sent(site)
    taken(site, camt_054([(number(lines[0]), "1000.01", "")], side="DBIT", message="BANK-5"))
    assert site.state(public_id) == "paid"
    assert money(site) == ["paid", "returned", "paid"]
    seen = site.read(tracking.dossier, site.applicant_of(public_id), public_id)
    assert seen.paid_at == [one.at for one in seen.amounts if one.kind == "paid"][-1]
    out = io.BytesIO()
    site.act(export_making.make, None, SLUG, Asked(ANSWERS, "csv"), out, lambda done, total: None)
    told = zipfile.ZipFile(out).read(f"{SLUG}.csv").decode()
    [row] = csv.DictReader(io.StringIO(told))
    assert (row["granted"], row["paid"]) == ("1000.01", "1000.01")


def test_same_file_and_same_message_are_refused_the_second_time(paying):
    told = pain_002([("UNKNOWN-77", "ACSC", "")])
    assert taken(paying, told) == ["unknown"]
    assert refusal(paying, bank_files.take, SLUG, told) == "bank_again"
    assert refusal(paying, bank_files.take, SLUG, told + b"\n") == "bank_again"
    assert refusal(paying, bank_files.take, SLUG, b"<Document/>") == "bank_not_a_return"
    assert refusal(paying, bank_files.take, SLUG, pain_002([], message="EMPTY")) == "bank_empty"


def test_line_that_fits_no_payment_is_told_and_does_nothing(paying):
    site = paying
    public_id = site.accepted()[1]
    prepared = site.act(payment_batches.prepare, site.staff["accountant"], SLUG)
    [line] = site.read(payment_batches.batch, site.staff["second"], SLUG, prepared).lines
    assert taken(site, camt_054([(number(line), "1000.01", "")], side="DBIT", message="1")) == ["not_sent"]
    site.act(payment_batches.validate, site.staff["second"], SLUG, prepared)
    wrong = [(number(line), "999.00", ""), (f"X-{line.payment}", "1000.01", "")]
    assert taken(site, camt_054(wrong, side="DBIT", message="2")) == ["amount", "unknown"]
    foreign = camt_054([(number(line), "1000.01", "")], side="DBIT", message="4").replace(b"EUR", b"USD")
    assert taken(site, foreign) == ["currency"]
    assert taken(site, pain_002([], group="RJCT", order="another-1", message="3")) == ["unknown"]
    assert (site.state(public_id), money(site)) == ("accepted", [])


def test_order_refused_whole_goes_again_as_it_is_when_no_account_is_to_blame(paying):
    site = paying
    site.accepted()
    _, _, order = sent(site)
    whole = pain_002([], group="RJCT", order=order).replace(
        b"</GrpSts>", b"</GrpSts><StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf>"
    )
    assert taken(site, whole) == ["noted"]
    assert site.jobs("platform") == []
    _, lines, _ = sent(site)
    assert len(lines) == 1


def test_worker_that_dies_between_two_lines_goes_on_where_it_was(paying):
    site = paying
    people = [site.accepted(siret=site.siret(place))[1] for place in range(2)]
    _, lines, order = sent(site)
    content = pain_002([(number(line), "ACSC", "") for line in lines], order=order)
    site.act(bank_files.take, site.staff["accountant"], SLUG, content)
    from dossiers.services.bank_noting import note_next

    [file_id] = [job.options["file_id"] for job in site.jobs("bank_file")]
    with asked(site.desk.office.database) as statements:
        assert site.act(note_next, file_id)
    assert len(statements) <= MOST_STATEMENTS
    site.clock.now += timedelta(minutes=5)
    work(site)
    assert not site.act(note_next, file_id)
    assert [site.state(one) for one in people] == ["paid", "paid"]
    assert money(site) == ["paid", "paid"]


def test_file_in_several_hands_is_noted_once_each_payment_in_the_order_of_its_lines(paying, monkeypatch):
    site = paying
    monkeypatch.setattr(bank_files, "hands", lambda work: 3)
    people = [site.accepted(siret=site.siret(place))[1] for place in range(3)]
    id, lines, _ = sent(site)
    debit = [(number(line), "1000.01", "") for line in lines]
    assert taken(site, camt_054(debit, side="DBIT")) == ["noted"] * 3
    assert [job.options["share"] for job in site.jobs("bank_file") if job.done_at] == [0, 1, 2]
    assert site.read(payment_batches.batch, site.staff["second"], SLUG, id).batch.state == "paid"
    back = [(number(lines[0]), "1000.01", "AC06")] * 2
    assert taken(site, camt_054(back, message="BANK-3")) == ["noted", "again"]
    assert [site.state(one) for one in people] == ["accepted", "paid", "paid"]
    assert money(site) == ["paid"] * 3 + ["returned"]


def test_a_stale_page_of_payments_names_who_acted_last_not_who_accepted(paying):
    site = paying
    public_id = site.accepted()[1]
    _, [line], _ = sent(site)
    shown = site.read(payment_accounts.of_dossier, site.staff["second"], public_id).revision
    site.act(payment_accounts.reject, site.staff["second"], public_id, line.payment, "MS03", revision=shown)
    shown += 1
    site.act(payment_accounts.same_account, site.staff["accountant"], public_id, line.payment, revision=shown)
    late = partial(payment_accounts.ask_account, revision=shown)
    with pytest.raises(Refused) as found:
        site.act(late, site.staff["second"], public_id, line.payment)
    scheme = site.read(payment_accounts.of_dossier, site.staff["second"], public_id).scheme
    told = refusal_sentence(found.value, scheme, "fr")
    assert told.startswith(f"{site.staff['accountant'].name} a modifié ce dossier le 12 mai 2020")


def test_accountant_notes_by_hand_what_came_back_and_what_was_repaid(paying):
    site = paying
    public_id = site.accepted()[1]
    _, [line], _ = sent(site)
    page = site.read(payment_accounts.of_dossier, site.staff["second"], public_id)
    by_hand = {"revision": page.revision}
    site.act(payment_accounts.reject, site.staff["second"], public_id, line.payment, "MS03", **by_hand)
    assert site.jobs("platform") == []  # nobody knows why: the accountant decides
    assert refusal(site, payment_batches.prepare, SLUG) == "empty"
    back = site.read(bank_files.came_back, site.staff["accountant"], SLUG)
    assert [(one.dossier, str(one.amount), one.reason) for one in back] == [(public_id, "1000.01", "MS03")]
    page = site.read(payment_accounts.of_dossier, site.staff["second"], public_id)
    assert [(one.state, one.is_held, one.can_ask) for one in page.payments] == [
        ("rejected", False, True),
        ("due", True, False),
    ]
    by_hand = {"revision": page.revision}
    site.act(payment_accounts.same_account, site.staff["second"], public_id, line.payment, **by_hand)
    _, [line], _ = sent(site)
    assert site.read(bank_files.came_back, site.staff["accountant"], SLUG) == ()
    refused, again = site.read(payment_accounts.of_dossier, site.staff["second"], public_id).payments
    assert (refused.can_ask, refused.can_keep, again.is_sent) == (
        False,
        False,
        True,
    )  # it is at the bank again
    taken(site, camt_054([(number(line), "1000.01", "")], side="DBIT"))
    page = site.read(payment_accounts.of_dossier, site.staff["second"], public_id)
    assert not any(
        one.can_ask or one.can_keep for one in page.payments
    )  # it is paid: nobody is asked for an account
    for act in (payment_accounts.ask_account, payment_accounts.same_account):
        assert refusal(site, act, public_id, refused.id, revision=page.revision) == "batch_over"
    site.fire("supervisor", public_id, "take_back")
    page = site.read(payment_accounts.of_dossier, site.staff["second"], public_id)
    assert str(page.claimed) == "1000.01"
    too_much = ("more_than_claimed", page.claimed * 2)
    assert (
        refusal(site, payment_accounts.repaid, public_id, too_much[1], "", revision=page.revision)
        == too_much[0]
    )
    site.act(
        payment_accounts.repaid, site.staff["second"], public_id, page.claimed, "", revision=page.revision
    )
    assert money(site) == ["paid", "returned"]
    page = site.read(payment_accounts.of_dossier, site.staff["second"], public_id)
    assert not page.claimed


def test_another_account_must_be_another(paying):
    site = paying
    public_id = site.accepted()[1]
    _, [line], order = sent(site)
    taken(site, pain_002([(number(line), "RJCT", "AC01")], order=order))
    viewer = site.applicant_of(public_id)
    with pytest.raises(Refused) as found:
        site.act(applications.submit, viewer, public_id)
    assert found.value.code == "same_account"


def test_account_the_bank_refused_is_told_beside_its_question(paying):
    site = paying
    public_id = site.accepted()[1]
    _, [line], order = sent(site)
    taken(site, pain_002([(number(line), "RJCT", "AC01")], order=order))
    viewer = site.applicant_of(public_id)
    refused = line.iban
    again = site.save(viewer, public_id, "payment", asked={"iban"}, iban=refused)
    assert [(one.path, one.code) for one in again.problems] == [(("iban",), "account_refused")]
    give_account(site, public_id, OTHER)
    _, [line], order = sent(site)
    taken(site, pain_002([(number(line), "RJCT", "AC01")], order=order, message="BANK-2"))
    first = site.save(viewer, public_id, "payment", asked={"iban"}, iban=refused)
    assert [one.code for one in first.problems] == ["account_refused"]  # an older one, refused as well
    with pytest.raises(Refused, match="same_account"):
        site.act(applications.submit, viewer, public_id)


def test_who_may_not_pay_finds_no_file_and_no_payments(paying):
    public_id = paying.accepted()[1]
    for role in ("instructor", "supervisor", "hotline"):
        with pytest.raises(NotFound):
            paying.read(bank_files.files, paying.staff[role], SLUG)
        with pytest.raises(NotFound):
            paying.read(payment_accounts.of_dossier, paying.staff[role], public_id)


def test_order_is_taken_by_a_bank_and_its_answers_are_read(paying):
    """The package mock-bank checks the order, closes one account, sends one payment back three days later."""
    from admin.payment_files import order_of
    from renderers import sepa

    site = paying
    people = [site.accepted(siret=site.siret(place))[1] for place in range(2)]
    id, _, _ = sent(site)
    page = site.read(payment_batches.batch, site.staff["second"], SLUG, id)
    bank = Bank("2020-05-12T09:00")
    try:
        order = order_of(page, "Office (fictif)", "fr")
        assert order is not None
        answer = bank.send(sepa.pain(order, "09"))
        assert answer, answer
        for told in bank.letters("pain.002"):
            assert taken(site, told) == ["noted", "noted"]
        bank.later(3)
        for told in bank.letters("camt.054"):
            assert set(taken(site, told)) <= {"noted", "again"}
    finally:
        bank.close()
    assert [site.state(one) for one in people] == ["paid", "paid"]
    assert site.rows(select(Job.failed_at).where(Job.failed_at.is_not(None))) == []

"""What is to be paid, to whom, in which parts; and the batches in which it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select

from dossiers.database import AmountStep, JournalEntry, PaymentRow
from dossiers.services import casework, payment_batches, publication
from dossiers.services.refusals import NotFound, Refused
from dossiers.worker import Worker

AWARD = """award:
  currency: EUR
  amount: 1000.01
  paid_to: {applicant: {iban: iban}}
  paid_from: {iban: FR7630006000011234567890189, bic: AGRIFRPP}
"""
OLD = (
    'award: {currency: EUR, amount: {decide: [income], hit: first, rows: [["< 2000", 1500], ["-", 1000]]}}\n'
)
PAY = '    pay: {label: {fr: "Payer", en: "Pay"}, from: accepted, to: paid, by: accountant}\n'
BATCH = PAY.replace("by: accountant}", "by: accountant, batch: sepa}")
MAY = ('en: "Accounts"}, may: [search, view]', 'en: "Accounts"}, may: [search, view, pay]')
STATES = '    paid: {label: {fr: "Payée", en: "Paid"}, kind: end}\n'
INSTALMENTS = """  instalments:
    advance: {label: {fr: "Acompte", en: "Advance"}, share: 70, pay_on: accepted}
    balance: {label: {fr: "Solde", en: "Balance"}, %s, pay_on: reported}
"""
STEPS = (
    PAY.replace("pay:", "pay_advance:").replace(
        "to: paid, by: accountant", "to: advanced, by: accountant, batch: sepa"
    )
    + """    report: {label: {fr: "Bilan reçu", en: "Report in"}, from: advanced, to: reported, by: instructor}
    close: {label: {fr: "Solder", en: "Settle"}, from: reported, to: paid, by: accountant, batch: sepa}
    suspend: {label: {fr: "Suspendre", en: "Suspend"}, from: accepted, to: suspended, by: accountant}
    resume: {label: {fr: "Reprendre", en: "Resume"}, from: suspended, to: accepted, by: accountant}
"""
)


def publish(site, small, staff_member, *changes):
    site.act(publication.publish, small(MAY, *changes), "Sylvie (fictive)")
    site.staff["second"] = staff_member(site, "accountant", name="second")
    return site


@pytest.fixture
def at_once(site, small, staff_member):
    """The small grant, paid by batches at once."""
    return publish(site, small, staff_member, (OLD, AWARD), (PAY, BATCH))


def in_parts(balance):
    advanced = '    advanced: {label: {fr: "Acompte versé", en: "Advance paid"}}\n    reported: {label: {fr: "Bilan reçu", en: "Report in"}}\n    suspended: {label: {fr: "Suspendue", en: "Suspended"}}\n'
    return (
        (OLD, AWARD + INSTALMENTS % balance),
        (PAY, STEPS),
        (STATES, STATES + advanced),
        ("states: [accepted, refused]", "states: [accepted, refused, advanced, reported, suspended]"),
    )


def work(site):
    Worker(site.desk.office, kinds=["pay_batch"]).run_all()


def paid(site):
    """Prepare a batch, have somebody else validate it, note it as paid."""
    id = site.act(payment_batches.prepare, site.staff["accountant"], "small-grant")
    site.act(payment_batches.validate, site.staff["second"], "small-grant", id)
    site.act(payment_batches.mark_paid, site.staff["accountant"], "small-grant", id)
    work(site)
    return id


def chain(site):
    steps = select(AmountStep.kind, AmountStep.cents).order_by(AmountStep.id)
    return [tuple(row) for row in site.rows(steps.where(AmountStep.kind != "computed"))]


def refused(site, service, who, *args):
    with pytest.raises(Refused) as found:
        site.act(service, site.staff[who], "small-grant", *args)
    return found.value.code


def test_batch_is_prepared_by_one_validated_by_another_and_paid_once(at_once):
    people = [at_once.accepted(siret=at_once.siret(number))[1] for number in range(2)]
    assert refused(at_once, casework_fire, "accountant", people[0]) == "only_by_batch"
    id = at_once.act(payment_batches.prepare, at_once.staff["accountant"], "small-grant")
    assert refused(at_once, payment_batches.validate, "accountant", id) == "same_person_batch"
    assert refused(at_once, payment_batches.prepare, "second") == "empty"
    assert refused(at_once, payment_batches.mark_paid, "second", id) == "batch_over"
    for day in (date(2020, 5, 11), date(2021, 6, 1)):  # today is the twelfth of May
        late = partial(payment_batches.validate, pay_on=day)
        assert refused(at_once, late, "second", id) == "bad_pay_day"
    assert at_once.act(payment_batches.validate, at_once.staff["second"], "small-grant", id) == 1
    assert refused(at_once, payment_batches.validate, "second", id) == "batch_over"
    page = at_once.read(payment_batches.batch, at_once.staff["second"], "small-grant", id)
    assert [(line.dossier, line.name, line.cents, line.iban) for line in page.lines] == [
        (one, "Ada Fictive", 100_001, "FR7630006000011234567890189") for one in people
    ]
    at_once.act(payment_batches.mark_paid, at_once.staff["second"], "small-grant", id)
    work(at_once)
    work(at_once)
    assert [at_once.state(one) for one in people] == ["paid", "paid"]
    assert [cents for kind, cents in chain(at_once) if kind == "paid"] == [100_001, 100_001]
    entries = select(JournalEntry.action).where(JournalEntry.stream == "scheme:small-grant")
    assert at_once.rows(entries)[-3:] == ["batch_prepared", "batch_validated", "batch_paid"]


def casework_fire(work, viewer, slug, public_id):
    return casework.fire(work, viewer, public_id, "pay")


def test_what_is_taken_back_leaves_the_batch_until_it_is_validated(site, small, staff_member):
    back = '    take_back: {label: {fr: "Revenir", en: "Take back"}, from: accepted, to: refused, by: supervisor}\n'
    publish(site, small, staff_member, (OLD, AWARD), (PAY, BATCH + back))
    people = [site.accepted(siret=site.siret(number))[1] for number in range(3)]
    id = site.act(payment_batches.prepare, site.staff["accountant"], "small-grant")
    site.fire("supervisor", people[0], "take_back")
    site.act(payment_batches.validate, site.staff["second"], "small-grant", id)
    site.fire("supervisor", people[1], "take_back")  # on its way: the bank pays it all the same
    site.act(payment_batches.mark_paid, site.staff["second"], "small-grant", id)
    work(site)
    assert [site.state(one) for one in people] == ["refused", "refused", "paid"]
    assert [cents for kind, cents in chain(site) if kind == "paid"] == [100_001, 100_001]
    view = site.act(casework.dossier, site.staff["supervisor"], people[1])
    assert str(view.overpaid) == "1000.01"


def test_batch_given_up_frees_its_payments(at_once):
    at_once.accepted()
    id = at_once.act(payment_batches.prepare, at_once.staff["accountant"], "small-grant")
    at_once.act(payment_batches.cancel, at_once.staff["second"], "small-grant", id)
    assert at_once.read(payment_batches.payments, at_once.staff["second"], "small-grant").due == 1
    assert refused(at_once, payment_batches.validate, "second", id) == "batch_over"


def test_a_page_from_before_the_validation_gives_no_batch_up_and_what_would_pay_twice_is_not_handed_out(
    at_once,
):
    at_once.accepted()
    id = at_once.act(payment_batches.prepare, at_once.staff["accountant"], "small-grant")
    at_once.act(payment_batches.validate, at_once.staff["second"], "small-grant", id)
    late = partial(payment_batches.cancel, seen="prepared")
    assert refused(at_once, late, "accountant", id) == "batch_over"  # its file may be at the bank
    order = partial(payment_batches.taken_out, form="pain-09")
    at_once.act(order, at_once.staff["second"], "small-grant", id)
    at_once.act(
        partial(payment_batches.cancel, seen="validated"), at_once.staff["accountant"], "small-grant", id
    )
    with pytest.raises(NotFound):
        at_once.act(order, at_once.staff["second"], "small-grant", id)
    statement = partial(payment_batches.taken_out, form="csv")
    assert at_once.act(statement, at_once.staff["second"], "small-grant", id).batch.state == "cancelled"


def test_only_who_may_pay_sees_payments(at_once):
    for role in ("instructor", "supervisor", "hotline"):
        with pytest.raises(NotFound):
            at_once.read(payment_batches.payments, at_once.staff[role], "small-grant")


@pytest.mark.parametrize(
    ("balance", "wanted"),
    [
        ("share: 30", [("due", 70_001), ("paid", 70_001), ("due", 30_000), ("paid", 30_000)]),
        (
            "amount: 900 - award.paid",
            [("due", 70_001), ("paid", 70_001), ("due", 19_999), ("reversed", 10_001), ("paid", 19_999)],
        ),
        (
            "amount: 600 - award.paid, below_zero: claim",
            [("due", 70_001), ("paid", 70_001), ("reversed", 40_001)],
        ),
    ],
)
def test_instalments_fall_due_in_their_states_and_make_up_what_is_granted(
    site, small, staff_member, balance, wanted
):
    publish(site, small, staff_member, *in_parts(balance))
    _, public_id = site.accepted()
    paid(site)
    assert site.state(public_id) == "advanced"
    site.fire("instructor", public_id, "report")
    if "claim" in balance:
        assert refused(site, payment_batches.prepare, "accountant") == "empty"
        view = site.act(casework.dossier, site.staff["supervisor"], public_id)
        assert str(view.overpaid) == "100.01"
    else:
        paid(site)
        assert site.state(public_id) == "paid"
    assert chain(site)[1:] == wanted


def test_suspended_dossier_stays_out_of_batches(site, small, staff_member):
    publish(site, small, staff_member, *in_parts("share: 30"))
    _, public_id = site.accepted()
    site.fire("accountant", public_id, "suspend")
    assert refused(site, payment_batches.prepare, "accountant") == "empty"
    assert site.rows(select(PaymentRow.state)) == ["due"]


def test_dossier_suspended_after_the_batch_was_prepared_leaves_it_when_it_is_validated(
    site, small, staff_member
):
    publish(site, small, staff_member, *in_parts("share: 30"))
    people = [site.accepted(siret=site.siret(number))[1] for number in range(2)]
    id = site.act(payment_batches.prepare, site.staff["accountant"], "small-grant")
    site.fire("accountant", people[0], "suspend")
    site.act(payment_batches.validate, site.staff["second"], "small-grant", id)
    page = site.read(payment_batches.batch, site.staff["second"], "small-grant", id)
    assert [line.dossier for line in page.lines] == [people[1]]
    assert site.read(payment_batches.payments, site.staff["second"], "small-grant").due == 1


def test_who_may_not_read_accounts_sees_neither_them_nor_the_files(site, small, staff_member):
    hidden = (
        "iban: {type: iban, sensitive: true, hide_from: [hotline, instructor]",
        "iban: {type: iban, sensitive: true, hide_from: [hotline, instructor, accountant]",
    )
    publish(site, small, staff_member, (OLD, AWARD), (PAY, BATCH), hidden)
    site.accepted()
    id = site.act(payment_batches.prepare, site.staff["accountant"], "small-grant")
    site.act(payment_batches.validate, site.staff["second"], "small-grant", id)
    page = site.read(payment_batches.batch, site.staff["second"], "small-grant", id)
    assert [line.iban for line in page.lines] == ["••••"]
    with pytest.raises(NotFound):
        site.act(payment_batches.taken_out, site.staff["second"], "small-grant", id, form="csv")
    site.act(payment_batches.read_batch, site.staff["second"], "small-grant", id)
    assert site.rows(select(JournalEntry.id).where(JournalEntry.action == "read_batch")) == []


def test_perimeter_holds_in_payments(site, small, staff_member):
    narrowed = (MAY[1], MAY[1].replace("pay]", "pay], sees: own_groups"))
    groups = ("award:", "groups: {north: {label: {fr: Nord, en: North}, where: income < 5000}}\naward:")
    publish(site, small, staff_member, (OLD, AWARD), (PAY, BATCH), groups, narrowed)
    site.accepted()
    page = site.read(payment_batches.payments, site.staff["accountant"], "small-grant")
    assert (page.due, refused(site, payment_batches.prepare, "accountant")) == (0, "empty")
    site.accepted(siret=site.siret(1), income="4 000,00")
    north = replace(site.staff["second"], groups={"small-grant": frozenset({"north"})})
    id = site.act(payment_batches.prepare, north, "small-grant")
    for act in (payment_batches.validate, payment_batches.cancel, payment_batches.mark_paid):
        with pytest.raises(NotFound):
            site.act(act, site.staff["accountant"], "small-grant", id)


def test_vouchers_are_written_when_the_batch_is_validated_and_stay(site, small, staff_member):
    columns = "{nature: {text: '65134'}, payee: {value: payment.name}, amount: {value: payment.amount}, income: {value: income}}"
    declared = AWARD + f"  vouchers: {{columns: {columns}}}\n"
    publish(site, small, staff_member, (OLD, declared), (PAY, BATCH))
    people = [site.accepted(siret=site.siret(number))[1] for number in range(2)]
    id = site.act(payment_batches.prepare, site.staff["accountant"], "small-grant")
    site.act(payment_batches.validate, site.staff["second"], "small-grant", id)
    page = site.act(payment_batches.taken_out, site.staff["second"], "small-grant", id, form="vouchers")
    assert page.vouchers
    assert [(line.dossier, line.cells) for line in page.lines] == [
        (one, ("65134", "Ada Fictive", "1000,01", "12000,00")) for one in people
    ]

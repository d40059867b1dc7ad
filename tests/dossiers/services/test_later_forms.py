"""A form asked later: filled in page by page after the decision, beside what was filed, and what is paid follows from it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dossiers.database import AmountStep, Draft, Filing
from dossiers.services import applications, casework, owned, tracking
from dossiers.services.refusals import Refused
from dossiers.services.views import Saved
from tests.dossiers.services.conftest import opened_copy, republished

REPORT = """forms:
  report:
    spending:
      title: {fr: "Bilan", en: "Report"}
      fields:
        spent: {type: money, label: {fr: "Dépenses réelles", en: "What was spent"}}
        receipt: {when: spent > 500, type: text, label: {fr: "Numéro de la facture", en: "Number of the invoice"}}
eligibility:
  spent_something:
    form: report
    require: report.spent > 0
    otherwise: {fr: "Rien n'est dépensé.", en: "Nothing is spent."}
"""
AWARD = """award:
  instalments:
    advance: {share: 50, pay_on: accepted}
    balance: {amount: "min(award.granted, report.spent) - award.paid", pay_on: settled, below_zero: claim}
  amount: 1000
"""
STATES = """    reporting: {label: {fr: "Bilan attendu", en: "Report awaited"}}
    reminded: {label: {fr: "Relancé", en: "Reminded"}, part_of: reporting}
    reported: {label: {fr: "Bilan reçu", en: "Report received"}}
    settled: {label: {fr: "Soldée", en: "Settled"}, kind: end}
    expired:"""
ACTIONS = """    call_report: {label: {fr: "Demander le bilan", en: "Ask for the report"}, from: accepted, to: reporting, by: accountant, effects: [{mail: please_correct}]}
    report: {label: {fr: "Déposer le bilan", en: "File the report"}, from: reporting, to: reported, by: applicant, form: report}
    remind: {label: {fr: "Relancer", en: "Remind"}, from: reporting, to: reminded, by: instructor}
    send_back: {label: {fr: "Redemander", en: "Ask again"}, from: reported, to: reporting, by: instructor}
    settle: {label: {fr: "Solder", en: "Settle"}, from: reported, to: settled, by: supervisor}
    expire:"""
REPLACED = (
    ("eligibility:\n", REPORT),
    (
        'award: {currency: EUR, amount: {decide: [income], hit: first, rows: [["< 2000", 1500], ["-", 1000]]}}\n',
        AWARD,
    ),
    ("    expired:", STATES),
    ("    expire:", ACTIONS),
    ("states: [paid, withdrawn", "states: [paid, reporting, reported, settled, withdrawn"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, template, small, organisation):
    """The small grant, half of which is paid once what was spent is reported."""
    return republished(tmp_path_factory.mktemp("later"), template, organisation, small(*REPLACED))


@pytest.fixture
def site(folder, template, tmp_path, organisation):
    yield from opened_copy(folder, template, tmp_path, organisation)


def awaited(site):
    """A grant of 1000 € whose report is awaited."""
    _, public_id = site.accepted()
    site.fire("accountant", public_id, "call_report")
    return site.applicant_of(public_id), public_id


def report(site, viewer, public_id, spent, **more):
    """Fill in and file the report."""
    asked = {"spent", *more}
    assert isinstance(site.save(viewer, public_id, "spending", asked=asked, spent=spent, **more), Saved)
    site.act(applications.submit, viewer, public_id)


def chain(site, *kinds):
    steps = site.rows(select(AmountStep.kind, AmountStep.cents).order_by(AmountStep.id))
    return [(kind, cents) for kind, cents in steps if kind in kinds]


def test_nothing_of_it_is_asked_before_its_time(site):
    viewer, public_id = site.filed()
    assert site.rows(select(Filing.answers))[0].keys().isdisjoint({"spent", "receipt"})
    with pytest.raises(Refused):
        site.read(applications.form, viewer, public_id)


def test_it_is_filled_in_as_a_draft_beside_what_was_filed_which_cannot_be_changed(site):
    viewer, public_id = awaited(site)
    view = site.read(applications.form, viewer, public_id)
    assert (view.later.plain("fr"), view.journey.first_incomplete) == ("Déposer le bilan", "spending")
    changeable = [id for id, field in view.scheme.fields.items() if view.may_change(field)]
    assert changeable == ["spent", "receipt"]
    site.save(viewer, public_id, "spending", asked={"spent"}, spent="700")
    with pytest.raises(Refused) as refused:
        site.act(applications.submit, viewer, public_id)
    assert (refused.value.code, refused.value.params["page"]) == ("incomplete", "spending")
    [kept] = site.rows(select(Draft.answers))
    assert kept["spent"] == "700.00"
    expected = site.read(tracking.dossier, viewer, public_id).expected
    assert (expected.kind, expected.action) == ("file", "report")


def test_what_was_begun_of_it_stays_while_the_dossier_moves_among_the_parts_of_its_state(site):
    viewer, public_id = awaited(site)
    site.save(viewer, public_id, "spending", asked={"spent"}, spent="200")
    site.fire("instructor", public_id, "remind")
    assert (site.state(public_id), site.rows(select(Draft.answers))[0]["spent"]) == ("reminded", "200.00")
    site.act(applications.submit, viewer, public_id)
    assert site.state(public_id) == "reported"


def test_what_was_spent_is_paid_and_the_office_sees_it_beside_the_first_form(site):
    viewer, public_id = awaited(site)
    report(site, viewer, public_id, "800", receipt="F-12")
    assert site.state(public_id) == "reported"
    pages = [page.page.id for page in site.act(casework.dossier, site.staff["supervisor"], public_id).pages]
    assert pages == ["you", "children", "payment", "spending"]
    site.fire("supervisor", public_id, "settle")
    assert chain(site, "granted", "due", "reversed") == [
        ("granted", 100_000),
        ("due", 50_000),
        ("due", 30_000),
        ("reversed", 20_000),
    ]


def test_what_was_paid_too_much_is_claimed_back(site):
    viewer, public_id = awaited(site)
    report(site, viewer, public_id, "300")
    site.fire("supervisor", public_id, "settle")
    assert chain(site, "due", "reversed") == [("due", 50_000), ("reversed", 70_000)]


def test_its_own_rules_refuse_it_and_those_of_the_first_form_no_more(site):
    viewer, public_id = awaited(site)
    with pytest.raises(Refused) as refused:
        report(site, viewer, public_id, "0")
    assert [rule.id for rule in refused.value.params["rules"]] == ["spent_something"]
    assert site.state(public_id) == "reporting"


def test_the_list_of_who_applied_names_what_is_awaited(site):
    viewer, public_id = awaited(site)
    [row] = site.read(owned.mine, viewer)
    assert (row.expected, row.awaited.plain("fr")) == (True, "Déposer le bilan")
    report(site, viewer, public_id, "300")
    [row] = site.read(owned.mine, viewer)
    assert (row.expected, row.awaited) == (False, None)


def test_asked_again_it_holds_what_was_reported(site):
    viewer, public_id = awaited(site)
    report(site, viewer, public_id, "300")
    site.fire("instructor", public_id, "send_back")
    assert site.read(applications.form, viewer, public_id).reading.answers["spent"] == "300.00"
    report(site, viewer, public_id, "400")
    assert [row.get("spent") for row in site.rows(select(Filing.answers).order_by(Filing.number))] == [
        None,
        "300.00",
        "400.00",
    ]

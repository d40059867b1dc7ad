"""What stands beside a dossier: those it is like, tags, notes on an answer, and values the office corrected."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from dossiers.database import AmountStep, Dossier, Filing, GroupMark, Searchable, Tag, Trait
from dossiers.services import casework, correcting, inbox, likeness, receipts, tagging, tracking
from dossiers.services.refusals import Refused
from dossiers.services.wanted import Wanted
from tests.dossiers.services.conftest import SLUG, opened_copy, republished

INSTRUCTOR = 'instructor: {label: {fr: "Instruction", en: "Casework"}, may: [search, view, note, message'
SUPERVISOR = 'supervisor: {label: {fr: "Responsable", en: "Supervisor"}, may: [search, view, note, message'
GROUPS = "groups: {low: {label: {fr: Bas, en: Low}, where: income < 20000}}\nform:\n  you:\n"
REPLACED = (
    (INSTRUCTOR, INSTRUCTOR + ", correct, tag"),
    (SUPERVISOR, SUPERVISOR + ", correct"),
    ("form:\n  you:\n", GROUPS),
)
CORRECTED = {"income": ["60 000"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, template, small, organisation):
    """The small grant, where instructors and the supervisor correct, and instructors tag."""
    return republished(tmp_path_factory.mktemp("beside"), template, organisation, small(*REPLACED))


@pytest.fixture
def site(folder, template, tmp_path, organisation):
    yield from opened_copy(folder, template, tmp_path, organisation)


def correct(site, public_id, role="instructor", field="income", form=CORRECTED, reason="Avis d'impôt."):
    return site.act(correcting.correct, site.staff[role], public_id, field, form=form, reason=reason)


def page(site, public_id, role="instructor"):
    return site.act(casework.dossier, site.staff[role], public_id)


def recognised(site, *emails: str, **answers: str) -> list[str]:
    """Dossiers filed from these addresses, with what they are recognised by written."""
    made = [
        site.filed(email, siret=site.siret(number), **answers)[1] for number, email in enumerate(emails, 1)
    ]
    for id in site.rows(select(Dossier.id).where(Dossier.public_id.in_(made))):
        site.act(likeness.write_for, id)
    return made


# -- a value corrected


def test_a_corrected_value_stands_beside_the_filed_one_and_the_rules_are_judged_again(site):
    _, public_id = site.filed()
    assert correct(site, public_id) is None
    view = page(site, public_id)
    [one] = view.around.corrections["income"]
    assert (one.by, one.why) == ("instructor (fictif)", "Avis d'impôt.")
    assert (Decimal(one.change.before.answer), Decimal(one.change.after.answer)) == (12000, 60000)
    assert view.verdict.because == ("poor_enough",)
    assert [row["income"] for row in site.rows(select(Filing.answers).order_by(Filing.number))] == [
        "12000.00",
        "60000.00",
    ]
    assert view.history[-1].action == "corrected_by_office"
    found = select(Searchable.number_cents).where(Searchable.field == "income")
    assert site.rows(found) == [6000000]
    assert site.rows(select(GroupMark.group_id)) == []  # a group's `where` is judged again too
    told = site.read(tracking.dossier, site.applicant_of(public_id), public_id)
    assert [(one.why, one.change.field.id) for one in told.corrected] == [("Avis d'impôt.", "income")]
    assert told.timeline[-1].kind == "corrected_by_office"


def test_a_correction_leaves_the_receipt_of_the_deposit_as_it_was(site):
    _, public_id = site.filed()
    applicant = site.applicant_of(public_id)
    before = site.read(receipts.page, applicant, public_id).receipt
    site.clock.pass_by(days=1)
    correct(site, public_id)
    assert site.read(receipts.page, applicant, public_id).receipt == before
    assert site.read(tracking.dossier, applicant, public_id).receipt.number == 1


def test_a_correction_that_changes_the_amount_says_so_in_its_chain(site):
    _, public_id = site.filed()
    correct(site, public_id, form={"income": ["1 000"]})
    steps = site.rows(select(AmountStep.cents, AmountStep.why).order_by(AmountStep.id))
    assert [tuple(row) for row in steps] == [(100000, "award"), (150000, "corrected_by_office")]


def test_a_correction_needs_a_right_value_a_reason_a_change_and_somebody_who_may(site):
    _, public_id = site.filed()
    assert correct(site, public_id, form={"income": ["beaucoup"]}).problems
    for code, asked in (
        ("empty", {"reason": "  "}),
        ("unchanged", {"form": {"income": ["12 000"]}}),
        ("not_editable", {"field": "iban", "form": {"iban": [""]}}),  # hidden from instructors
        ("not_editable", {"field": "children", "form": {}}),
        ("not_editable", {"field": "tenant", "form": {"tenant": ["yes"]}}),  # not asked
        ("not_allowed", {"role": "hotline"}),
    ):
        with pytest.raises(Refused, match=code):
            correct(site, public_id, **asked)
    assert len(site.rows(select(Filing.id))) == 1


def test_nothing_is_corrected_while_the_applicant_is_at_it_nor_once_it_is_decided(site):
    _, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "income")
    with pytest.raises(Refused, match="at_applicants"):
        correct(site, public_id)
    _, other = site.accepted(siret=site.siret(2))
    with pytest.raises(Refused, match="not_editable"):
        correct(site, other)


def test_the_reason_of_a_correction_is_kept_from_who_may_not_see_the_answer(site):
    _, public_id = site.filed()
    form = {"iban": ["FR14 2004 1010 0505 0001 3M02 606"]}
    correct(site, public_id, role="supervisor", field="iban", form=form, reason="RIB au nom de Paul.")
    assert page(site, public_id, "supervisor").history[-1].comment == "RIB au nom de Paul."
    view = page(site, public_id, "instructor")
    assert (view.history[-1].comment, view.around.corrections) == (None, {})


# -- notes on an answer, tags


def test_a_note_on_an_answer_is_for_who_may_see_the_answer(site):
    _, public_id = site.filed()
    site.act(casework.note, site.staff["supervisor"], public_id, body="Vérifié.", field="iban")
    assert [one.field for one in page(site, public_id, "supervisor").notes] == ["iban"]
    assert page(site, public_id).notes == ()
    with pytest.raises(Refused, match="no_such_item"):
        site.act(casework.note, site.staff["instructor"], public_id, body="Vérifié.", field="iban")


def test_tags_are_put_once_found_in_lists_and_taken_off(site):
    _, public_id = site.filed()
    _, other = site.filed("paul@fictif.example", siret=site.siret(2))
    me = site.staff["instructor"]
    assert site.act(tagging.tag, me, public_id, "  à   revoir ") == "à revoir"
    site.act(tagging.tag, me, public_id, "à revoir")
    listed = site.read(inbox.overview, me, SLUG, Wanted(tag="à revoir"))
    assert [(row.public_id, row.tags) for row in listed.rows] == [(public_id, ("à revoir",))]
    assert listed.tags == ("à revoir",)
    assert page(site, public_id).around.tags == ("à revoir",)
    site.act(tagging.untag, me, public_id, "à revoir")
    assert site.rows(select(Tag.word)) == []
    with pytest.raises(Refused, match="not_allowed"):
        site.act(tagging.tag, site.staff["supervisor"], other, "urgent")
    with pytest.raises(Refused, match="too_long"):
        site.act(tagging.tag, me, public_id, "x" * 41)


# -- related dossiers


def test_dossiers_alike_are_told_with_why_and_only_what_one_may_see(site):
    first, second = recognised(site, "ada@fictif.example", "ADA@fictif.example")
    [one] = page(site, first, "supervisor").around.related
    assert (one.public_id, one.why) == (second, ("siren", "iban", "email", "name"))
    [one] = page(site, first, "instructor").around.related  # the IBAN is hidden from instructors
    assert one.why == ("siren", "email", "name")


def test_nothing_but_keyed_digests_is_kept_of_what_makes_dossiers_alike(site):
    recognised(site, "ada@fictif.example")
    rows = site.rows(select(Trait.kind, Trait.digest))
    assert {row.kind for row in rows} == {"email", "iban", "siren", "siret", "name"}
    assert all(len(row.digest) == 64 and set(row.digest) <= set("0123456789abcdef") for row in rows)

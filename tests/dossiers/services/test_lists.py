"""A list of decisions is prepared by one, signed whole by another, numbered, printed; then each dossier is decided by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from dossiers.database import AmountStep, CampaignRow, JournalEntry, RoleGrant
from dossiers.services import batches, campaigns, casework, list_lines, lists, orphans, publication
from dossiers.services.chosen import Choice
from dossiers.services.refusals import NotFound, Refused
from dossiers.worker import Worker
from tests.dossiers.services.conftest import SLUG, bundle, siret

WHOLE = Choice()
LISTED = (
    "      by: supervisor\n      not_by",
    "      by: supervisor\n      listed_by: instructor\n      not_by",
)


@pytest.fixture
def ready(site):
    """Three dossiers that may be accepted, under a version whose acceptances are listed."""
    site.act(publication.publish, bundle(LISTED), "Sylvie (fictive)")
    ids = [site.filed(f"p{number}@fictif.example", siret=siret(number))[1] for number in range(3)]
    for one in ids:
        site.fire("instructor", one, "take")
        site.act(casework.check, site.staff["instructor"], one, "proof", done=True)
    return ids


def prepare(site, choice=WHOLE, **more):
    return site.act(lists.prepare, site.staff["instructor"], SLUG, "accept", choice, **more)


def sign(site, found, expected, role="supervisor"):
    return site.act(lists.sign, site.staff[role], SLUG, found.public_id, expected=expected)


def test_signed_list_is_numbered_printed_and_decides_each_dossier_in_the_signatorys_name(site, ready):
    found = prepare(site, expected=3)
    Worker(site.desk.office, kinds=["campaign", "list_paper"]).run_all()
    assert [site.state(one) for one in ready] == ["in_review"] * 3  # nothing before the signature
    assert site.read(lists.waiting, site.staff["supervisor"], publication_scheme(site)) == 1
    signed = sign(site, found, 3)
    assert signed.list_number == "B2020-0001"
    Worker(site.desk.office, kinds=["campaign", "list_paper"]).run_all()
    assert [site.state(one) for one in ready] == ["accepted"] * 3
    told = site.rows(
        select(JournalEntry.actor_name, JournalEntry.payload).where(JournalEntry.action == "accept")
    )
    assert told == [("supervisor (fictif)", {"batch": found.public_id, "list": "B2020-0001"})] * 3
    assert site.rows(select(func.count()).where(AmountStep.kind == "granted")) == [3]
    paper = site.read(list_lines.paper, site.staff["instructor"], SLUG, found.public_id)
    assert (paper.name, paper.content[:5]) == ("B2020-0001.pdf", b"%PDF-")
    [entry] = site.rows(select(JournalEntry.payload).where(JournalEntry.action == "list_signed"))
    assert (entry["number"], entry["lines"], entry["cents"]) == ("B2020-0001", 3, 300_000)
    assert sorted(entry["dossiers"]) == sorted(ready)
    site.clock.pass_by(days=3)
    assert orphans.find(site.desk.office).keys == ()


def test_paper_stays_as_it_was_signed(site, ready):
    found = prepare(site)
    sign(site, found, 3)
    Worker(site.desk.office, kinds=["list_paper"]).run_all()
    before = site.rows(select(CampaignRow.paper))
    site.fire("supervisor", ready[0], "refuse", comment="Doublon.")
    Worker(site.desk.office, kinds=["campaign", "list_paper"]).run_all()
    after = site.read(campaigns.find, found.public_id)
    assert [after.paper] == before
    assert [one.amount for one in site.read(list_lines.lines, after)] == [1000, 1000, 1000]
    assert site.read(campaigns.progress, found.id).codes == {"not_from_here": 1}


def test_lines_are_taken_out_before_the_signature_and_only_then(site, ready):
    found = prepare(site)
    supervisor = site.staff["supervisor"]
    assert site.act(lists.take_out, supervisor, SLUG, found.public_id, [ready[1]]) == 1
    with pytest.raises(Refused, match="preview_changed"):
        sign(site, found, 3)
    sign(site, found, 2)
    with pytest.raises(Refused, match="list_signed"):
        site.act(lists.take_out, supervisor, SLUG, found.public_id, [ready[0]])
    with pytest.raises(Refused, match="list_signed"):
        sign(site, found, 2)
    Worker(site.desk.office, kinds=["campaign"]).run_all()
    assert [site.state(one) for one in ready] == ["accepted", "in_review", "accepted"]
    assert site.read(campaigns.progress, found.id).codes == {"taken_out": 1}


def test_who_prepares_does_not_sign_and_who_may_not_decide_neither(site, ready):
    found = prepare(site)
    instructor = site.staff["instructor"]
    with pytest.raises(Refused, match="not_yours"):
        sign(site, found, 3, "instructor")
    with site.desk.office.database.writing() as session:
        session.add(RoleGrant(account_id=instructor.account_id, scheme_slug=SLUG, role="supervisor"))
    both = replace(instructor, roles={SLUG: frozenset({"instructor", "supervisor"})})
    with pytest.raises(Refused, match="own_list"):
        site.act(lists.sign, both, SLUG, found.public_id, expected=3)
    for role in ("hotline", "accountant"):
        with pytest.raises(NotFound):
            sign(site, found, 3, role)
    with pytest.raises(NotFound):
        site.act(lists.prepare, site.staff["supervisor"], SLUG, "accept", WHOLE)
    with pytest.raises(NotFound):
        site.act(lists.prepare, instructor, SLUG, "refuse", WHOLE)


def test_dossier_stands_on_one_waiting_list_at_a_time_and_only_if_it_may_be_decided(site, ready):
    _, unready = site.filed("p9@fictif.example", siret=siret(9))
    first = prepare(site, Choice(public_ids=tuple(ready[:2])))
    asked = site.read(lists.ask, site.staff["instructor"], SLUG, "accept", WHOLE)
    assert {one.refusal.code: one.count for one in asked.foreseen.cannot} == {
        "on_another_list": 2,
        "not_from_here": 1,
    }
    assert prepare(site, expected=4).preview["chosen"] == 1
    site.act(batches.stop, site.staff["supervisor"], SLUG, first.public_id)  # sent back
    assert prepare(site).preview["chosen"] == 2
    assert unready not in str(site.rows(select(JournalEntry.payload)))


def publication_scheme(site):
    return site.read(publication.current, SLUG).scheme

"""A batch does one action on many dossiers, each judged when its turn comes as if it were done alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select

from dossiers.database import AmountStep, CampaignItem, Dossier, Job, JournalEntry, RoleGrant
from dossiers.services import batches, campaigns, casework, inbox, publication
from dossiers.services.chosen import Choice
from dossiers.services.fired import FormRejected
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.wanted import Wanted
from dossiers.worker import Worker
from tests.dossiers.services.conftest import SLUG, siret
from tests.fixtures.statements import asked

WHOLE = Choice()
MOST_STATEMENTS = 20  # of one dossier taken up in a batch of a thousand


@pytest.fixture
def three(site):
    """Three dossiers filed."""
    return [site.filed(f"p{number}@fictif.example", siret=siret(number))[1] for number in range(3)]


def begin(site, role, action, choice=WHOLE, **more):
    return site.act(batches.begin, site.staff[role], SLUG, action, choice, **more)


def finish(site, batch):
    Worker(site.desk.office, kinds=["campaign"]).run_all()
    return site.read(campaigns.progress, batch.id)


def test_whole_list_has_an_action_done_one_act_each(site, three):
    batch = begin(site, "instructor", "take", expected=3)
    assert [site.state(one) for one in three] == ["submitted"] * 3
    assert finish(site, batch).counts["done"] == 3
    assert [site.state(one) for one in three] == ["in_review"] * 3
    told = site.rows(select(JournalEntry.payload).where(JournalEntry.action == "take"))
    assert told == [{"batch": batch.public_id}] * 3
    assert site.rows(select(Dossier.assigned_to)) == [site.staff["instructor"].account_id] * 3


def test_each_dossier_is_judged_again_and_refused_with_its_own_reason(site, three):
    early, checked, meddled = three
    for one in three:
        site.fire("instructor", one, "take")
    both = replace(site.staff["supervisor"], roles={SLUG: frozenset({"supervisor", "instructor"})})
    for one in (checked, meddled):
        site.act(casework.check, site.staff["instructor"], one, "proof", done=True)
    asked = site.read(batches.ask, both, SLUG, "accept", WHOLE)
    assert (asked.foreseen.total, asked.foreseen.can) == (3, 2)
    assert [(one.refusal.code, one.count) for one in asked.foreseen.cannot] == [("guard", 1)]
    batch = begin(site, "supervisor", "accept", expected=3)
    site.fire("supervisor", meddled, "refuse", comment="Doublon.")  # before its turn comes
    found = finish(site, batch)
    assert (found.counts["done"], found.codes) == (1, {"guard": 1, "not_from_here": 1})
    assert [site.state(one) for one in three] == ["in_review", "accepted", "refused"]
    assert site.rows(select(func.count()).where(AmountStep.kind == "granted")) == [1]
    assert len(site.jobs("letter")) == 1
    kept = site.rows(select(CampaignItem.result).where(CampaignItem.code == "not_from_here"))
    assert kept == [{"state": "refused"}]
    assert early not in str(kept)


def test_four_eyes_hold_in_a_batch(site, three):
    for one in three[:2]:
        site.act(casework.fire, site.staff["instructor"], one, "take")
        site.act(casework.check, site.staff["instructor"], one, "proof", done=True)
    both = replace(site.staff["instructor"], roles={SLUG: frozenset({"supervisor", "instructor"})})
    with site.desk.office.database.writing() as session:
        session.add(RoleGrant(account_id=both.account_id, scheme_slug=SLUG, role="supervisor"))
    asked = site.read(batches.ask, both, SLUG, "accept", WHOLE)
    assert {one.refusal.code: one.count for one in asked.foreseen.cannot} == {
        "same_person": 2,
        "not_from_here": 1,
    }
    found = finish(site, site.act(batches.begin, both, SLUG, "accept", WHOLE))
    assert found.codes == {"same_person": 2, "not_from_here": 1}


def test_each_dossier_of_a_batch_asks_no_more_of_the_database_than_the_one_before(site, three):
    batch, counts = begin(site, "instructor", "take"), []
    for _ in three:
        with asked(site.desk.office.database) as statements:
            site.act(campaigns.step, batch)
        counts.append(len(statements))
    assert max(counts) == counts[0] <= MOST_STATEMENTS


def test_role_lost_meanwhile_stops_the_rest(site, three):
    batch = begin(site, "instructor", "take")
    site.act(campaigns.step, batch)
    account = site.staff["instructor"].account_id
    with site.desk.office.database.writing() as session:
        session.execute(delete(RoleGrant).where(RoleGrant.account_id == account))
    found = finish(site, batch)
    assert (found.counts["done"], found.codes) == (1, {"out_of_reach": 2})


def test_only_those_ticked_are_done(site, three):
    batch = begin(site, "instructor", "take", Choice(public_ids=(three[1], "no-such-dossier")))
    assert finish(site, batch).counts["done"] == 1
    assert [site.state(one) for one in three] == ["submitted", "in_review", "submitted"]


def test_a_filter_chooses_what_its_list_shows(site, three):
    site.fire("instructor", three[0], "take")
    choice = Choice(Wanted(state="submitted"))
    assert site.read(batches.ask, site.staff["instructor"], SLUG, "take", choice).foreseen.total == 2
    with pytest.raises(Refused, match="preview_changed"):
        begin(site, "instructor", "take", choice, expected=3)
    with pytest.raises(Refused, match="nothing_chosen"):
        begin(site, "instructor", "take", Choice(Wanted(state="paid")))


def test_form_and_comment_are_asked_once_for_all(site, three):
    for one in three:
        site.fire("instructor", one, "take")
    assert isinstance(begin(site, "instructor", "ask", form={}), FormRejected)
    form = {"fields_to_correct": ["siret"], "reason": ["Le numéro est illisible."]}
    assert finish(site, begin(site, "instructor", "ask", form=form)).counts["done"] == 3
    asked = site.rows(select(JournalEntry.payload).where(JournalEntry.action == "ask"))
    assert [one["form"] for one in asked] == [
        {"fields_to_correct": ["siret"], "reason": "Le numéro est illisible."}
    ] * 3
    with pytest.raises(Refused, match="comment_missing"):
        begin(site, "supervisor", "refuse", comment=" ")


def test_who_may_not_do_the_action_begins_no_batch_and_sees_none(site, three):
    for role, action in (("hotline", "take"), ("instructor", "accept"), ("instructor", "submit")):
        with pytest.raises(NotFound):
            begin(site, role, action)
    batch = begin(site, "instructor", "take")
    for role in ("hotline", "supervisor", "accountant"):
        with pytest.raises(NotFound):
            site.read(batches.find, site.staff[role], SLUG, batch.public_id)
        assert site.read(batches.of_scheme, site.staff[role], SLUG) == ()
    assert site.rows(select(func.count()).select_from(Job).where(Job.kind == "campaign")) == [1]


def test_two_batches_at_once_over_the_same_dossiers_double_nothing(either_site):
    site = either_site
    ids = [site.filed(f"p{number}@fictif.example", siret=siret(number))[1] for number in range(4)]
    both = [begin(site, "instructor", "take") for _ in range(2)]
    run = [lambda batch=batch: list(campaigns.carry_out(site.desk, batch.id)) for batch in both]
    for outcome in site.at_once(*run):
        assert isinstance(outcome, list), outcome
    assert [site.state(one) for one in ids] == ["in_review"] * 4
    assert site.rows(select(func.count()).where(JournalEntry.action == "take")) == [4]
    found = [site.read(campaigns.progress, batch.id).counts for batch in both]
    assert [sum(one[state] for one in found) for state in ("done", "refused", "pending")] == [4, 4, 0]


def test_stopped_batch_leaves_the_rest_as_it_was(site, three):
    batch = begin(site, "instructor", "take")
    site.act(campaigns.step, batch)
    site.act(batches.stop, site.staff["instructor"], SLUG, batch.public_id)
    assert finish(site, batch).counts == {"pending": 0, "done": 1, "refused": 0, "skipped": 2}
    assert sorted(site.state(one) for one in three) == ["in_review", "submitted", "submitted"]


def test_acts_offered_are_those_of_the_version_a_dossier_was_filed_under(site, three, bundle_of):
    site.fire("instructor", three[0], "take")
    wider = bundle_of(
        (
            "from: submitted, to: in_review, by: instructor",
            "from: [submitted, in_review], to: in_review, by: instructor",
        )
    )
    site.act(publication.publish, wider, "Sylvie (fictive)")

    def offered(state):
        view = site.read(inbox.overview, site.staff["instructor"], SLUG, Wanted(state=state))
        return [one.id for one in view.acts.done]

    assert offered("submitted") == ["take"]
    assert "take" not in offered("in_review") and "ask" in offered("in_review")

"""A commission votes: ballots changed until the vote is closed, who steps aside sees nothing, the dossier goes on by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Account, AmountStep, Dossier, JournalEntry, Poll, RoleGrant
from dossiers.services import (
    applications,
    audit,
    batches,
    casework,
    held_votes,
    inbox,
    interests,
    items_seen,
    polls,
    publication,
    voting,
)
from dossiers.services.chosen import Choice
from dossiers.services.fired import FormRejected
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.wanted import Wanted
from engine.language import Bundle
from workflows.expected import expected_of

EVENT = Path(__file__).parents[3] / "examples" / "commission-grant"
SLUG = "commission-grant"
SIRET = "73282932000074"
PEOPLE = {
    "m1": "member",
    "m2": "member",
    "m3": "member",
    "president": "president",
    "secretary": "secretary",
    "clerk": "instructor",
    "head": "supervisor",
}


@pytest.fixture
def commission(site):
    """The example published, with three members, a president, a secretary and who instructs."""
    return opened(site)


@pytest.fixture
def either_commission(either_site):
    return opened(either_site)


def opened(site, event=None):
    site.act(publication.publish, event or Bundle.read(EVENT), "Sylvie (fictive)")
    for who, role in PEOPLE.items():
        row = {"public_id": f"account-of-{who}", "email": f"{who}@fictif.example", "name": who}
        row |= {"password_hash": "", "administrator": who == "head", "language": "fr"}
        with site.desk.office.database.writing() as session:
            values = {**row, "created_at": site.clock.now}
            id = session.scalars(insert(Account).values(values).returning(Account.id)).one()
            session.execute(insert(RoleGrant).values(account_id=id, scheme_slug=SLUG, role=role))
        site.staff[who] = Viewer(
            "staff",
            account_id=id,
            name=who,
            email=row["email"],
            roles={SLUG: frozenset({role})},
            administrator=who == "head",
        )
    return site


def presented(site, email: str = "asso@fictif.example") -> str:
    """A dossier filed, taken, and put before the commission."""
    started = site.act(applications.start, access.anonymous(), SLUG, email=email, language="fr")
    id = started.public_id
    form = {"siret": [SIRET], "name": ["Fête (fictive)"], "requested": ["5000"]}
    form |= {"held_on-day": ["1"], "held_on-month": ["8"], "held_on-year": ["2020"]}
    viewer = site.applicant_of(id)
    saved = site.act(applications.save_page, viewer, id, "event", form=form)
    assert not getattr(saved, "problems", ()), saved
    site.act(applications.submit, viewer, id)
    site.fire("clerk", id, "take")
    site.fire("clerk", id, "present")
    return id


def vote(site, who: str, id: str, option: str = "favourable", proposed: str = ""):
    form = {"proposed": [proposed]} if proposed else {}
    return site.act(voting.cast, site.staff[who], id, "opinion", option=option, form=form)


def seen(site, who: str, id: str):
    return site.act(casework.dossier, site.staff[who], id).votes[0]


def test_the_dossier_goes_on_by_itself_when_all_have_voted(either_commission):
    site = either_commission
    id = presented(site)
    assert vote(site, "m1", id, proposed="4000") is False
    assert vote(site, "m2", id, "unfavourable") is False
    assert vote(site, "m2", id, proposed="2000") is False  # changed
    assert vote(site, "m3", id, "abstention") is False
    assert site.state(id) == "at_commission"
    assert vote(site, "president", id, proposed="3000") is True
    assert site.state(id) == "accepted"
    assert ("granted", 300_000) in site.rows(select(AmountStep.kind, AmountStep.cents))
    told = site.rows(select(JournalEntry.action).where(JournalEntry.stream == f"dossier:{id}"))
    assert told.count("ballot") == 5 and told[-2:] == ["vote_closed", "adopt"]
    assert site.read(audit.verify).whole
    with pytest.raises(Refused, match="vote_closed"):
        vote(site, "m1", id, "unfavourable")


def test_nobody_reads_how_others_vote_before_it_is_closed(commission):
    site, id = commission, presented(commission)
    vote(site, "m1", id, proposed="4000")
    mine, other, kept = seen(site, "m1", id), seen(site, "m2", id), seen(site, "secretary", id)
    assert (mine.option, mine.form) == ("favourable", {"proposed": "4000.00"})
    assert other.option is None and other.outcome is None
    assert [(line.name, line.voted, line.option) for line in kept.lines] == [
        ("m1", True, None),
        ("m2", False, None),
        ("m3", False, None),
        ("president", False, None),
    ]
    assert seen(site, "clerk", id).lines == ()
    site.act(voting.close, site.staff["secretary"], id, "opinion")
    after = seen(site, "m2", id)
    assert after.outcome.result == "no_quorum" and after.lines[0].option == "favourable"
    assert site.state(id) == "at_commission"


def test_only_members_vote_and_only_the_secretary_closes(commission):
    site, id = commission, presented(commission)
    with pytest.raises(Refused, match="not_allowed"):
        vote(site, "clerk", id)
    with pytest.raises(Refused, match="not_allowed"):
        vote(site, "secretary", id)
    for who in ("m1", "head"):
        with pytest.raises(Refused, match="not_allowed"):
            site.act(voting.close, site.staff[who], id, "opinion")
    with pytest.raises(Refused, match="no_option"):
        vote(site, "m1", id, "perhaps")
    with pytest.raises(NotFound):
        site.act(voting.cast, site.staff["m1"], id, "other", option="favourable", form={})
    assert isinstance(vote(site, "m1", id, proposed="5000.01"), FormRejected)  # more than was asked for
    assert seen(site, "m1", id).ballots == 0


def test_time_closes_the_vote_and_leaving_gives_it_up(commission):
    site, id = commission, presented(commission)
    for who in ("m1", "m2"):
        vote(site, who, id)
    site.clock.now = site.clock.now.replace(day=24)
    site.fire_deadlines()
    assert seen(site, "m1", id).outcome.result == "no_quorum"
    site.fire("head", id, "bring_back", comment="Il manque un avis.")
    site.fire("clerk", id, "present")
    again = seen(site, "m1", id)
    assert (again.open, again.ballots, again.option) == (True, 0, None)
    for who in ("m1", "m2", "m3", "president"):
        vote(site, who, id, "unfavourable")
    assert site.state(id) == "refused"


def test_who_declares_an_interest_finds_the_dossier_nowhere(either_commission):
    site = either_commission
    site.act(interests.declare, site.staff["head"], "account-of-m1", f"{SIRET}\n\n{SIRET}\nAutre")
    id, other = presented(site), presented(site, "autre@fictif.example")
    for service in (casework.dossier, voting.step_aside):
        with pytest.raises(NotFound):
            site.act(service, site.staff["m1"], id, *(("opinion",) if service is voting.step_aside else ()))
    assert site.read(inbox.overview, site.staff["m1"], SLUG).rows == ()
    assert sum(site.read(inbox.overview, site.staff["m1"], SLUG).counts.values()) == 0
    assert site.read(held_votes.agenda, site.staff["m1"], SLUG).rows == ()
    assert [line.aside for line in seen(site, "secretary", id).lines] == [True, False, False, False]
    recused = site.rows(select(JournalEntry.payload).where(JournalEntry.action == "recused"))
    assert recused == [{"accounts": [site.staff["m1"].account_id]}] * 2
    for who in ("m2", "m3", "president"):  # the quorum of four can't be reached without them
        vote(site, who, id)
    assert seen(site, "m2", id).outcome.result == "no_quorum"
    site.act(interests.declare, site.staff["head"], "account-of-m1", "")
    assert seen(site, "m1", other).open


def test_who_steps_aside_by_hand_takes_back_the_ballot(commission):
    site, id = commission, presented(commission)
    vote(site, "m1", id)
    site.act(voting.step_aside, site.staff["m1"], id, "opinion")
    with pytest.raises(NotFound):
        site.act(casework.dossier, site.staff["m1"], id)
    assert seen(site, "secretary", id).ballots == 0
    site.act(interests.declare, site.staff["head"], "account-of-m1", "")
    with pytest.raises(NotFound):  # what was said by hand stays
        site.act(casework.dossier, site.staff["m1"], id)


def test_who_steps_aside_reads_no_reference_in_somebody_elses_batch(commission):
    site, id, other = commission, presented(commission), presented(commission, "autre@fictif.example")
    site.act(voting.step_aside, site.staff["m1"], id, "opinion")
    choice, head = Choice(Wanted(), (id, other)), site.staff["head"]
    batch = site.act(batches.begin, head, SLUG, "bring_back", choice, comment="À revoir.")
    seen_by = {who: site.read(items_seen.items, site.staff[who], batch) for who in ("head", "m1")}
    assert [one.public_id for one in seen_by["head"]] == [id, other]
    assert [(one.public_id, bool(one.reference)) for one in seen_by["m1"]] == [("", False), (other, True)]
    assert [line.applicant == "" for line in site.read(items_seen.lines, site.staff["m1"], batch)] == [
        True,
        False,
    ]


def test_agenda_tells_each_what_is_left_to_vote_on(commission):
    site = commission
    first, second = presented(site), presented(site, "autre@fictif.example")
    vote(site, "m1", first)
    rows = site.read(held_votes.agenda, site.staff["m1"], SLUG).rows
    assert [(row.public_id, row.voted, row.ballots) for row in rows] == [(first, True, 1), (second, False, 0)]
    assert rows[0].closes_on.isoformat() == "2020-05-22"
    assert [row.voted for row in site.read(held_votes.agenda, site.staff["secretary"], SLUG).rows] == [
        None
    ] * 2
    with pytest.raises(NotFound):
        site.read(held_votes.agenda, site.staff["clerk"], SLUG)


def test_a_vote_is_expected_of_its_members_and_its_secretary(commission):
    workflow = commission.read(publication.current, SLUG).scheme.workflow
    for role in ("member", "president", "secretary"):
        assert "at_commission" in expected_of(workflow, {role})
    assert "in_review" not in expected_of(workflow, {"member"})


def test_a_version_taken_on_the_spot_keeps_the_vote_that_goes_on_and_begins_the_others(commission):
    site, id = commission, presented(commission)
    vote(site, "m1", id)

    def taken(work, votes: dict) -> list[tuple[str, bool]]:
        scheme = publication.current(work, SLUG).scheme
        row = work.session.scalar(select(Dossier).where(Dossier.public_id == id))
        found = replace(scheme, workflow=replace(scheme.workflow, votes=votes))
        polls.follow(work, found, row)
        return [
            (poll.vote, poll.closed_at is None)
            for poll in work.session.scalars(select(Poll).order_by(Poll.id))
        ]

    known = site.read(publication.current, SLUG).scheme.workflow.votes["opinion"]
    both = {"opinion": known, "second": replace(known, id="second")}
    assert site.act(taken, both) == [("opinion", True), ("second", True)]
    assert site.act(taken, {"second": both["second"]}) == [("opinion", False), ("second", True)]
    assert site.act(taken, both) == [("opinion", False), ("second", True)]  # it was held already

"""A member who can't come has another one vote: within what the vote allows, taken back until it is closed, on record."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dossiers.database import BallotRow, JournalEntry, Proxy
from dossiers.services import held_votes, voting
from dossiers.services.fired import FormRejected
from dossiers.services.refusals import Refused
from engine.language import Bundle
from tests.dossiers.services.test_voting import EVENT, SLUG, opened, presented, seen, vote

CALLED = "account-of-{}"


@pytest.fixture
def commission(site):
    return opened(site)


def proxy(site, who, id, to, of=""):
    to, of = (CALLED.format(one) if one else "" for one in (to, of))
    site.act(voting.give_proxy, site.staff[who], id, "opinion", to=to, giver=of)


def vote_for(site, who, id, giver, option="favourable", proposed=""):
    form = {"proposed": [proposed]} if proposed else {}
    whose = CALLED.format(giver)
    return site.act(voting.cast, site.staff[who], id, "opinion", option=option, form=form, in_name_of=whose)


def told(site, id):
    mine = select(JournalEntry.action, JournalEntry.payload).where(JournalEntry.stream == f"dossier:{id}")
    return site.rows(mine.order_by(JournalEntry.number))


def test_who_holds_a_proxy_gives_two_ballots_and_the_count_says_so(commission):
    site, id = commission, presented(commission)
    vote(site, "m1", id, "unfavourable")
    proxy(site, "m1", id, "m2")
    assert seen(site, "m1", id).proxies.holder == "m2" and seen(site, "m1", id).option is None
    [voice] = seen(site, "m2", id).proxies.hold
    assert (voice.name, voice.voted) == ("m1", False)
    vote(site, "m2", id, proposed="2000")
    assert vote_for(site, "m2", id, "m1", proposed="4000") is False
    vote(site, "m3", id, "unfavourable")
    assert vote(site, "president", id, proposed="3000") is True  # nobody is awaited any more
    outcome, lines = seen(site, "m2", id).outcome, {one.name: one for one in seen(site, "m2", id).lines}
    assert (outcome.ballots, outcome.members, outcome.result) == (4, 4, "favourable")
    assert (lines["m1"].option, lines["m1"].holder, lines["m2"].holder) == ("favourable", "m2", "")
    kept = {
        action: payload for action, payload in told(site, id) if action in ("proxy_given", "ballot_by_proxy")
    }
    assert kept["proxy_given"] == {"vote": "opinion", "of": "m1", "to": "m2"}
    assert kept["ballot_by_proxy"]["of"] == "m1"


def test_who_votes_themselves_takes_the_proxy_back_and_a_slip_takes_nothing_back(commission):
    site, id = commission, presented(commission)
    proxy(site, "m1", id, "m2")
    vote_for(site, "m2", id, "m1")
    assert isinstance(vote(site, "m1", id, proposed="9000"), FormRejected)
    assert seen(site, "m1", id).proxies.holder == "m2"
    vote(site, "m1", id, "unfavourable")
    assert site.rows(select(Proxy.id)) == [] and site.rows(select(BallotRow.option)) == ["unfavourable"]
    with pytest.raises(Refused, match="not_allowed"):
        vote_for(site, "m2", id, "m1")
    proxy(site, "m1", id, "m3")
    proxy(site, "m1", id, "")
    assert site.rows(select(BallotRow.option)) == [] and told(site, id)[-1][0] == "proxy_taken_back"


def test_no_more_proxies_than_the_vote_allows_and_no_chain(commission):
    site, id = commission, presented(commission)
    proxy(site, "m1", id, "m2")
    for who, to, code in (
        ("m3", "m2", "proxies_full"),
        ("m2", "m3", "holds_proxies"),
        ("m3", "m1", "no_proxy_to"),
        ("m3", "m3", "no_proxy_to"),
        ("m3", "clerk", "no_proxy_to"),
    ):
        with pytest.raises(Refused, match=code):
            proxy(site, who, id, to)
    assert [one.name for one in seen(site, "m3", id).proxies.to] == ["president"]
    assert seen(site, "m2", id).proxies.to == ()
    for who, of in (("clerk", ""), ("m3", "president")):
        with pytest.raises(Refused, match="not_allowed"):
            proxy(site, who, id, "m3", of)


def test_the_secretary_writes_down_the_proxy_of_who_can_t_say_it(commission):
    site, id = commission, presented(commission)
    assert [one.name for one in seen(site, "secretary", id).proxies.of] == ["m1", "m2", "m3", "president"]
    proxy(site, "secretary", id, "m3", of="president")
    assert seen(site, "m3", id).proxies.hold[0].name == "president"
    proxy(site, "secretary", id, "", of="president")
    assert seen(site, "m3", id).proxies.hold == ()


def test_who_steps_aside_holds_no_proxy_any_more(commission):
    site, id = commission, presented(commission)
    proxy(site, "m1", id, "m2")
    vote_for(site, "m2", id, "m1")
    site.act(voting.step_aside, site.staff["m2"], id, "opinion")
    mine = seen(site, "m1", id)
    assert (mine.proxies.holder, mine.ballots) == ("", 0)


def test_the_agenda_tells_what_is_left_to_vote_for_others(commission):
    site, id = commission, presented(commission)

    def done(who):
        return site.act(held_votes.agenda, site.staff[who], SLUG).rows[0].voted

    proxy(site, "m1", id, "m2")
    vote(site, "m2", id)
    assert (done("m1"), done("m2"), done("m3")) == (True, False, False)
    vote_for(site, "m2", id, "m1")
    assert done("m2") is True


def test_a_majority_of_the_members_counts_those_who_gave_no_ballot(site):
    # its own scenarios are of another majority
    files = {name: text for name, text in Bundle.read(EVENT).files.items() if name != "tests.yaml"}
    scheme = files["scheme.yaml"].replace("majority: absolute", "majority: two thirds of members")
    event = Bundle({**files, "scheme.yaml": scheme.replace("quorum: 4", "quorum: 2 present")})
    opened(site, event)
    id = presented(site)
    for who in ("m1", "m2"):
        vote(site, who, id)
    site.act(voting.close, site.staff["secretary"], id, "opinion")
    outcome = seen(site, "m1", id).outcome
    assert (outcome.result, outcome.members, site.state(id)) == ("no_majority", 4, "at_commission")

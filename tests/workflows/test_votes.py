"""Counting votes: quorum, options that don't count, ties, the casting vote, the median of what the winners propose."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language.expressions import Text
from engine.language.form_model import Field
from engine.language.vote_model import Counting, Vote
from workflows import votes
from workflows.votes import Ballot, Outcome

WORD = Text({"fr": ("",)})
FOR, AGAINST, NEITHER = "for", "against", "neither"


def vote(quorum: int = 4, tie: str | None = "president") -> Vote:
    proposed = Field("proposed", "money", WORD)
    counting = Counting(quorum, (NEITHER,), tie)
    options = dict.fromkeys((FOR, AGAINST, NEITHER), WORD)
    return Vote(
        "opinion",
        WORD,
        "at_commission",
        ("member", "president"),
        options,
        counting,
        form={"proposed": proposed},
    )


def ballots(yes: int = 0, no: int = 0, neither: int = 0, president: str = "") -> list[Ballot]:
    member = frozenset({"member"})
    found = [Ballot(FOR, member)] * yes + [Ballot(AGAINST, member)] * no + [Ballot(NEITHER, member)] * neither
    return [*found, *([Ballot(president, frozenset({"president"}))] if president else [])]


# for, against, neither, the president's ballot → result; of seven members, a quorum of four
TABLE = [
    (4, 0, 0, "", FOR),
    (0, 4, 0, "", AGAINST),
    (3, 0, 0, "", "no_quorum"),
    (0, 0, 0, "", "no_quorum"),
    (3, 0, 1, "", FOR),  # an abstention counts for the quorum
    (1, 0, 3, "", FOR),  # and not among the votes cast
    (1, 2, 4, "", AGAINST),
    (2, 2, 0, "", "tie"),  # nobody has the casting vote, or nobody of them came
    (2, 2, 3, "", "tie"),
    (2, 1, 0, AGAINST, AGAINST),  # the president's own ballot makes the tie, and settles it
    (1, 2, 0, FOR, FOR),
    (2, 2, 0, NEITHER, "tie"),  # who abstains settles nothing
    (3, 2, 0, AGAINST, AGAINST),
    (4, 1, 0, AGAINST, FOR),  # no tie: the casting vote is a vote like the others
    (0, 0, 4, "", "tie"),  # no vote cast
    (0, 0, 6, NEITHER, "tie"),
    (0, 0, 3, FOR, FOR),
    (2, 1, 0, "", "no_quorum"),
    (7, 0, 0, "", FOR),
]


@pytest.mark.parametrize(("yes", "no", "neither", "president", "result"), TABLE)
def test_result_follows_the_ballots(yes, no, neither, president, result):
    assert votes.count(vote(), ballots(yes, no, neither, president)).result == result


def test_counts_tell_every_option_and_every_ballot():
    found = votes.count(vote(), ballots(3, 1, 1))
    assert found.counts == {FOR: 3, AGAINST: 1, NEITHER: 1}
    assert found.ballots == 5


def test_without_a_casting_vote_a_tie_stays_one():
    assert votes.count(vote(tie=None), ballots(2, 1, 0, AGAINST)).result == "tie"


def test_two_presidents_who_disagree_settle_nothing():
    both = [Ballot(FOR, frozenset({"president"})), Ballot(AGAINST, frozenset({"president"}))]
    assert votes.count(vote(), [*both, *ballots(1, 1)]).result == "tie"


@pytest.mark.parametrize(
    ("proposed", "expected"),
    [
        (["5000"], "5000"),
        (["5000", "7000"], "6000"),
        (["5000", "7000", "100"], "5000"),
        (["100.10", "100.20"], "100.15"),
        ([None, "300", None], "300"),
        ([None], None),
    ],
)
def test_median_is_that_of_the_winners_who_propose_something(proposed, expected):
    winners = [Ballot(FOR, form={} if one is None else {"proposed": one}) for one in proposed]
    others = [Ballot(AGAINST, form={"proposed": "1"})] * (len(proposed) - 1)
    found = votes.count(vote(quorum=1), [*winners, *others]).figures["proposed"]
    assert found == (None if expected is None else Decimal(expected))


def test_outcome_survives_its_keeping():
    found = votes.count(vote(), [*ballots(3), Ballot(FOR, form={"proposed": "12.50"})])
    assert Outcome.from_json(found.as_json()) == found


def test_nothing_is_known_of_a_vote_that_goes_on():
    known = votes.known(vote(), None)
    assert known == {
        "result": None,
        "ballots": None,
        "counts": {FOR: None, AGAINST: None, NEITHER: None},
        "proposed": None,
    }


# majority, for, against, neither, the president's ballot, members → result; a quorum of one
MAJORITIES = [
    ("simple", 2, 1, 4, "", 9, FOR),
    ("absolute", 3, 2, 4, "", 9, FOR),  # of the votes cast, abstentions left out
    ("absolute", 2, 2, 0, "", 4, "tie"),
    ("absolute", 2, 1, 0, AGAINST, 9, AGAINST),  # the casting vote is one voice more: 3 of 5
    ("two thirds", 4, 2, 3, "", 9, FOR),
    ("two thirds", 5, 3, 0, "", 9, "no_majority"),
    ("two thirds", 0, 1, 0, FOR, 2, "no_majority"),  # a casting vote makes no two thirds of one to one
    ("absolute of members", 4, 0, 0, "", 7, FOR),
    ("absolute of members", 4, 0, 0, "", 8, "no_majority"),  # half is not more than half
    ("absolute of members", 2, 3, 0, FOR, 6, "no_majority"),  # nor is anybody a member twice
    ("two thirds of members", 6, 1, 0, "", 9, FOR),
    ("two thirds of members", 5, 0, 0, "", 8, "no_majority"),
]


def counted(majority, found, members, **more):
    one = vote(quorum=more.pop("quorum", 1))
    counting = Counting(one.counting.quorum, (NEITHER,), "president", majority=majority, **more)
    return votes.count(replace(one, counting=counting), found, members)


@pytest.mark.parametrize(("majority", "yes", "no", "neither", "president", "members", "result"), MAJORITIES)
def test_the_first_option_needs_the_majority_asked_for(
    majority, yes, no, neither, president, members, result
):
    found = counted(majority, ballots(yes, no, neither, president), members)
    assert (found.result, found.members) == (result, members)


NAMES = ("simple", "absolute", "two thirds", "absolute of members", "two thirds of members")
SMALL = st.integers(0, 9)


@given(SMALL, SMALL, SMALL, SMALL)
def test_a_stronger_majority_never_lets_through_what_a_weaker_one_stops(yes, no, neither, absent):
    found, members = ballots(yes, no, neither), yes + no + neither + absent
    passes = {name: counted(name, found, members, quorum=0).result == FOR for name in NAMES}
    assert passes["simple"] or not any(passes.values())
    for weaker, stronger in (
        ("absolute", "two thirds"),
        ("absolute of members", "two thirds of members"),
        ("absolute", "absolute of members"),
        ("two thirds", "two thirds of members"),
    ):
        assert passes[weaker] or not passes[stronger]
    assert passes["absolute of members"] == (2 * yes > members)


def test_ballots_by_proxy_count_for_the_quorum_unless_only_those_present_do():
    cast = [*ballots(2, 1), Ballot(FOR, frozenset({"member"}), by_proxy=True)]
    assert counted("simple", cast, 7, quorum=4).result == FOR
    assert counted("simple", cast, 7, quorum=4, present=True).result == "no_quorum"


def test_no_casting_vote_is_given_by_proxy():
    cast = [*ballots(1, 2), Ballot(FOR, frozenset({"president"}), by_proxy=True)]
    assert counted("simple", cast, 7).result == "tie"

"""The grant's workflow: each state, role and action; what each role may never do; what time brings."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.eligibility import judge
from engine.organisation import Organisation
from workflows.deadlines import on_arrival
from workflows.legal_clock import LegalClock
from workflows.lifecycle import Actor, Done, Refusal, Situation, Step, automatic, fire, offers

NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
HAUTE_SAVOIE = Organisation(name="Département d'essai", zone=ZoneInfo("Europe/Paris"))
STAFF = {
    role: Actor("staff", role, role, frozenset({role}))
    for role in ("hotline", "instructor", "supervisor", "accountant")
}
ACTORS = {**STAFF, "applicant": Actor("applicant", "me", "Moi"), "system": Actor("system", "system", "")}
# state → action → the one who may, and the state it leads to
MATRIX = {
    "draft": {"submit": ("applicant", "submitted")},
    "submitted": {
        "take": ("instructor", "in_review"),
        "refuse": ("supervisor", "refused"),
        "withdraw": ("applicant", "withdrawn"),
    },
    "in_review": {
        "ask": ("instructor", "on_hold"),
        "accept": ("supervisor", "accepted"),
        "refuse": ("supervisor", "refused"),
        "withdraw": ("applicant", "withdrawn"),
    },
    "on_hold": {
        "answer": ("applicant", "in_review"),
        "withdraw": ("applicant", "withdrawn"),
        "expire": ("system", "expired"),
    },
    "accepted": {"pay": ("accountant", "paid"), "suspend": ("accountant", "suspended")},
    "suspended": {"resume": ("accountant", "accepted")},
    "refused": {"reconsider": ("supervisor", "in_review")},
    "paid": {},
    "expired": {},
    "withdrawn": {},
}
ACTIONS = sorted({action for actions in MATRIX.values() for action in actions})


@pytest.fixture
def situation_of(grant):
    """A dossier of the grant in a state, who meets every rule; every item ticked unless said."""

    def situation(state, *, ticked=True, history=(), **change):
        answers = {
            "household": 2,
            "household_income": "21500.00",
            "closed": True,
            "partial_unemployment": False,
        }
        home = {"street": "12 rue du Lac", "extra": "", "postcode": "74000", "commune": "Annecy"}
        reading = read_answers(
            grant,
            {**answers, "home": home, "address": home, "created": "2016-04-01", "naf": "56.30Z", **change},
            now=NOON,
            organisation=HAUTE_SAVOIE,
            deposited_on=date(2020, 5, 12),
        )
        checklist = dict.fromkeys(grant.workflow.states[state].checklist, ticked)
        return Situation(
            grant, state, reading.values, judge(reading), checklist, tuple(history), NOON, HAUTE_SAVOIE
        )

    return situation


def test_matrix_names_every_state_and_action(grant):
    assert list(MATRIX) == list(grant.workflow.states)
    assert sorted(grant.workflow.actions) == ACTIONS


@pytest.mark.parametrize("role", ACTORS)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", MATRIX)
def test_each_state_role_and_action(situation_of, state, action, role):
    found = fire(situation_of(state), action, ACTORS[role], comment="Essai.")

    if action not in MATRIX[state]:
        assert found == Refusal("not_from_here", {"action": action, "state": state})
    elif role != MATRIX[state][action][0]:
        assert found == Refusal("not_yours", {"action": action, "by": (MATRIX[state][action][0],)})
    else:
        assert (found.source, found.target) == (state, MATRIX[state][action][1])


@pytest.mark.parametrize("state", MATRIX)
def test_hotline_is_offered_nothing(situation_of, state):
    assert offers(situation_of(state), ACTORS["hotline"]) == ()


@pytest.mark.parametrize("state", MATRIX)
def test_nothing_goes_by_itself(situation_of, state):
    assert automatic(situation_of(state)) is None


def test_decision_wants_another_pair_of_eyes(situation_of):
    everything = Actor("staff", "one", "Une personne", frozenset(STAFF))
    took, accepted = Done("take", "one", NOON), Done("accept", "one", NOON)

    assert fire(situation_of("in_review", history=[took]), "accept", everything) == Refusal(
        "same_person", {"action": "accept", "did": "take"}
    )
    assert fire(situation_of("accepted", history=[accepted]), "pay", everything) == Refusal(
        "same_person", {"action": "pay", "did": "accept"}
    )


@pytest.mark.parametrize(
    ("state", "action", "role"),
    [
        ("accepted", "suspend", "accountant"),
        ("suspended", "resume", "accountant"),
        ("refused", "reconsider", "supervisor"),
    ],
)
def test_turning_back_wants_a_comment(situation_of, state, action, role):
    assert fire(situation_of(state), action, ACTORS[role]) == Refusal("comment_missing", {"action": action})


def test_accept_wants_the_whole_checklist(grant, situation_of):
    refusal = fire(situation_of("in_review", ticked=False), "accept", ACTORS["supervisor"])

    assert refusal == Refusal(
        "checklist", {"action": "accept", "items": tuple(grant.workflow.states["in_review"].checklist)}
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"closed": False}, "closed"),
        ({"partial_unemployment": True}, "no_partial_unemployment"),
        ({"household_income": "27896.01"}, "under_ceiling"),
        ({"household_income": None}, "under_ceiling"),
    ],
)
def test_accept_names_the_rule_that_fails(situation_of, change, rule):
    refusal = fire(situation_of("in_review", **change), "accept", ACTORS["supervisor"])

    assert refusal.code == "not_eligible"
    assert [failed.id for failed in refusal.params["rules"]] == [rule]


@pytest.mark.parametrize(
    ("state", "action", "role", "decision"),
    [
        ("in_review", "accept", "supervisor", "granted"),
        ("in_review", "refuse", "supervisor", "refused"),
        ("accepted", "suspend", "accountant", None),
        ("suspended", "resume", "accountant", None),
        ("accepted", "pay", "accountant", None),
    ],
)
def test_only_accept_and_refuse_decide(situation_of, state, action, role, decision):
    step = fire(situation_of(state), action, ACTORS[role], comment="Essai.")

    assert isinstance(step, Step)
    assert step.decision == decision


def test_silence_and_unanswered_request_have_their_days(grant):
    filed = LegalClock(date(2020, 5, 5))
    at = datetime(2020, 5, 5, 10, tzinfo=UTC)
    asked = on_arrival(grant, "on_hold", at, HAUTE_SAVOIE, filed.suspend(date(2020, 5, 5)))
    deposited = on_arrival(grant, "submitted", at, HAUTE_SAVOIE, filed)

    assert [(due.kind, due.local_date.isoformat()) for due in asked] == [
        ("remind", "2020-05-23"),
        ("do", "2020-05-28"),
    ]
    assert [(due.kind, due.local_date.isoformat()) for due in deposited] == [
        ("due", "2020-05-07"),
        ("warn", "2020-06-25"),
        ("silence", "2020-07-05"),
    ]

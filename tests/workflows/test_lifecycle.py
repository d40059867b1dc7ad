"""What may be done, by whom, and what is missing when it may not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.words import Printed
from workflows.lifecycle import Actor, Done, Refusal, Step, automatic, fire, offers

NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
CAMILLE = Actor("staff", "camille", "Camille", frozenset({"instructor"}))
NOE = Actor("staff", "noe", "Noé", frozenset({"supervisor"}))
BOTH = Actor("staff", "both", "Les deux", frozenset({"instructor", "supervisor"}))
NOBODY = Actor("staff", "nobody", "Personne")
APPLICANT = Actor("applicant", "applicant", "Demandeur")
SYSTEM = Actor("system", "system", "")
ALL_TICKED = ("named", "active")

# state → action → who may do it, once nothing else is missing
MATRIX = {
    "draft": {"submit": [APPLICANT]},
    "submitted": {"take": [CAMILLE, NOE, BOTH]},
    "in_review": {
        "ask": [CAMILLE, BOTH],
        "accept": [NOE, BOTH],
        "favour": [NOE, BOTH],
        "refuse": [NOE, BOTH],
    },
    "on_hold": {"answer": [APPLICANT], "drop": [SYSTEM]},
    "accepted": {"hold": [NOE, BOTH]},
    "held": {"release": [NOE, BOTH]},
    "refused": {"reconsider": [NOE, BOTH]},
}
ACTORS = [CAMILLE, NOE, BOTH, NOBODY, APPLICANT, SYSTEM]
ACTIONS = [action for actions in MATRIX.values() for action in actions]


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.id)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", MATRIX)
def test_each_state_role_and_action(situation_of, state, action, actor):
    found = fire(
        situation_of(state, checklist=ALL_TICKED), action, actor, comment="Essai", form={"least": "900.00"}
    )

    if action not in MATRIX[state]:
        assert found == Refusal("not_from_here", {"action": action, "state": state})
    elif actor not in MATRIX[state][action]:
        assert found.code == "not_yours"
        assert found.params["action"] == action
    else:
        assert (found.action, found.source) == (action, state)


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.id)
@pytest.mark.parametrize("state", MATRIX)
def test_offers_are_what_roles_allow(situation_of, state, actor):
    found = offers(situation_of(state, checklist=ALL_TICKED), actor)

    allowed = [action for action, who in MATRIX[state].items() if actor in who]
    assert [offer.action.id for offer in found] == allowed
    assert [offer.refusal for offer in found] == [None] * len(allowed)


def test_step_tells_what_changes(situation_of, trial):
    step = fire(situation_of("submitted"), "take", CAMILLE)

    changes = trial.workflow.actions["take"].changes
    assert step == Step("take", "submitted", "in_review", changes, (), None)
    assert [(change.kind, change.value) for change in changes] == [("assign", "me")]


def test_unknown_action_is_refused(situation_of):
    assert fire(situation_of("submitted"), "tkae", CAMILLE) == Refusal("unknown_action", {"action": "tkae"})


def test_refusal_says_who_may(situation_of):
    refusal = fire(situation_of("submitted"), "take", APPLICANT)

    assert refusal == Refusal("not_yours", {"action": "take", "by": ("instructor", "supervisor")})


def test_staff_role_named_applicant_is_no_applicant(situation_of):
    disguised = Actor("staff", "x", "X", frozenset({"applicant", "system"}))

    assert fire(situation_of("draft"), "submit", disguised).code == "not_yours"


def test_four_eyes_keep_the_same_person_out(situation_of):
    history = (Done("submit", "applicant", NOON), Done("take", "both", NOON))
    situation = situation_of("in_review", checklist=ALL_TICKED, history=history)

    assert fire(situation, "accept", BOTH) == Refusal("same_person", {"action": "accept", "did": "take"})
    assert isinstance(fire(situation, "accept", NOE), Step)
    assert [offer.refusal.code for offer in offers(situation, BOTH) if offer.refusal] == ["same_person"]


@pytest.mark.parametrize("comment", ["", "  \n"])
def test_required_comment_must_say_something(situation_of, comment):
    situation = situation_of("accepted")

    assert fire(situation, "hold", NOE, comment=comment) == Refusal("comment_missing", {"action": "hold"})
    assert offers(situation, NOE)[0].refusal is None  # it is asked when it is done


@pytest.mark.parametrize(
    ("ticked", "missing"),
    [((), ("named", "active")), (("named",), ("active",)), (("active", "other"), ("named",))],
)
def test_checklist_says_what_is_unticked(situation_of, ticked, missing):
    refusal = fire(situation_of("in_review", checklist=ticked), "accept", NOE)

    assert refusal == Refusal("checklist", {"action": "accept", "items": missing})


@pytest.mark.parametrize(("income", "outcome"), [("1000.00", False), (None, None)])
def test_not_eligible_names_the_rules(situation_of, income, outcome):
    answers = {"tenant": True} | ({"income": income} if income else {})
    refusal = fire(situation_of("in_review", answers=answers), "accept", NOE)

    assert refusal.code == "not_eligible"
    assert [(rule.id, rule.outcome) for rule in refusal.params["rules"]] == [("poor", outcome)]


def test_guard_explains_in_the_schemes_words(situation_of):
    refusal = fire(situation_of("in_review"), "favour", NOE, form={"least": "800.00"})

    assert refusal.code == "guard"
    assert refusal.params["phrases"]["fr"] == (
        "Le revenu (", Printed("800.00", "money"), ") n'est pas inférieur à ", Printed("800.00", "money"), "."
    )  # fmt: skip
    assert refusal.params["clause"].result is False


def test_guard_that_reads_the_form_waits_for_it(situation_of):
    offered = {offer.action.id: offer.refusal for offer in offers(situation_of("in_review"), NOE)}

    assert offered["favour"] is None
    assert offered["accept"].code == "checklist"
    assert isinstance(fire(situation_of("in_review"), "favour", NOE, form={"least": "800.01"}), Step)
    assert fire(situation_of("in_review"), "favour", NOE).code == "guard"


@pytest.mark.parametrize(
    ("state", "action", "decision"),
    [
        ("in_review", "accept", "granted"),
        ("in_review", "refuse", "refused"),
        ("on_hold", "drop", "refused"),
        ("accepted", "hold", None),
        ("held", "release", None),  # the grant stood all the while
        ("refused", "reconsider", None),
    ],
)
def test_decision_is_taken_once(situation_of, state, action, decision):
    actor = SYSTEM if action == "drop" else NOE
    step = fire(situation_of(state, checklist=ALL_TICKED), action, actor, comment="Essai")

    assert step.decision == decision


def test_deadline_actions_never_go_by_themselves(situation_of):
    assert automatic(situation_of("on_hold")) is None

"""States inside another one: what is said of a state holds in its parts, and what it began goes on among them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.organisation import Organisation
from workflows import lifecycle, votes
from workflows.deadlines import going_on, on_arrival
from workflows.diagram import mermaid
from workflows.distribution import rule_on_arrival
from workflows.expected import expected_of
from workflows.legal_clock import LegalClock, Stay
from workflows.lifecycle import Actor, Step
from workflows.parts import entered, in_order, remains_in, since

ANNECY = Organisation(name="Organisme d'essai", zone=ZoneInfo("Europe/Paris"))
FILED = LegalClock(date(2020, 5, 5))
CHIEF = Actor("staff", "7", "Marie Favre", frozenset({"supervisor", "instructor"}))
WORKFLOW = """\
public:
  received: {label: Reçue, states: [submitted]}
  examined: {label: Examinée, states: [in_review]}
  seen_by_lawyers: {label: Chez les juristes, states: [legal]}
  decided: {label: Décidée, states: [accepted, refused]}
states:
  draft: {label: Brouillon, kind: start}
  submitted: {label: Déposée}
  in_review:
    label: Instruction
    due: 20 days
    first: complete
    checklist: {named: Le RIB est à son nom}
    tasks: {visit: {label: Visite, by: instructor}}
  complete: {label: Complétude, part_of: in_review, due: 3 days}
  legal: {label: Avis juridique, part_of: in_review, legal_clock: suspended, checklist: {lawful: Légal}}
  accepted: {label: Acceptée, decision: granted}
  signed: {label: Signée, part_of: accepted}
  refused: {label: Refusée, decision: refused, kind: end}
votes:
  opinion:
    label: Avis
    in: in_review
    members: [supervisor]
    secretary: supervisor
    options: {yes: Pour, no: Contre}
    counting: {closes: 5 days after start}
distribution:
  in_review: {to: instructor, how: by_load}
  legal: {to: supervisor, how: by_load}
actions:
  submit: {label: Déposer, from: draft, to: submitted, by: applicant}
  take: {label: Prendre, from: submitted, to: in_review, by: instructor}
  to_lawyers: {label: Aux juristes, from: in_review, to: legal, by: instructor}
  from_lawyers: {label: Retour, from: legal, to: complete, by: supervisor}
  note: {label: Compter, from: in_review, to: in_review, by: instructor}
  accept: {label: Accepter, from: in_review, to: accepted, by: supervisor, if: checklist.done and tasks.done}
  sign: {label: Signer, from: accepted, to: signed, by: supervisor}
  alter: {label: Modifier, from: accepted, to: accepted, by: supervisor}
  refuse: {label: Refuser, from: [in_review, accepted], to: refused, by: supervisor, if: 'dossier.state = "in_review"'}
  drop: {label: Classer, from: in_review, to: refused, by: system}
deadlines:
  slow: {in: in_review, after: 10 days, do: drop, remind: [2 days before]}
  lawyers: {in: legal, after: 4 days, warn: [supervisor]}
  silence: {in: [submitted, in_review], after: legal.silence, warn: [supervisor], before: 10 days}
"""


@pytest.fixture(scope="module")
def scheme(load_workflow):
    return load_workflow(WORKFLOW)


def _utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def _offered(situation):
    return [one.action.id for one in lifecycle.offers(situation, CHIEF)]


def test_what_may_be_done_in_a_state_may_be_done_in_its_parts(scheme, situation_of):
    assert _offered(situation_of("complete", scheme=scheme)) == ["to_lawyers", "note", "accept", "refuse"]
    assert _offered(situation_of("legal", scheme=scheme)) == ["from_lawyers", "note", "accept", "refuse"]
    assert expected_of(scheme.workflow, ["supervisor"]) == {
        "in_review",
        "complete",
        "legal",
        "accepted",
        "signed",
    }


def test_arriving_in_a_state_leads_to_its_first_part(scheme, situation_of):
    step = lifecycle.fire(situation_of("submitted", scheme=scheme), "take", CHIEF)
    assert isinstance(step, Step) and step.target == "complete"


def test_an_action_that_leads_where_it_stands_leaves_the_part_as_it_is(scheme, situation_of):
    for action, state in (("note", "legal"), ("alter", "signed"), ("alter", "accepted")):
        step = lifecycle.fire(situation_of(state, scheme=scheme), action, CHIEF)
        assert isinstance(step, Step) and (step.target, step.decision) == (state, None)


def test_a_part_has_the_kind_decision_and_status_of_its_state_unless_it_has_a_status_of_its_own(scheme):
    states, workflow = scheme.workflow.states, scheme.workflow
    assert (states["signed"].decision, states["legal"].legal_clock) == ("granted", "suspended")
    assert states["complete"].legal_clock == "running"
    told = {id: workflow.public_of(id).id for id in ("complete", "legal", "signed")}
    assert told == {"complete": "examined", "legal": "seen_by_lawyers", "signed": "decided"}


def test_a_part_has_the_items_and_tasks_of_its_state_before_its_own(scheme, situation_of):
    assert [*scheme.workflow.states["legal"].checklist] == ["named", "lawful"]
    legal = situation_of("legal", scheme=scheme, checklist=["named"])
    assert (legal.unticked, legal.left_to_do) == (("lawful",), ("visit",))
    assert situation_of("complete", scheme=scheme, checklist=["named"]).unticked == ()


def test_a_condition_on_a_state_holds_in_its_parts_and_explains_itself_as_it_was_written(
    scheme, situation_of
):
    refuse = scheme.workflow.actions["refuse"]
    for state, holds in (("in_review", True), ("legal", True), ("accepted", False), ("signed", False)):
        found = lifecycle.looked_at(situation_of(state, scheme=scheme), "refuse", CHIEF)
        assert (found is None) is holds
    assert refuse.if_.text == 'dossier.state = "in_review"'


@pytest.mark.parametrize(
    ("condition", "holding"),
    [
        ('dossier.state != "in_review"', {"accepted", "signed"}),
        ('"in_review" = dossier.state', {"in_review", "complete", "legal"}),
        ('dossier.state = "legal"', {"legal"}),
        ('dossier.state in ("accepted", "legal")', {"accepted", "signed", "legal"}),
        ('dossier.state in ["in_review"]', {"in_review", "complete", "legal"}),
        ('not(list contains(["accepted"], dossier.state))', {"in_review", "complete", "legal"}),
        ('if dossier.state = "accepted" then tenant else false', {"accepted", "signed"}),
    ],
)
def test_every_way_of_naming_a_state_names_its_parts(load_workflow, situation_of, condition, holding):
    written = WORKFLOW.replace("if: 'dossier.state = \"in_review\"'", f"if: '{condition}'")
    found = load_workflow(written)
    states = ("in_review", "complete", "legal", "accepted", "signed")
    situations = {state: situation_of(state, scheme=found) for state in states}
    assert {
        id for id, one in situations.items() if lifecycle.looked_at(one, "refuse", CHIEF) is None
    } == holding


def test_time_that_runs_in_a_state_goes_on_among_its_parts(scheme):
    at = _utc(2020, 5, 20, 10)
    arrived = {
        (due.kind, due.name)
        for due in on_arrival(scheme, "complete", at, ANNECY, FILED, came_from="submitted")
    }
    whole = {("due", "in_review"), ("close", "opinion"), ("do", "slow"), ("remind", "slow")}
    assert whole < arrived and ("due", "complete") in arrived
    goes_on = going_on(scheme.workflow, "complete", "legal")
    moved = {
        (due.kind, due.name) for due in on_arrival(scheme, "legal", at, ANNECY, FILED, came_from="complete")
    }
    assert whole <= goes_on and not moved & goes_on
    assert moved == {("warn", "lawyers")}  # the legal clock stands still in this part


def test_a_dossier_put_under_a_new_version_waits_from_the_day_it_came_to_the_whole(scheme):
    since_part, since_whole = _utc(2020, 5, 20, 10), _utc(2020, 5, 10, 10)
    dues = on_arrival(scheme, "complete", since_part, ANNECY, FILED, outer_since=since_whole)
    days = {(due.kind, due.name): due.local_date.day for due in dues if due.kind in ("do", "due")}
    assert days == {("do", "slow"): 20, ("due", "in_review"): 30, ("due", "complete"): 23}


def test_votes_and_queues_of_a_state_begin_once(scheme):
    flow = scheme.workflow
    assert [one.id for one in votes.begun(flow, "submitted", "complete")] == ["opinion"]
    assert votes.begun(flow, "complete", "legal") == ()
    assert [one.id for one in votes.votes_in(flow, "legal")] == ["opinion"]
    given_to = [rule_on_arrival(flow, *move) for move in (("submitted", "complete"), ("complete", "legal"))]
    assert [rule.state for rule in given_to] == ["in_review", "legal"]
    assert rule_on_arrival(flow, "legal", "complete") is None


STATES = ("draft", "submitted", "in_review", "complete", "legal", "accepted", "signed", "refused")


@given(source=st.sampled_from(STATES), target=st.sampled_from(STATES))
def test_a_move_enters_its_target_and_what_it_enters_never_goes_on(scheme, source, target):
    flow = scheme.workflow
    outer, now = remains_in(flow, source, target), entered(flow, source, target)
    assert (target in now) is (target != outer)
    assert set(now) <= {*flow.around(target)} and outer not in now
    assert (outer is not None) == bool(going_on(flow, source, target))


@given(names=st.lists(st.sampled_from(STATES), min_size=1, max_size=8))
def test_a_dossier_is_in_a_state_since_it_last_came_from_outside(scheme, names):
    flow, stays = scheme.workflow, [Stay(_utc(2020, 5, day + 1), name) for day, name in enumerate(names)]
    outer = flow.around(names[-1])[-1]
    inside = [stay.state in flow.inside(outer) for stay in stays]
    began = max((place + 1 for place, is_inside in enumerate(inside) if not is_inside), default=0)
    assert since(flow, names[-1], stays) == stays[began].at


def test_the_picture_draws_the_parts_inside_and_each_action_once(scheme):
    drawn = mermaid(scheme.workflow, "fr")
    assert 'state "Instruction" as s_in_review {' in drawn
    assert drawn.count("Accepter") == 1 and "s_in_review --> s_accepted" in drawn
    assert in_order(scheme.workflow)[2:5] == ("in_review", "complete", "legal")

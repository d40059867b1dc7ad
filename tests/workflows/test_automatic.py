"""What the system does by itself when a condition holds."""

from __future__ import annotations

import pytest

from workflows.lifecycle import automatic

WORKFLOW = """\
public:
  received: {label: Reçue, states: [submitted, late]}
  decided: {label: Décidée, states: [accepted]}
states:
  draft: {label: Brouillon, kind: start}
  submitted: {label: Déposée}
  late: {label: En retard}
  accepted: {label: Acceptée, decision: granted, kind: end}
actions:
  submit: {label: Déposer, from: draft, to: submitted, by: applicant}
  lag: {label: Retarder, from: submitted, to: late, by: system, if: eligible}
  fast: {label: Accepter, from: submitted, to: accepted, by: system, if: eligible and count(warnings) = 0}
  accept: {label: Accepter, from: [submitted, late], to: accepted, by: instructor, if: 'dossier.state = "late"'}
deadlines:
  long: {in: submitted, after: 10 days, do: lag}
"""


@pytest.mark.parametrize(
    ("state", "answers", "action"),
    [
        ("submitted", {"income": "800.00", "tenant": True}, "fast"),
        ("submitted", {"income": "800.00", "tenant": False}, None),  # a rule warns
        ("submitted", {"income": "1000.00", "tenant": True}, None),
        ("submitted", {"tenant": True}, None),  # not established
        ("late", {"income": "800.00", "tenant": True}, None),  # a person's to do
    ],
)
def test_system_acts_when_its_condition_holds(load_workflow, situation_of, state, answers, action):
    scheme = load_workflow(WORKFLOW)

    assert automatic(situation_of(state, answers=answers, scheme=scheme)) == action

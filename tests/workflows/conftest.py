"""A small workflow written in YAML, and situations in it under a synthetic organisation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from textwrap import dedent, indent
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.eligibility import judge
from engine.language import Bundle, Scheme, load_scheme
from engine.organisation import Organisation
from workflows.lifecycle import Situation

NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
ANNECY = Organisation(name="Organisme d'essai", zone=ZoneInfo("Europe/Paris"))
HEAD = """\
scheme: trial
languages: [fr]
title: Aide d'essai
summary: Pour les essais.
reference: "ESSAI-{year}-{number:05}"
contact: {email: essai@organisme.example, phone: "04 50 00 00 00", hours: "9 h – 17 h"}
legal: {silence: rejection after 2 months}
calendar: {opens: 2020-05-05, holidays: FR}
roles:
  instructor: {label: Instruction, may: [view]}
  supervisor: {label: Responsable, may: [view]}
form:
  you:
    title: Vous
    fields:
      income: {type: money, label: Revenu}
      tenant: {type: yes_no, label: Locataire}
eligibility:
  poor: {require: income < 1000, otherwise: Revenu trop élevé.}
  rents: {require: tenant, otherwise: À vérifier., severity: warn}
"""
WORKFLOW = """\
public:
  received: {label: Reçue, states: [submitted, in_review, on_hold]}
  decided: {label: Décidée, states: [accepted, held, refused]}
states:
  draft: {label: Brouillon, kind: start}
  submitted: {label: Déposée, due: 2 working days}
  in_review: {label: Instruction, checklist: {named: Le RIB est à son nom, active: Établissement actif}}
  on_hold: {label: Attente, legal_clock: suspended}
  accepted: {label: Acceptée, decision: granted}
  held: {label: Suspendue, decision: granted}
  refused: {label: Refusée, decision: refused, kind: end}
actions:
  submit: {label: Déposer, from: draft, to: submitted, by: applicant}
  take: {label: Prendre, from: submitted, to: in_review, by: [instructor, supervisor], changes: [{assign: me}]}
  ask:
    label: Demander
    from: in_review
    to: on_hold
    by: instructor
    form: {which: {type: fields, label: Réponses}}
    changes: [{reopen: which}]
  answer: {label: Répondre, from: on_hold, to: in_review, by: applicant}
  drop: {label: Classer, from: on_hold, to: refused, by: system}
  accept: {label: Accepter, from: in_review, to: accepted, by: supervisor, not_by_who_did: take, if: eligible and checklist.done}
  favour:
    label: Accorder quand même
    from: in_review
    to: accepted
    by: supervisor
    form: {least: {type: money, label: Au moins}}
    if: income < least
    otherwise: "Le revenu ({income}) n'est pas inférieur à {least}."
  hold: {label: Suspendre, from: accepted, to: held, by: supervisor, comment: required}
  release: {label: Lever, from: held, to: accepted, by: supervisor, comment: required}
  refuse: {label: Refuser, from: in_review, to: refused, by: supervisor}
  reconsider: {label: Réexaminer, from: refused, to: in_review, by: supervisor}
deadlines:
  unanswered: {in: on_hold, after: 15 working days, do: drop, remind: [5 days before]}
  silence: {in: [submitted, in_review], after: legal.silence, warn: [supervisor], before: 10 days}
"""


def load(workflow: str) -> Scheme:
    """The trial scheme with this workflow."""
    text = HEAD + "workflow:\n" + indent(dedent(workflow), "  ")
    return load_scheme(Bundle({"scheme.yaml": text}))


@pytest.fixture(scope="session")
def load_workflow() -> Callable[[str], Scheme]:
    """Loads the trial scheme with another workflow."""
    return load


@pytest.fixture(scope="session")
def trial() -> Scheme:
    """The trial scheme."""
    return load(WORKFLOW)


@pytest.fixture
def situation_of(trial: Scheme) -> Callable[..., Situation]:
    """A dossier of the trial scheme in a state: who earns 800 and rents, when not said; nothing ticked, nothing done."""

    def situation(state, *, answers=None, checklist=None, history=(), scheme=trial):
        given = {"income": "800.00", "tenant": True} if answers is None else answers
        reading = read_answers(scheme, given, now=NOON, organisation=ANNECY)
        ticked = dict.fromkeys(checklist or (), True)
        return Situation(scheme, state, reading.values, judge(reading), ticked, tuple(history), NOON, ANNECY)

    return situation

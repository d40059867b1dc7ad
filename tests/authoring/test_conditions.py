"""What is proved of conditions, and what is left alone because some answer, or none, could make it otherwise."""

from __future__ import annotations

import pytest

from authoring.check import check_one
from authoring.proofs import solver
from engine.language import Bundle

SCHEME = """\
scheme: proofs
languages: [fr]
title: Preuves
privacy: {keep: 1 year after end, drafts: 90 days}
roles: {clerk: {label: Instruction, may: [view]}}
parameters:
  limit_of: {by: persons, type: money, values: [{from: 2026-01-01, rows: {1: 100, 2: 200}, each_more: 50}]}
  flat: {type: money, values: [{from: 2026-01-01, is: 5}]}
form:
  you:
    title: Vous
    fields:
      open: {type: yes_no, label: Ouvert}
      persons: {type: integer, label: Personnes, min: 1, max: 9}
      income: {type: money, label: Revenu, min: 0}
      rent: {type: money, label: Loyer, min: 0}
      since: {type: date, label: Depuis, when: open, min: 'date("2020-03-14")'}
      town: {type: choice, label: Commune, list: towns}
      note: {type: text, label: Note, optional: true}
      paper: {type: file, label: Pièce}
computed:
  share: {label: Part, value: income / 2}
eligibility:
  known: {require: income < limit_of(persons) + flat or rent < flat, otherwise: Non}
  RULE
workflow:
  public: {seen: {label: Suivie, states: [filed, granted]}}
  states: {draft: {kind: start}, filed: {label: Déposée}, granted: {label: Accordée, kind: end}}
  actions:
    submit: {label: Déposer, from: draft, to: filed, by: applicant}
    grant: {label: Accorder, from: filed, to: granted, by: clerk, if: eligible GUARD}
"""
TOWNS = "code,label,area\na,Annecy,lake\nb,Bonneville,valley\n"


def told(rule: str = "income > 5", guard: str = "", scheme: str = SCHEME) -> set[str]:
    text = scheme.replace("RULE", f"tried: {{require: '{rule}', otherwise: Non}}").replace("GUARD", guard)
    problems = check_one(Bundle({"scheme.yaml": text, "lists/towns.csv": TOWNS}))
    assert not [problem for problem in problems if problem.code.startswith(("feel", "unknown"))]
    return {problem.code for problem in problems}


NEVER = (
    "income < 0",
    "persons = 10",
    "persons > 1 and persons < 2 and income >= 0",
    'since < date("2020-03-14")',
    'not(open) and since > date("2021-01-01")',
    'towns(town).area = "sea"',
    'town = "a" and towns(town).area = "sea"',
    "share < 0",
    "income * 2 < 0",
    "min(income, rent) < 0",
    "limit_of(persons) < 100",
    "income between 10 and 20 and (income < 5 or income > 30)",
    "if open then income < 0 else rent < 0",
    "(income > 5 and rent < 3) and not(income > 5)",
    'town in ("a", "b") and not(town = "a") and not(town = "b")',
    "income > rent and rent > income",
)
ALWAYS = (
    "income >= 0",
    "open or not(open)",
    "persons in [1..9]",
    'not(open) or since >= date("2020-03-14")',
    'town = "a" or town = "b"',
    "if open then income >= 0 else rent >= 0",
    "income >= rent or income < rent",
)
# Some answer makes each of these true, and another (or its lack) doesn't.
OPEN = (
    'since >= date("2020-03-14")',  # null where `open` is false
    "limit_of(persons) >= 100",  # null before the parameter begins
    'note = "a" or note != "a" and note != null',  # optional: may be null
    "note = null",
    "count(paper) > 0",
    "income / 3 * 3 = income",  # FEEL rounds
    "income < 5 or rent > 5",
    'towns(town).area = "lake"',
    "persons > 8.5",
    "income > 9999999999",
    'starts with(note, "a")',
    "not(open) and since = null",
)


@pytest.mark.parametrize("rule", NEVER)
def test_rule_nobody_can_satisfy_is_told(rule):
    assert "rule_never_holds" in told(rule)


@pytest.mark.parametrize("rule", ALWAYS)
def test_rule_that_refuses_nobody_is_told(rule):
    assert "rule_always_holds" in told(rule)


@pytest.mark.parametrize("rule", OPEN)
def test_rule_that_may_go_either_way_is_left_alone(rule):
    assert told(rule) == set()


def test_guard_knows_what_eligible_stands_for():
    assert told(guard="and income < 5") == {"guard_never_holds"}
    assert told(guard="and income > 5") == set()


def test_guard_knows_the_parts_of_the_states_it_is_judged_in():
    look = "    look: {label: Lire, from: filed, to: read, by: clerk}\n    grant:"
    parted = SCHEME.replace("granted: {label", "read: {label: Lecture, part_of: filed}, granted: {label")
    parted = parted.replace("    grant:", look)
    assert told(guard='and dossier.state = "filed"', scheme=parted) == set()
    assert told(guard='and dossier.state != "filed"', scheme=parted) == {"guard_never_holds"}
    assert told(guard='and dossier.state = "read"', scheme=parted) == set()


def test_guard_knows_the_states_it_is_judged_in():
    assert told(guard='and dossier.state = "granted"') == {"guard_never_holds"}
    assert told(guard='and dossier.state = "filed"') == set()


def test_warning_rule_nobody_satisfies_is_a_warning():
    text = SCHEME.replace("RULE", "tried: {require: income < 0, otherwise: Non, severity: warn}").replace(
        "GUARD", ""
    )
    [problem] = check_one(Bundle({"scheme.yaml": text, "lists/towns.csv": TOWNS}))
    assert (problem.code, problem.severity) == ("rule_never_holds", "warning")


SOLVED = (
    "income + rent < income",
    "2 * income < income + income",
    "income > rent and rent > share + share + 1",
)


@pytest.mark.parametrize("rule", SOLVED)
def test_solver_relates_what_ranges_cannot(rule, monkeypatch):
    assert solver.library() is not None, "the extra `test` brings z3"
    monkeypatch.setattr(solver, "library", lambda: None)
    alone = told(rule)
    monkeypatch.undo()
    assert alone == set()
    if "share" not in rule:
        assert "rule_never_holds" in told(rule)

"""States that are parts of another one: what is refused of them, and where what is said of a state is found in its parts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.language import Bundle, examine

NOON = datetime(2020, 5, 12, 12, tzinfo=UTC)
SCHEME = """\
scheme: trial
languages: [fr]
title: Aide
form: {you: {title: Vous, fields: {name: {type: text, label: Nom}}}}
roles: {clerk: {label: Instruction, may: [view]}}
workflow:
  public: {seen: {label: Vue, states: [filed]}, over: {label: Finie, states: [granted]}}
  states:
    draft: {kind: start}
    filed: {label: Déposée}
    read: {label: Lecture, part_of: filed}
    granted: {label: Accordée, decision: granted, kind: end}
  actions:
    submit: {label: Déposer, from: draft, to: filed, by: applicant}
    look: {label: Lire, from: filed, to: read, by: clerk}
    grant: {label: Accorder, from: filed, to: granted, by: clerk}
"""


def told(old, new, code=None):
    assert old in SCHEME
    problems = examine(Bundle({"scheme.yaml": SCHEME.replace(old, new)})).problems
    return [(one.code, one.path[-1], one.params.get("suggestion") or one.suggestion) for one in problems]


def test_a_part_is_reached_left_and_has_a_status_by_what_is_said_of_its_state():
    found = examine(Bundle({"scheme.yaml": SCHEME}))
    assert found.problems == ()
    actions, states = found.scheme.workflow.actions, found.scheme.workflow.states
    assert (actions["grant"].sources, actions["look"].sources) == (("filed", "read"), ("filed",))
    assert (states["read"].part_of, found.scheme.workflow.public_of("read").id) == ("filed", "seen")


WATCHED = """\
dashboard: {open: {title: Ouverts, figure: dossiers, where: 'dossier.state = "filed"'}}
exports:
  list: {label: Liste, columns: [name], states: [filed], where: 'dossier.state = "filed"'}
migration: {dossiers: {all: {where: 'dossier.state = "filed"', take: new}}}
version: 2
"""


def test_figures_exports_and_migrations_know_the_parts_of_a_state_they_name():
    found = examine(Bundle({"scheme.yaml": SCHEME + WATCHED})).scheme
    export = found.exports["list"]
    conditions = (found.dashboard.charts["open"].where, export.where, found.migration.dossiers["all"].where)
    for one in conditions:
        held = [one.holds({"dossier": {"state": id}}, NOON, UTC) for id in ("filed", "read", "granted")]
        assert held == [True, True, False]
    assert export.states == {"filed", "read"}


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("part_of: filed", "part_of: fild", [("unknown_state", "part_of", "filed")]),
        ("part_of: filed", "part_of: read", [("part_of_itself", "part_of", None)]),
        ("part_of: filed", "part_of: draft", [("part_of_draft", "part_of", None)]),
        (
            "filed: {label: Déposée}",
            "filed: {label: Déposée, part_of: granted}",
            [("part_of_a_part", "part_of", None)],
        ),
        (
            "filed: {label: Déposée}",
            "filed: {label: Déposée, part_of: read}",
            [("part_of_a_part", "part_of", None), ("part_of_a_part", "part_of", None)],
        ),
        ("part_of: filed", "part_of: filed, kind: end", [("part_decides", "kind", None)]),
        ("part_of: filed", "part_of: filed, decision: refused", [("part_decides", "decision", None)]),
        ("label: Déposée", "label: Déposée, first: granted", [("first_no_part", "first", None)]),
        ("label: Déposée", "label: Déposée, first: rad", [("unknown_state", "first", "read")]),
        ("label: Déposée", "label: Déposée, first: read", []),
    ],
)
def test_what_can_t_be_a_part_is_told_once_where_it_stands(old, new, problems):
    assert told(old, new) == problems


def test_a_state_whose_first_part_takes_all_that_comes_is_not_called_out_of_reach():
    one = SCHEME.replace("label: Déposée", "label: Déposée, first: read").replace(
        "from: filed, to: read", "from: read, to: read"
    )
    found = examine(Bundle({"scheme.yaml": one}))
    assert found.problems == () and found.scheme.workflow.actions["submit"].to == "read"

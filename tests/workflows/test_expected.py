"""Whose turn it is: what a role may do, and what waits for it whoever holds the dossier."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language import load_scheme
from engine.language.model import Workflow
from workflows.expected import expected_of, expected_whoever_holds


@pytest.fixture(scope="module")
def workflow() -> Workflow:
    root = Path(__file__).parents[2]
    return load_scheme(root / "schemes" / "haute-savoie-emergency-grant").workflow


def test_heads_and_accountants_wait_for_nobody_to_let_go_of_a_dossier(workflow):
    assert expected_whoever_holds(workflow, {"supervisor"}) == {"submitted", "in_review"}
    assert expected_whoever_holds(workflow, {"accountant"}) == {"accepted", "suspended"}


def test_who_takes_dossiers_up_leaves_those_of_colleagues_alone(workflow):
    assert expected_of(workflow, {"instructor"}) == {"submitted", "in_review"}
    assert expected_whoever_holds(workflow, {"instructor"}) == set()
    assert expected_whoever_holds(workflow, {"instructor", "supervisor"}) == set()


def test_where_nobody_takes_dossiers_up_the_holder_is_asked():
    nobody = load_scheme(Path(__file__).parents[2] / "examples" / "income-support-small").workflow
    assert expected_whoever_holds(nobody, {"clerk"}) == set()

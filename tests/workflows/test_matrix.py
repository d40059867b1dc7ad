"""The matrix holds every action, ballot and closing once for each state, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language import load_scheme
from renderers.matrix import as_csv, markdown
from workflows.matrix import allowed, lines

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def commission():
    return load_scheme(ROOT / "examples" / "commission-grant")


def test_every_action_stands_in_each_state_it_leaves(commission):
    workflow = commission.workflow
    actions = [(line.state, line.id) for line in lines(workflow) if line.action]
    assert sorted(actions) == sorted(
        (state, one.id) for one in workflow.actions.values() for state in one.sources
    )


def test_votes_belong_to_members_and_closing_to_the_secretary(commission):
    found = {(line.what, line.by) for line in lines(commission.workflow) if line.vote}
    assert found == {("vote", ("member", "president")), ("close", ("secretary",))}


def test_what_somebody_may_do_is_in_the_order_of_the_scheme(commission):
    assert allowed(commission.workflow, "at_commission", "system") == ("adopt", "reject")
    assert allowed(commission.workflow, "at_commission", "member") == ()


def test_table_says_who_and_what_stands_before(commission):
    english, french = markdown(commission, "en"), as_csv(commission, "fr")
    assert (
        "| Before the commission | Look again, then put it again | Under examination – On its merits |"
        in english
    )
    assert "with a comment" in english and "if eligible" in english
    head = french.splitlines()[0].split(",")
    assert head[:3] == ["État", "Action", "Mène à"] and len(head) == 11
    row = next(line for line in french.splitlines() if "Présenter" in line).split(",")
    assert row[head.index("Instruction")] == "×" and row.count("×") == 1

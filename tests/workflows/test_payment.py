"""Which move pays, and which one stops a payment."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language import load_scheme
from workflows.payment import may_be_paid, suspends

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(EXAMPLES / "heating-grant")


def test_states_from_which_the_office_pays(scheme):
    assert [id for id in scheme.workflow.states if may_be_paid(scheme, id)] == [
        "accepted", "requisitioned", "works_done",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "target", "stops"),
    [
        ("accepted", "suspended", True),
        ("suspended", "accepted", False),
        ("suspended", "requisitioned", False),  # the accountant was required to pay
        ("accepted", "advance_paid", False),
        ("in_review", "accepted", False),
        ("in_review", "refused", False),
    ],
)
def test_what_stops_a_payment(scheme, source, target, stops):
    assert suspends(scheme, source, target) is stops

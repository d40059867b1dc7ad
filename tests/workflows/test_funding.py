"""Which actions may set money apart: many at once are then done by one worker, in order."""

from pathlib import Path

import pytest

from engine.language import Bundle, load_scheme
from workflows.funding import may_take

GRANT = Path(__file__).parents[2] / "examples" / "heating-grant"


@pytest.fixture(scope="module")
def grant():
    return load_scheme(Bundle.read(GRANT))


def test_action_that_leads_to_a_granted_state_takes_money_and_one_before_it_does_not(grant):
    taking = {one for one in grant.workflow.actions if may_take(grant, one)}
    assert taking == {"accept", "resume", "promote"}

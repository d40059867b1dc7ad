"""The parts of a payment: a share is a number of percent, and whoever writes the sign is told the right one."""

import pytest

from tests.engine.language.conftest import said

PAID = "award:\n  amount: 100\n  instalments:\n    advance: {share: %s, pay_on: granted}\n    rest: {share: 50, pay_on: granted}\n"


@pytest.mark.parametrize(
    ("written", "instead"), [("50%", "50"), ("50 %", "50"), ('"33,5 %"', "33.5"), ("12.5%", "12.5")]
)
def test_sign_of_percent_is_left_out_and_the_figure_stays(small, written, instead):
    form, workflow = small
    told = said(form + PAID % written + workflow)
    found = written.strip('"')
    assert told == [f"scheme.yaml:15:22: {found} is not FEEL: write {instead}."]


def test_figure_alone_is_right(small):
    form, workflow = small
    assert said(form + PAID % "50" + workflow) == []

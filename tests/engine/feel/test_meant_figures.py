"""A day or a share as people type them in an expression: told as they should be written."""

from __future__ import annotations

import pytest

from engine.feel import check
from engine.feel.types import BOOLEAN, DATE, NUMBER, Number

PERCENT = Number("percentage")
NAMES = {"born": DATE, "part": PERCENT, "income": NUMBER, "tenant": BOOLEAN}


def meant(text: str, **more) -> list[object]:
    return [one.suggestion or one.params.get("instead") for one in check(text, NAMES, **more).problems]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("born >= 01/09/2026", 'date("2026-09-01")'),
        ("1/9/2026 < born", 'date("2026-09-01")'),
        ("born = 2026-09-01", 'date("2026-09-01")'),
        ('born >= "2026-09-01"', 'date("2026-09-01")'),
        ('born >= "01/09/2026"', 'date("2026-09-01")'),
        ("born >= 31/02/2026", None),
        ("born >= 12/2026", None),
        ('date("01/09/2026") < born', '"2026-09-01"'),
        ("date(01/09/2026) < born", '"2026-09-01"'),
        ('date("bientôt") < born', None),
    ],
)
def test_day_as_people_type_it(text, suggestion):
    assert meant(text) == [suggestion]


def test_both_ends_are_proposed():
    assert meant("born between 01/01/2000 and 31/12/2010") == ['date("2000-01-01")', 'date("2010-12-31")']


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("part > 40 %", "40"),
        ("40,5 % < part", "40.5"),
        ("part between 5 % and 40 %", "5"),
        ("part in [10 %..40 %]", "10"),
        ("tenant and part <= 30%", "30"),
        ("income > 40 %", "0.4"),
        ("income * 40 % > 3", "0.4"),
        ("part * 40 % > 3", "0.4"),  # a part of a part
    ],
)
def test_share_is_a_number_of_percent_beside_one(text, instead):
    assert meant(text) == [instead]


def test_share_is_what_is_wanted():
    assert meant("40 %", wanted=PERCENT) == ["40"]
    assert meant("40 %", wanted=NUMBER) == ["0.4"]
    assert meant("> 40 %", unary=PERCENT) == ["40"]
    assert meant("[5 %..40 %]", unary=PERCENT) == ["5"]

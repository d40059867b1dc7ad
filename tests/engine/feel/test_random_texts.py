"""Random texts over odd data: reading raises nothing but FeelError, everything after it raises nothing at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

import pytest

from engine.feel import (
    ANY,
    FeelError,
    MonthsDuration,
    RangeValue,
    check,
    compile,
    deciding,
    explain,
    parse,
    requirements,
    to_json,
    unparse,
)
from engine.feel.builtins import BUILTINS

NAMES = ["a", "b", "xs", "home.postcode", "?", "item", "partial", "i", "Pre-bid", "unknown"]
LITERALS = [
    "0", "-3", "2.5", "1e30", "1e-6000", "9e6100", '""', '"abc"', '"2020-02-30"', '"é😀"', "true", "null",
    '@"2020-03-01"', '@"10:00:00+02:00"', '@"2020-03-01T10:00:00@Europe/Paris"', '@"P3D"', '@"-P2Y"',
    '@"-2021-01-01"', '@"99999-01-01T00:00:00Z"', "[]", "[1, 2, 3]", "[1..5]", "(< 3)", "{a: 1, b-c: a}",
]  # fmt: skip
FORMS = [
    "{} + {}", "{} - {}", "{} * {}", "{} / {}", "{} ** {}", "{} = {}", "{} < {}", "({} and {})", "({} or {})",
    "not({})", "if {} then {} else {}", "for i in {} return {}", "for i in {} return partial", "({})[{}]",
    "some i in {} satisfies {}", "every i in {} satisfies {}", "({}).a", "({}).time offset", "({}).days",
    "{} in ({}, < {})", "({} between {} and {})", "({}) instance of list<number>", "(function(x) {})({})", "[{}..{}]",
    "({}) instance of function<>->Any", "{{a: {}, b: {}}}",
]  # fmt: skip
VALUES = [
    None, True, 3, Decimal("2.5"), 1.5, "abc", [1, Decimal(2), None], [{"a": Decimal(1)}, {"a": None}],
    {"postcode": "74000"}, date(2020, 1, 1), date.max, time(10, tzinfo=ZoneInfo("Europe/Paris")),
    datetime(2020, 1, 1, tzinfo=UTC), timedelta(days=-3, hours=5), MonthsDuration(-14), float("nan"), Decimal("NaN"),
    Decimal("Infinity"), Decimal("-0"), object(), (1, 2), b"x", RangeValue(Decimal(1), Decimal(3), True, False),
    lambda x: x, "x" * 5000, list(range(50)), {1: 2},
]  # fmt: skip
TORN = ["(", ")", '"', "..", "[", "]", "@", "{", "for ", "instance of ", "/*", "\\", " in "]


def text(chance: Random, depth: int) -> str:
    """A random expression of that depth at most."""
    if depth <= 0:
        return chance.choice(NAMES if chance.random() < 0.5 else LITERALS)
    if chance.random() < 0.3:
        given = ", ".join(text(chance, depth - 1) for _ in range(chance.randrange(4)))
        return f"{chance.choice(sorted(BUILTINS))}({given})"
    form = chance.choice(FORMS)
    return form.format(*(text(chance, depth - 1 - chance.randrange(2)) for _ in range(form.count("{}"))))


def torn(chance: Random, whole: str) -> str:
    """The text, one time in five with a piece of it replaced."""
    if chance.random() < 0.8:
        return whole
    place = chance.randrange(len(whole))
    return whole[:place] + chance.choice(TORN) + whole[place + chance.randrange(3) :]


@pytest.mark.parametrize("seed", range(12))
def test_random_texts_raise_nothing_but_the_declared_error(seed: int) -> None:
    chance = Random(seed)
    for _ in range(150):
        written = torn(chance, text(chance, chance.randrange(1, 5)))
        given = {name: chance.choice(VALUES) for name in ("a", "b", "xs", "home", "Pre-bid")}
        try:
            tree = parse(written, names=given)
        except FeelError as error:
            assert 0 <= error.start <= error.end <= len(written)
            assert error.message.endswith((".", "?"))
            continue
        assert to_json(parse(unparse(tree), names=given)) == to_json(tree), written
        compile(tree).run(given, now=datetime(2020, 1, 1, tzinfo=UTC), zone=UTC)
        check(tree, dict.fromkeys(given, ANY))
        for one in deciding(explain(tree, given)):
            requirements(one.leaf, one.wanted)

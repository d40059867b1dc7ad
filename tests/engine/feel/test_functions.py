"""The built-in functions, family by family."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.feel import MonthsDuration, evaluate
from engine.feel.builtins import BUILTINS


def numbers(*given: int) -> list[Decimal]:
    return [Decimal(number) for number in given]


CONVERSIONS = [
    ('number("1 234,56", " ", ",")', Decimal("1234.56")),
    ('number("abc")', None),
    ("string(1.50)", "1.5"),
    ('string([1, "a", null, {b: true}])', '[1, "a", null, {b: true}]'),
    ('string(duration("P14M"))', "P1Y2M"),
    ("string(null)", None),
    ("date(2020, 2, 29)", date(2020, 2, 29)),
    ("date(2021, 2, 29)", None),
    ('date(date and time("2020-05-05T10:00:00"))', date(2020, 5, 5)),
    ('date and time(date("2020-05-05"), time("10:00:00"))', datetime(2020, 5, 5, 10)),  # noqa: DTZ001
    ("time(10, 30, 0)", time(10, 30)),
    ('duration("P1DT2H")', timedelta(days=1, hours=2)),
    ('duration("P1Y1D")', None),
    ('years and months duration(date("2019-01-31"), date("2020-03-30"))', MonthsDuration(13)),
]
TEXTS = [
    ('substring("foobar", 3)', "obar"),
    ('substring("foobar", -2, 1)', "a"),
    ('substring("foobar", 0)', None),
    ('string length("🐎é")', Decimal(2)),
    ('upper case("aé")', "AÉ"),
    ('substring before("foobar", "bar")', "foo"),
    ('substring after("foobar", "ob")', "ar"),
    ('contains("foobar", "oba")', True),
    ('starts with("74000", "74")', True),
    ('ends with("74000", "00")', True),
    ('starts with(null, "74")', None),
    ('starts with(74000, "74")', None),
    ('string join(["a", null, "b"], "-")', "a-b"),
    ('split("a;b;c", ";")', ["a", "b", "c"]),
]
LISTS = [
    ("count([])", Decimal(0)),
    ("count(5)", Decimal(1)),
    ("min(3, 1, 2)", Decimal(1)),
    ("max([3, 1, 2])", Decimal(3)),
    ('max("a", 1)', None),
    ("sum([])", None),
    ("sum(1, 2, 3)", Decimal(6)),
    ("sum([1, null])", None),
    ("mean([1, 2, 3, 4])", Decimal("2.5")),
    ("median([8, 2, 5, 3, 4])", Decimal(4)),
    ("mode([6, 3, 9, 6, 6])", numbers(6)),
    ("product([2, 3, 4])", Decimal(24)),
    ("list contains([1, null], null)", True),
    ("append([1], 2, 3)", numbers(1, 2, 3)),
    ("concatenate([1], [2, 3])", numbers(1, 2, 3)),
    ("union([1, 2], [2, 3])", numbers(1, 2, 3)),
    ("distinct values([1, 2, 1.0])", numbers(1, 2)),
    ("insert before([1, 3], 2, 2)", numbers(1, 2, 3)),
    ("remove([1, 2, 3], -1)", numbers(1, 2)),
    ("reverse([1, 2])", numbers(2, 1)),
    ("index of([1, 2, 1], 1)", numbers(1, 3)),
    ("sublist([1, 2, 3], 2)", numbers(2, 3)),
    ("flatten([1, [2, [3]]])", numbers(1, 2, 3)),
    ("list replace([1, 2, 3], 2, 9)", numbers(1, 9, 3)),
    ("list replace([1, 2, 3], function(i, n) i > 1, 9)", numbers(1, 9, 9)),
]
NUMBERS = [
    ("decimal(2.5, 0)", Decimal(2)),
    ("round half up(1.005, 2)", Decimal("1.01")),
    ("round half up(-2.5, 0)", Decimal(-3)),
    ("round half down(2.5, 0)", Decimal(2)),
    ("round up(1.121, 2)", Decimal("1.13")),
    ("round down(-1.126, 2)", Decimal("-1.12")),
    ("floor(-1.5)", Decimal(-2)),
    ("ceiling(1.56, 1)", Decimal("1.6")),
    ("round half up(1234, -2)", Decimal(1200)),
    ("modulo(-12, 5)", Decimal(3)),
    ("abs(-3)", Decimal(3)),
    ("abs(-1234567890123456789012345678901234)", Decimal("1234567890123456789012345678901234")),
    ("sqrt(16)", Decimal(4)),
    ("even(4) and odd(3)", True),
]
DAYS = [
    ('day of week(date("2020-05-05"))', "Tuesday"),
    ('month of year(date("2020-05-05"))', "May"),
    ('day of year(date("2020-02-01"))', Decimal(32)),
    ('week of year(date("2003-12-29"))', Decimal(1)),
    ("is(1, 1.0)", True),
]
RANGES = [
    ("before(1, [2..3])", True),
    ("after([5..6], 3)", True),
    ("meets([1..5], [5..9])", True),
    ("overlaps([1..5], [3..8])", True),
    ("overlaps([1..5), [5..8])", False),
    ("includes([1..5], 3)", True),
    ("during(3, [1..5])", True),
    ("starts(1, [1..5])", True),
    ("finishes([3..5], [1..5])", True),
    ("coincides([1..5], [1..5])", True),
]
CONTEXTS = [
    ('get value({a: 1}, "a")', Decimal(1)),
    ("get entries({a: 1})", [{"key": "a", "value": Decimal(1)}]),
    ('context put({a: 1}, "b", 2)', {"a": Decimal(1), "b": Decimal(2)}),
    ('context put({a: {b: 1}}, ["a", "b"], 2)', {"a": {"b": Decimal(2)}}),
    ("context merge([{a: 1}, {a: 2}])", {"a": Decimal(2)}),
    ('context([{key: "a", value: 1}])', {"a": Decimal(1)}),
]


@pytest.mark.parametrize(
    ("text", "result"), [*CONVERSIONS, *TEXTS, *LISTS, *NUMBERS, *DAYS, *RANGES, *CONTEXTS]
)
def test_function_gives_its_result(text: str, result: object) -> None:
    assert evaluate(text, {}) == result


@pytest.mark.parametrize(
    ("by_name", "by_place"),
    [
        ('substring(start position: 3, string: "foobar")', 'substring("foobar", 3)'),
        ("modulo(divisor: 4, dividend: 10)", "modulo(10, 4)"),
        ('matches(pattern: "^a", input: "ab")', 'matches("ab", "^a")'),
        ("sum(list: [1, 2])", "sum([1, 2])"),
    ],
)
def test_arguments_go_by_name_too(by_name: str, by_place: str) -> None:
    assert evaluate(by_name, {}) == evaluate(by_place, {})
    assert evaluate(by_name, {}) is not None


def test_list_of_one_stands_for_its_item() -> None:
    assert evaluate('starts with(["74000"], "74")', {}) is True
    assert evaluate("abs([-3])", {}) == 3


def test_deviation_of_numbers_too_large_is_unknown() -> None:
    assert evaluate("stddev([9.9e6144, -9.9e6144, 1])", {}) is None


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_every_function_bears_nonsense(name: str) -> None:
    for given in (
        "",
        "null",
        "true",
        "[null]",
        "{}, 1",
        '"x", null',
        "1, 2, 3, 4, 5, 6, 7, 8, 9",
        "[1..2], 1",
    ):
        evaluate(f"{name}({given})", {})

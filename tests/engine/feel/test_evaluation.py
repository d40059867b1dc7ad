"""What expressions give: one table for each part of the language."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.feel import FeelError, FeelProblem, MonthsDuration, compile, evaluate

HOME = {"home": {"postcode": "74000", "commune": "Annecy"}}
PARTNERS = {"partners": [{"name": "Ana", "share": Decimal(40)}, {"name": "Bo", "share": Decimal(60)}]}
INVOICES = {
    "invoices": [
        {"amount": Decimal(100), "eligible": True},
        {"amount": Decimal(50), "eligible": False},
        {"amount": Decimal(25), "eligible": None},
    ]
}

NUMBERS = [
    ("0.1 + 0.2", Decimal("0.3")),
    ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
    ("2 + 3 * 4 ** 2", Decimal(50)),
    ("(2 + 3) * 4", Decimal(20)),
    ("10 - 2 - 3", Decimal(5)),
    ("-5 ** 2", Decimal(25)),
    ("10 + 20 / -5 - 3", Decimal(3)),
    (".5 + 1.2e3", Decimal("1200.5")),
    ("1 / 0", None),
    ("1 + null", None),
    ('1 + "a"', None),
    ("1e6144 * 10", None),
]
TEXTS = [
    ('"l\'aide " + "d\\u00e9part"', "l'aide départ"),
    (r'"a\"b\\c\n"', 'a"b\\c\n'),
    (r'"\U01F40E"', "🐎"),
    (r'"\uD83D\uDE00"', "😀"),
    ("1 + /* a comment */ 2 // and another", Decimal(3)),
]
DATES = [
    ('date("2020-02-30")', None),
    ('@"2020-02-29" + 1 year', date(2021, 2, 28)),
    ('@"2020-05-05" - 90 days', date(2020, 2, 5)),
    ('@"2020-05-05" - @"2020-03-01"', timedelta(days=65)),
    ('@"2020-01-31" + 1 month', date(2020, 2, 29)),
    ("2 months + 3 years", MonthsDuration(38)),
    ("15 hours * 2", timedelta(hours=30)),
    ("1 day = 24 hours", True),
    ("1 month = 30 days", None),
    ('@"10:30:00" + 15 hours', time(1, 30)),
    ('@"2020-05-05T10:00:00+02:00" = @"2020-05-05T08:00:00Z"', True),
    ('@"2020-05-05T10:00:00@Europe/Paris" < @"2020-05-05T08:30:00Z"', True),
    ('@"2020-05-05T10:00:00" < @"2020-05-05T08:30:00Z"', None),
    ('@"2020-05-05".weekday', Decimal(2)),
    ('duration("P1Y2M").months', Decimal(2)),
    ('string(date and time("2020-05-05T10:00:00@Europe/Paris"))', "2020-05-05T10:00:00@Europe/Paris"),
    ('@"9999-12-31" + 1 day = date(10000, 1, 1)', True),
]
COMPARISONS = [
    ("1 = 1.0", True),
    ('1 = "1"', None),
    ("null = null", True),
    ("null != 1", True),
    ("null < 1", None),
    ('"a" < "b"', True),
    ("[1, 2] = [1, 2]", True),
    ("{a: 1} = {a: 2}", False),
    ("5 between 1 and 5", True),
    ("null between 1 and 5", None),
    ("3 in [1..5)", True),
    ("5 in [1..5)", False),
    ("1 in ]1..5]", False),
    ("5 in ]1..5[", False),
    ("3 in (1, 2, 3)", True),
    ("3 in [1, 2]", False),
    ("3 in > 2", True),
    ("3 in (< 2, >= 3)", True),
    ('"b" in ["a".."c"]', True),
    ("2 in [[5..6], [1..3]]", True),
    ("[1..5].start", Decimal(1)),
]
CONSTRUCTS = [
    ("if null then 1 else 2", Decimal(2)),
    ("for i in 1..3 return i * i", [Decimal(1), Decimal(4), Decimal(9)]),
    ("for i in 3..1 return i", [Decimal(3), Decimal(2), Decimal(1)]),
    ("for a in [1, 2], b in [10, 20] return a + b", [Decimal(n) for n in (11, 21, 12, 22)]),
    ("for i in 1..4 return if i < 3 then 1 else sum(partial)", [Decimal(n) for n in (1, 1, 2, 4)]),
    ("some i in [1, 2] satisfies i > 1", True),
    ("every i in [] satisfies false", True),
    ("some i in [1, null] satisfies i > 1", None),
    ("{a: 1, b: a + 1}.b", Decimal(2)),
    ('{"two words": 1}.two words', Decimal(1)),
    ("(function(x, y: number) x + y)(1, 2)", Decimal(3)),
    ('(function(x: number) x)("a")', None),
    ("{double: function(x) 2 * x, four: double(2)}.four", Decimal(4)),
    ("1 instance of number", True),
    ("null instance of number", False),
    ('["a"] instance of list<string>', True),
    ('@"P1D" instance of days and time duration', True),
    ("[1, 2, 3][-1]", Decimal(3)),
    ("[1, 2, 3][4]", None),
    ("[1, 2, 3][item > 1]", [Decimal(2), Decimal(3)]),
    ("5[1]", Decimal(5)),
    ("sort([3, 1, 2], function(a, b) a < b)", [Decimal(1), Decimal(2), Decimal(3)]),
]


@pytest.mark.parametrize(("text", "result"), [*NUMBERS, *TEXTS, *COMPARISONS, *CONSTRUCTS])
def test_expression_gives_its_result(text: str, result: object) -> None:
    assert evaluate(text, {}) == result
    assert type(evaluate(text, {})) is type(result)


@pytest.mark.parametrize(("text", "result"), DATES)
def test_dates_and_durations_are_calculated(text: str, result: object) -> None:
    assert evaluate(text, {}) == result


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ('home.postcode = "74000"', HOME, True),
        ("home.street", HOME, None),
        ("partners.share", PARTNERS, [Decimal(40), Decimal(60)]),
        ("sum(partners.share)", PARTNERS, Decimal(100)),
        ("partners[share > 50].name", PARTNERS, ["Bo"]),
        ("partners[1].name", PARTNERS, "Ana"),
        ("every p in partners satisfies p.share <= 60", PARTNERS, True),
        ("invoices[eligible].amount", INVOICES, [Decimal(100)]),
        ("sum(invoices[eligible].amount) * 0.8", INVOICES, Decimal("80.0")),
        ("count(invoices[amount > limit])", INVOICES | {"limit": Decimal(40)}, Decimal(2)),
        ("household_income <= 19074", {"household_income": Decimal("19074.01")}, False),
        ("household_income <= 19074", {}, None),
        ("household_income <= 19074", {"household_income": "a text"}, None),
        ("household + 1", {"household": 2}, Decimal(3)),
        ("double(4)", {"double": lambda number: number * 2}, Decimal(8)),
        ("double()", {"double": lambda number: number * 2}, None),
        ("double(4)", {"double": Decimal(2)}, None),
        ("not closed", {"closed": False}, True),
        ('Full Name + "!"', {"Full Name": "Ana Bo"}, "Ana Bo!"),
        ("ratio > 1", {"ratio": 2.5}, None),
    ],
)
def test_values_given_are_read(text: str, values: dict[str, object], result: object) -> None:
    assert evaluate(text, values) == result


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), [{"a": Decimal("-Infinity")}]])
@pytest.mark.parametrize("text", ["x > 3", "[1, 2][x]", "x[1].a > 3", "floor(x)", "for i in x..3 return i"])
def test_a_number_that_is_none_is_unknown(text: str, value: object) -> None:
    assert evaluate(text, {"x": value}) in (None, True, False, [])


def test_a_comparison_with_no_number_says_so() -> None:
    noted: list[FeelProblem] = []
    assert evaluate("x > 3", {"x": Decimal("NaN")}, noted=noted) is None
    assert [problem.code for problem in noted] == ["no_number"]


def test_outside_function_that_fails_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        evaluate("broken(1)", {"broken": lambda number: 1 // 0})


NOW = datetime(2020, 6, 20, 22, 30, tzinfo=UTC)


def test_clock_is_the_one_passed() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert evaluate("today()", {}, now=NOW) == date(2020, 6, 20)
    assert evaluate("today()", {}, now=NOW, zone=paris) == date(2020, 6, 21)
    assert evaluate("now()", {}, now=NOW, zone=paris) == NOW
    assert evaluate("today()", {}) is None
    assert evaluate("now()", {}) is None


def test_compiled_expression_runs_many_times() -> None:
    rule = compile("income <= ceiling and not(closed)")
    assert rule.names == {("income",), ("ceiling",), ("closed",)}
    assert rule.text == "income <= ceiling and not(closed)"
    values: dict[str, object] = {"income": Decimal(1), "ceiling": Decimal(2), "closed": False}
    assert [rule.run(values), rule.run({}), rule.run({**values, "closed": True})] == [True, None, False]


def test_paths_read_are_the_longest() -> None:
    read = compile(
        "home.postcode = x and (for p in partners return p.share)[1] > 3 and {a: b, c: a}.c = 1"
    ).names
    assert read == {("home", "postcode"), ("x",), ("partners",), ("b",)}


def test_faulty_text_raises_with_its_place() -> None:
    with pytest.raises(FeelError) as caught:
        evaluate("income <= ", {})
    assert (caught.value.code, caught.value.start, caught.value.end) == ("unexpected_end", 10, 10)

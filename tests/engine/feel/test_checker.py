"""What the checker says before any value is known. The scheme's names are made up."""

import pytest

from engine.feel import BOOLEAN, DATE, DAYS_DURATION, NUMBER, STRING, FeelProblem, check
from engine.feel.types import Context, Function, List, Number, String, Type

MONEY = Number("money")
NAMES: dict[str, Type] = {
    "closed": BOOLEAN,
    "created": DATE,
    "household": Number("integer"),
    "household_income": MONEY,
    "status": String(frozenset({"self_employed", "micro", "employee_manager"})),
    "siret": STRING,
    "home": Context({"postcode": STRING, "street": STRING}),
    "partners": List(Context({"name": STRING, "share": Number("percentage")})),
    "invoices": List(Context({"amount": MONEY, "eligible": BOOLEAN})),
    "income_ceiling": Function((NUMBER,), MONEY, 1),
}


def problems(text: str, unary: Type | None = None) -> list[tuple[str, str, str | None]]:
    """The code, the blamed piece of text and the suggestion of each problem."""
    found: tuple[FeelProblem, ...] = check(text, NAMES, unary=unary).problems
    return [(one.code, text[one.start : one.end], one.suggestion) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "houshold > 3 and closd",
            [("unknown_name", "houshold", "household"), ("unknown_name", "closd", "closed")],
        ),
        ("household income > 3", [("unknown_name", "household income", "household_income")]),
        ("home.postcod = siret", [("unknown_member", "home.postcod", "postcode")]),
        ("partners.shares", [("unknown_member", "partners.shares", "share")]),
        ("created.years", [("unknown_member", "created.years", "year")]),
        ('start with(siret, "1")', [("unknown_function", "start with", "starts with")]),
        ("closed = oui", [("unknown_name", "oui", "true")]),
        ("age(created, siret) > 18", [("unknown_function", "age", "years and months duration")]),
        ("substring(siret)", [("wrong_arity", "substring(siret)", None)]),
        (
            "substring(string: siret, start: 3)",
            [("unknown_parameter", "substring(string: siret, start: 3)", None)],
        ),
        ("income_ceiling()", [("wrong_arity", "income_ceiling()", None)]),
        ('income_ceiling("a")', [("wrong_type", '"a"', None)]),
        ("household(3)", [("not_a_function", "household(3)", None)]),
        ("upper case(household)", [("wrong_type", "household", None)]),
        ("siret + 3", [("wrong_type", "3", None)]),
        ("closed - 3", [("wrong_type", "closed", None)]),
        ("-closed", [("wrong_type", "closed", None)]),
        ("closed < true", [("wrong_type", "closed", None)]),
        ('status = "micr"', [("never_true", 'status = "micr"', '"micro"')]),
        ('status in ("micro", "manager")', [("never_true", '"manager"', '"employee_manager"')]),
        ("siret = 74", [("never_true", "siret = 74", '"74"')]),
        ('household > "3"', [("never_true", 'household > "3"', "3")]),
        ('created < "2020-03-01"', [("never_true", 'created < "2020-03-01"', 'date("2020-03-01")')]),
        ('closed = "oui"', [("never_true", 'closed = "oui"', "true")]),
        ("created - created > 3 months", [("mixed_durations", "created - created > 3 months", None)]),
        ("2 months + 3 days", [("mixed_durations", "2 months + 3 days", None)]),
        ("closed and household", [("not_boolean", "household", None)]),
        ("if household then 1 else 2", [("not_boolean", "household", None)]),
        ("every p in partners satisfies p.share", [("not_boolean", "p.share", None)]),
        ('date("2020-02-30") > created', [("bad_temporal_text", '"2020-02-30"', None)]),
        ('created > @"2020-13-01"', [("bad_temporal", '@"2020-13-01"', None)]),
        (r'matches(siret, "(a")', [("bad_pattern", '"(a"', None)]),
        ("household > 5 and household < 3", [("contradiction", "household < 3", None)]),
        ("household = 5 and closed and 3 >= household", [("contradiction", "3 >= household", None)]),
        (
            'status = "micro" and status = "self_employed"',
            [("contradiction", 'status = "self_employed"', None)],
        ),
        (
            'created > date("2020-03-01") and created <= @"2020-03-01"',
            [("contradiction", 'created <= @"2020-03-01"', None)],
        ),
        ("household > 3 and household < 5", []),
        ("household >= 3 and household <= 3", []),
        ("household = 3 and household > 2", []),
        ("household > 5 or household < 3", []),
        ("household between 9 and 1", [("upside_down", "household between 9 and 1", None)]),
        ("household in [9..1]", [("upside_down", "[9..1]", None)]),
        ("household in [-9..-1]", []),
        ("1 +", [("unexpected_end", "", None)]),
        ("item = 3", [("unknown_name", "item", None)]),
    ],
)
def test_slip_is_named_at_its_place(text: str, found: list[tuple[str, str, str | None]]) -> None:
    assert problems(text) == found


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("household_income <= income_ceiling(household)", BOOLEAN),
        ('starts with(home.postcode, "74") and not(closed)', BOOLEAN),
        ("household_income * 0.8", MONEY),
        ("household_income - 100", MONEY),
        ("household_income / household_income", NUMBER),
        ("min(0.4 * sum(invoices.amount), 8000)", MONEY),
        ("sum(invoices[eligible].amount)", MONEY),
        ("round half up(household_income / 3, 2)", MONEY),
        ("if closed then household_income else 0", MONEY),
        ("household + 1", Number("integer")),
        ("household + 0.5", NUMBER),
        ("partners.share", List(Number("percentage"))),
        ("partners[1].name", STRING),
        ("partners[share > 50]", List(NAMES["partners"].of)),  # type: ignore[union-attr]
        ("count(partners[share > 50]) = 0", BOOLEAN),
        ("for p in partners return p.name", List(STRING)),
        ("created + 90 days", DATE),
        ("created - created", DAYS_DURATION),
        ("created.year", NUMBER),
        ("max(created, today())", DATE),
        ("some p in partners satisfies p.share > 50", BOOLEAN),
        ("{a: 1, b: a > household}.b", BOOLEAN),
        ("null", check("null", {}).type),
    ],
)
def test_type_is_known_without_values(text: str, of: Type) -> None:
    checked = check(text, NAMES)
    assert (checked.type, checked.problems) == (of, ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('home.postcode = "74000"', {("home", "postcode")}),
        ("home = home", {("home",)}),
        (
            "home.street = siret and home.postcode = siret",
            {("home", "street"), ("home", "postcode"), ("siret",)},
        ),
        ("created.year > 2019", {("created",)}),
        ("every p in partners satisfies p.share < 50", {("partners",), ("partners", "share")}),
        (
            "sum(invoices[eligible].amount)",
            {("invoices",), ("invoices", "amount"), ("invoices", "eligible")},
        ),
        ("income_ceiling(household)", {("income_ceiling",), ("household",)}),
    ],
)
def test_paths_read_are_told(text: str, names: set[tuple[str, ...]]) -> None:
    assert check(text, NAMES).names == names


def test_clock_readers_are_told() -> None:
    assert check("created > today()", NAMES).reads_clock
    assert not check("created > date(2020, 3, 1)", NAMES).reads_clock


@pytest.mark.parametrize(
    ("cell", "of", "found"),
    [
        ('"micro", "mico"', NAMES["status"], [("never_true", '"mico"', '"micro"')]),
        ("< 500", NUMBER, []),
        ("[1..3]", STRING, [("never_true", "[1..3]", None)]),
        ("-", STRING, []),
        ("? > 3", NUMBER, []),
        ('starts with(?, "a")', NUMBER, [("wrong_type", "?", None)]),
    ],
)
def test_cells_are_checked_too(cell: str, of: Type, found: list[tuple[str, str, str | None]]) -> None:
    assert problems(cell, unary=of) == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("houshold > 3", "The name houshold is not known here: correct it. Did you mean household?"),
        (
            'status = "micr"',
            'This can never be true: status is one of "employee_manager", "micro", "self_employed", '
            'and "micr" is none of these. Did you mean "micro"?',
        ),
        ("siret = 74", 'This can never be true: siret is string, and 74 is number. Did you mean "74"?'),
        (
            "2 months + 3 days",
            "Months and days cannot be compared or added: a month has no fixed number of days.",
        ),
        (
            "substring(siret)",
            "The function substring is given 1 value(s): it takes string, start position, length (optional).",
        ),
    ],
)
def test_problems_speak_plain_english(text: str, sentence: str) -> None:
    assert [problem.message for problem in check(text, NAMES).problems] == [sentence]

"""What can be read but is likely a slip: holes between the rows of a parameter, `400-800`, a share of 0.5, two braces."""

from __future__ import annotations

import pytest

from engine.language import Bundle, check_scheme
from tests.fixtures.rent_help import HEAD, WORKFLOW

FORM = (
    HEAD
    + """\
      income: {type: money, label: Revenu mensuel, min: 0, help: HELP}
      persons: {type: integer, label: Personnes, min: 1}
      home: {type: choice, label: Logement, options: {flat: Appartement, house: Maison, boat: Bateau}}
"""
)


def told(more: str, help: str = "Aide") -> list[tuple[str, str, object, object]]:
    text = FORM.replace("HELP", help) + more + WORKFLOW
    _, problems = check_scheme(Bundle({"scheme.yaml": text}))
    return [
        (one.code, one.severity, one.params.get("example") or one.params.get("found"), one.params.get("instead"))
        for one in problems
    ]  # fmt: skip


def parameter(by: str, rows: str, more: str = "") -> str:
    return f"parameters:\n  p: {{by: {by}, values: [{{from: 2026-01-01, rows: {rows}{more}}}]}}\n"


@pytest.mark.parametrize(
    ("by", "rows", "example"),
    [
        ("persons", "{1: 1, 2: 2, 4: 4}", "persons = 3"),
        ("adults", "{1: 1, 2: 2, 4: 4}", "adults = 3"),
        ("adults", '{"< 400": 1, "> 400": 2}', "adults = 400"),
        ("income", '{"[0..400]": 1, "[401..800]": 2}', "income = 400.01"),
        ("income", '{"< 400": 1, "> 400": 2}', "income = 400"),
        ("home", "{flat: 1, house: 2}", "home = boat"),
        ("home", '{"flat, house": 1}', "home = boat"),
        ("[home, persons]", '[["flat, boat", "-", 1], [house, 1, 1], [house, 3, 2]]', "home = house, persons = 2"),
        ("day", "{'< date(\"2026-01-01\")': 1, '> date(\"2026-01-01\")': 2}", "day = 2026-01-01"),
    ],
)  # fmt: skip
def test_hole_between_rows_is_warned_of(by, rows, example):
    assert told(parameter(by, rows)) == [("parameter_gap", "warning", example, None)]


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("persons", "{1: 1, 2: 2, 3: 3}"),  # more persons: nothing, or `each_more`
        ("persons", "{2: 1, 3: 2}"),
        ("adults", '{"[0..400]": 1, "[401..800]": 2}'),  # counted in whole numbers, as far as can be told
        ("income", '{"<= 400": 1, "> 400": 2}'),
        ("income", '{"> 400": 1}'),
        ("home", '{flat: 1, "-": 2}'),
        ("town", '{"\\"74000\\"": 1, "\\"74100\\"": 2}'),  # of texts nobody knows them all
        ("town", "{'starts with(?, \"74\")': 1, '\"73000\"': 2}"),
        ("persons", '{1: 1, "odd(?)": 2, 8: 1}'),  # can't be told without values
    ],
)
def test_what_may_be_left_out_on_purpose_is_not_told(by, rows):
    assert told(parameter(by, rows)) == []


def test_rows_up_to_the_last_are_all_there_even_with_each_more():
    assert told(parameter("persons", "{1: 1, 2: 2}", ", each_more: 5")) == []
    assert told(parameter("persons", "{1: 1, 3: 2}", ", each_more: 5")) == [
        ("parameter_gap", "warning", "persons = 2", None)
    ]


@pytest.mark.parametrize(
    ("written", "severity", "instead"),
    [
        ("400-800", "warning", "[400..800]"),
        ("400 - 800", "warning", "[400..800]"),
        ("0.5-1.5", "warning", "[0.5..1.5]"),
        ("400 à 800", "error", "[400..800]"),
        ("de 400 à 800", "error", "[400..800]"),
        ("400 – 800", "error", "[400..800]"),
        ("entre 400 et 800", "error", "[400..800]"),
        ("> 400 et <= 800", "error", "(400..800]"),
        (">= 400 and < 800", "error", "[400..800)"),
        ("≥ 400 et ≤ 800", "error", "[400..800]"),
    ],
)
def test_span_of_figures_is_told_as_a_range(written, severity, instead):
    wanted = [("row_span", severity, written, instead)]
    assert told(parameter("income", f'{{"{written}": 1, "> 800": 2}}')) == wanted
    table = f'{{decide: [income], rows: [["{written}", 1], ["> 800", 2]]}}'
    assert told(f"computed: {{c: {{label: C, value: {table}}}}}\n") == wanted


@pytest.mark.parametrize("written", ["800-400", "-5", "income - 400", "400", "< 3, > 5", "> 800 et < 400"])
def test_other_tests_are_no_span(written):
    found = told(parameter("persons", f'{{"{written}": 1}}'))
    assert all(code != "row_span" for code, *_ in found)


def instalments(*shares: str) -> str:
    lines = "".join(
        f"    i{number}: {{share: {share}, pay_on: granted}}\n" for number, share in enumerate(shares)
    )
    return f"award:\n  amount: 100\n  instalments:\n{lines}"


def test_share_of_one_is_warned_of():
    assert told(instalments("0.5", "0.5")) == [("share_of_one", "warning", "0.5", "50")] * 2
    assert told(instalments("1")) == [("share_of_one", "warning", "1", "100")]
    assert told(instalments("0.125", "30")) == [("share_of_one", "warning", "0.125", "12.5")]


@pytest.mark.parametrize("shares", [("0.5", "99.5"), ("1", "99"), ("50",), ("income",), ("0",)])
def test_shares_that_make_sense_are_not_told(shares):
    assert told(instalments(*shares)) == []


def test_two_braces_of_a_mail_are_told_in_the_scheme():
    assert told("", '"Vos {{ income }} par mois"') == [("two_braces", "warning", "{{ income }}", "{income}")]
    assert told("", '"Vos {income} par mois"') == []
    assert told("", '"Écrivez {{nom}}"') == []  # no value of that name: a plain brace

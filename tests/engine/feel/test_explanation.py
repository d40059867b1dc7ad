"""Why a rule holds or not: the rules of the Haute-Savoie grant, on invented people."""

from decimal import Decimal

import pytest

from engine.feel import Clause, deciding, decisive, explain, parse, requirements

CEILING = {1: 19074, 2: 27896, 6: 50511}
VALUES = {
    "household": Decimal(6),
    "household_income": Decimal(60000),
    "income_ceiling": lambda persons: Decimal(CEILING[int(persons)]),
    "home": {"postcode": "74000"},
    "address": {"postcode": "73000"},
    "closed": True,
    "partial_unemployment": None,
    "partners": [{"share": Decimal(40)}, {"share": Decimal(60)}],
}


def used(clause: Clause) -> list[tuple[tuple[str, ...], str, object]]:
    return [(one.path, one.text, one.value) for one in clause.used]


def test_function_result_stands_beside_the_field() -> None:
    clause = explain("household_income <= income_ceiling(household)", VALUES)
    assert (clause.result, clause.operator, clause.clauses) == (False, "<=", ())
    assert used(clause) == [
        (("household_income",), "household_income", Decimal(60000)),
        (("income_ceiling",), "income_ceiling(household)", Decimal(50511)),
        (("household",), "household", Decimal(6)),
    ]


def test_false_part_of_an_and_decides() -> None:
    clause = explain('starts with(address.postcode, "74") and starts with(home.postcode, "74")', VALUES)
    assert (clause.operator, clause.result) == ("and", False)
    assert [inner.result for inner in clause.clauses] == [False, True]
    (leaf,) = decisive(clause)
    assert leaf.source == 'starts with(address.postcode, "74")'
    assert used(leaf) == [(("address", "postcode"), "address.postcode", "73000")]


@pytest.mark.parametrize(
    ("text", "result", "deciders"),
    [
        ("closed and not(partial_unemployment)", None, ["partial_unemployment"]),
        ("closed or household > 3", True, ["closed", "household > 3"]),
        ("not(closed) or household > 8", False, ["closed", "household > 8"]),
        ("household > 8 and closed and household > 9", False, ["household > 8", "household > 9"]),
        ("closed and (household > 8 or household = 5)", False, ["household > 8", "household = 5"]),
        ("if closed then household > 8 else true", False, ["closed", "household > 8"]),
        ("household between 1 and 5", False, ["household between 1 and 5"]),
        ("household in (1, 2)", False, ["household in (1, 2)"]),
        ("every p in partners satisfies p.share <= 50", False, ["p.share <= 50"]),
        ("closed", True, ["closed"]),
    ],
)
def test_leaves_that_decide_are_found(text: str, result: bool | None, deciders: list[str]) -> None:
    clause = explain(text, VALUES)
    assert clause.result is result
    assert [leaf.source for leaf in decisive(clause)] == deciders


def test_each_row_of_a_repeat_is_told() -> None:
    clause = explain("every p in partners satisfies p.share <= 50", VALUES)
    assert [inner.result for inner in clause.clauses] == [True, False]
    assert used(decisive(clause)[0]) == [(("partners", "share"), "p.share", Decimal(60))]


def test_inner_call_is_told_with_what_it_read() -> None:
    clause = explain(
        "sum(partners.share) <= 99 + count(partners[share > limit])", {**VALUES, "limit": Decimal(50)}
    )
    assert used(clause) == [
        ((), "sum(partners.share)", Decimal(100)),
        (("partners", "share"), "partners.share", [Decimal(40), Decimal(60)]),
        ((), "count(partners[share > limit])", Decimal(1)),
        (("limit",), "limit", Decimal(50)),
        (("partners",), "partners", VALUES["partners"]),
    ]


def test_tests_of_a_cell_are_clauses() -> None:
    clause = explain(parse("< 3, 7", unary=True), {"?": Decimal(6)})
    assert [(inner.source, inner.result) for inner in clause.clauses] == [("< 3", False), ("7", False)]


def test_clauses_know_their_place() -> None:
    text = "closed and household > 8"
    clause = explain(text, VALUES)
    assert [text[inner.start : inner.end] for inner in clause.clauses] == ["closed", "household > 8"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "household_income <= income_ceiling(household)",
            [("household_income", "at_most", [50511]), ("income_ceiling(household)", "at_least", [60000])],
        ),
        ("50000 > household_income", [("household_income", "below", [50000])]),
        ("not(household_income > 50000)", [("household_income", "at_most", [50000])]),
        ("household = 5", [("household", "equal", [5])]),
        ("household != 6", [("household", "different", [6])]),
        ("household between 1 and 5", [("household", "within", [1, 5])]),
        ("household in [1..5]", [("household", "within", [1, 5])]),
        ("household in (1, 2)", [("household", "one_of", [1, 2])]),
        ('home.postcode in ["01200", "73000"]', [("home.postcode", "one_of", ["01200", "73000"])]),
        ("not(closed)", [("closed", "false", [])]),
        ("partial_unemployment", [("partial_unemployment", "known", [])]),
        ("not(partial_unemployment)", [("partial_unemployment", "known", [])]),
        ("missing <= 5", [("missing", "known", [])]),
        ("closed and household < 6", [("household", "below", [6])]),
        ("not(closed and household = 6)", [("closed", "false", []), ("household", "different", [6])]),
        ("every p in partners satisfies p.share <= 50", [("p.share", "at_most", [50])]),
        ("household < 9", []),
        ("household * 2 < 6", []),
        ('starts with(home.postcode, "73")', []),
        ("household in (< 3, > 8)", []),
    ],
)
def test_what_would_have_to_change_is_told(text: str, wanted: list[object]) -> None:
    found = [one for leaf, hoped, _ in deciding(explain(text, VALUES)) for one in requirements(leaf, hoped)]
    assert [
        (one.subject.text, one.relation, [limit.value for limit in one.limits]) for one in found
    ] == wanted


def test_the_thing_to_change_has_its_path_from_outside_the_loops() -> None:
    clause = explain("every p in partners satisfies p.share <= 50", VALUES)
    ((leaf, hoped, _),) = deciding(clause)
    assert requirements(leaf, hoped)[0].subject.path == ("partners", "share")


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("household > 8 and household > 9", [False, False]),
        ("household > 8 or household > 9", [True, True]),
        ("not(closed and household = 6)", [True, True]),
        ("not(closed or household = 6)", [False, False]),
        ("closed and (household > 8 or household = 5)", [True, True]),
        ("household > 8", [False]),
    ],
)
def test_what_would_do_alone_is_told(text: str, alternatives: list[bool]) -> None:
    assert [one.alternative for one in deciding(explain(text, VALUES))] == alternatives


def test_an_explanation_that_would_cost_too_much_gives_the_result_alone():
    many = {"x": list(range(60))}
    told = explain("every a in x satisfies every b in x satisfies a + b >= 0", many)
    assert (told.result, told.clauses, told.problem) == (True, (), None)

"""Decision tables as a scheme writes them: what is wrong is told with its place, what is right loads and decides."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.language import Bundle, check_scheme, load_scheme

NOW, PARIS = datetime(2026, 5, 4, tzinfo=UTC), ZoneInfo("Europe/Paris")
LEVEL = ("tenant: {type: yes_no, label: Locataire}", "level: {type: choice, label: Niveau, options: {primary: P, college: C}}")  # fmt: skip
NONE = ("", "")
FULL = "[income, level]"


def award(rows: str, decide: str = "[income]", more: str = "hit: first, otherwise: 0") -> str:
    return f"award:\n  amount:\n    decide: {decide}\n    rows: {rows}\n    {{more}}\n".replace(
        "    {more}\n", "".join(f"    {one}\n" for one in more.split("; ") if one)
    )


# name: (rows, decide, more keys, the sentences)
CASES = {
    "good": ('[["< 500", 1], ["-", 2]]', "[income]", "hit: first", []),
    "good, with an option bare": ('[["< 500", college, 1], ["-", "not(college)", 2]]', FULL, "hit: first; otherwise: 0", []),
    "good, each option once": ('[["-", primary, 1], ["-", college, 2]]', FULL, "", []),
    "cell missing": (
        '[["< 500", 1]]', FULL, "otherwise: 0",
        ["scheme.yaml:15:12: This row has 2 cell(s): the table wants 3, one for each column of `decide`, then one for each result."],
    ),
    "cell too many": (
        '[["< 500", 1, 2]]', "[income]", "otherwise: 0",
        ["scheme.yaml:15:12: This row has 3 cell(s): the table wants 2, one for each column of `decide`, then one for each result."],
    ),
    "cell of the wrong type": (
        '[["\'a\'", 1]]'.replace("'a'", '\\"a\\"'), "[income]", "otherwise: 0",
        ["scheme.yaml:15:14: This can never be true: `?` is a number, and `\"a\"` is a text."],
    ),
    "unknown option": (
        '[["-", colege, 1]]', FULL, "otherwise: 0",
        ["scheme.yaml:15:18: `colege` is none of the options of `level`: college, primary. Did you mean `college`?"],
    ),
    "unknown name in a result": (
        '[["-", incme]]', "[income]", "otherwise: 0",
        ["scheme.yaml:15:18: The name `incme` is not known here. Did you mean `income`?"],
    ),
    "unknown input": (
        '[["-", 1]]', "[incme]", "otherwise: 0",
        ["scheme.yaml:14:14: The name `incme` is not known here. Did you mean `income`?"],
    ),
    "results of two types": (
        '[["< 5", 1], [">= 5", \'"a"\']]', "[income]", "otherwise: 0",
        ["scheme.yaml:15:34: This cell gives a text, and the rows above give a number: a column always gives the same sort of value."],
    ),
    "no amount": (
        '[["-", \'"a"\']]', "[income]", "otherwise: \'\"b\"\'",
        ["scheme.yaml:14:5: This expression should give a number, and it gives a text: correct it."],
    ),
    "list where one amount is wanted": (
        '[["-", 1]]', "[income]", "hit: collect",
        ["scheme.yaml:14:5: This expression should give a number, and it gives a list of numbers: correct it."],
    ),
    "gap": (
        '[["< 500", "-", 1], ["[500..800)", college, 2], [">= 800", "-", 3]]', FULL, "hit: first",
        ["scheme.yaml:15:5: No row covers income = 500, level = primary: add a row, or `otherwise`."],
    ),
    "overlap": (
        '[["<= 500", 1], ["> 700", 2], [">= 500", 3]]', "[income]", "otherwise: 0",
        [
            "scheme.yaml:15:41: Rows 1 and 3 both match income = 500: narrow one of them, or choose `hit: first`.",
        ],
    ),
    "rows of any that differ": (
        '[["<= 500", 1], [">= 500", 2], ["<= 400", 1.0]]', "[income]", "hit: any",
        ["scheme.yaml:15:27: Rows 1 and 2 both match income = 500 and do not give the same: correct one of them."],
    ),
    "row never reached": (
        '[["< 500", 1], ["-", 2], ["> 700", 3]]', "[income]", "hit: first",
        ["scheme.yaml:15:36: Row 3 is never used: the rows above cover all it covers."],
    ),
    "cell that can't be analysed": (
        '[["? > income / 2", 1], ["< 0", 2]]', "[income]", "hit: first",
        ["scheme.yaml:15:13: This cell cannot be analysed, so gaps and overlaps of the table are not checked: add `otherwise`, or write a test with fixed values."],
    ),
    "cell that can't be analysed, where it makes no difference": (
        '[["? > income / 2", 1], ["-", 2]]', "[income]", "hit: first", [],
    ),
    "priority without order": (
        '[["-", 1]]', "[income]", "hit: priority",
        ["scheme.yaml:16:10: `priority` needs `order`: the list of what it may give, the most important first."],
    ),
    "result that is not in order": (
        '[["-", 10]]', "[income]", "hit: priority; order: [100, 50]",
        ["scheme.yaml:15:18: `10` is not in `order`: 100, 50. Did you mean `100`?"],
    ),
    "sum of texts": (
        '[["-", \'"a"\']]', "[income]", "hit: sum",
        ["scheme.yaml:16:10: `sum` is for numbers only."],
    ),
    "unknown policy": (
        '[["-", 1]]', "[income]", "hit: frist",
        ["scheme.yaml:16:10: `hit` does not take `frist`. Did you mean `first`?"],
    ),
    "unknown key": (
        '[["-", 1]]', "[income]", "hitt: first",
        ["scheme.yaml:16:5: There is no key `hitt` here. Did you mean `hit`?"],
    ),
    "two things under a name that is taken": (
        '[["-", 1, 2]]', "[income]", "gives: {level: {}, other: {}}",
        ["scheme.yaml:16:13: `level` is already a name known here: give what the table gives another name."],
    ),
    "sum of two things": (
        '[["-", 1, 2]]', "[income]", "gives: {one: {}, other: {}}; hit: sum",
        ["scheme.yaml:17:10: `sum` makes one figure: the table must give one thing only."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_fault_of_a_table_is_told_where_it_stands(name, sentences_of):
    rows, decide, more, expected = CASES[name]
    assert sentences_of(award(rows, decide, more), LEVEL, NONE, {}) == expected


def test_french_tells_gaps_and_overlaps_too(small):
    form, workflow = small
    text = form + award('[["<= 500", 1], ["[500..600]", 2]]', more="") + workflow
    _, problems = check_scheme(Bundle({"scheme.yaml": text}))
    assert [problem.sentence("fr").replace("\u00a0", " ") for problem in problems] == [
        "Aucune ligne ne couvre income = 601 : ajoutez une ligne, ou `otherwise`.",
        "Les lignes 1 et 2 conviennent toutes deux à income = 500 : resserrez l'une, ou choisissez `hit: first`.",
    ]


def test_bounds_of_the_field_keep_what_cannot_be_out_of_the_gaps(sentences_of):
    bounded = ("income: {type: money,", "income: {type: money, min: 0,")
    told = sentences_of(award('[["[0..500]", 1], ["> 500", 2]]', more=""), bounded, NONE, {})
    assert told == []
    told = sentences_of(award('[["[0..500]", 1], ["> 500", 2]]', more=""), NONE, NONE, {})
    assert told == ["scheme.yaml:15:5: No row covers income = -1: add a row, or `otherwise`."]


def value(small, text: str, name: str, **values: object) -> object:
    form, workflow = small
    scheme = load_scheme(Bundle({"scheme.yaml": form.replace(*LEVEL) + text + workflow}))
    return scheme.computed[name].value.value(values, NOW, PARIS)


def test_computed_values_and_functions_have_their_names_in_the_rules(small, sentences_of):
    text = """\
computed:
  rate: {label: Taux, type: percentage, value: {decide: [income], hit: first, rows: [["< 500", 50], ["-", 30]]}}
  share: {by: [amount, level], value: {decide: [level], rows: [[primary, amount / 2], [college, amount]]}}
award: {amount: "share(income, level) * rate / 100"}
"""
    assert sentences_of(text, LEVEL, NONE, {}) == []
    assert value(small, text, "rate", income=Decimal(100)) == 50
    assert value(small, text, "share", level="primary", amount=Decimal(7)) == Decimal("3.5")


def test_a_table_that_gives_several_things_is_read_by_their_names(small, sentences_of):
    text = """\
computed:
  terms:
    value:
      decide: [income]
      hit: priority
      gives: {class: {label: Classe, order: [full, half]}, amount: {label: Montant}}
      rows: [["< 900", half, 50], ["< 500", full, 100]]
      otherwise: [half, 0]
award: {amount: terms.amount}
"""
    assert sentences_of(text, NONE, NONE, {}) == []
    assert value(small, text, "terms", income=Decimal(100)) == {"class": "full", "amount": 100}
    assert value(small, text, "terms", income=Decimal(950)) == {"class": "half", "amount": 0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("computed:\n  one: {value: two + 1}\n  two: {value: one + 1}\n",
         ["scheme.yaml:13:3: These names wait for one another: one, two, one. Take one of them out of one of the conditions."]),
        ("computed:\n  income: {value: 1}\n",
         ["scheme.yaml:13:3: `income` is already the name of what stands at 10:7: give it another name."]),
        ("computed:\n  hits: {value: 1}\n",
         ["scheme.yaml:13:3: `hits` already means something in the language: write `the_hits`, for example."]),
        ("computed:\n  one: {type: date, value: income}\n",
         ["scheme.yaml:13:28: This expression should give a date, and it gives a number: correct it."]),
        ("computed:\n  one: {label: Un}\n", ["scheme.yaml:13:3: The key `value` is missing: add it."]),
    ],
)  # fmt: skip
def test_each_fault_of_a_computed_value_is_told_where_it_stands(text, expected, sentences_of):
    assert sentences_of(text, NONE, NONE, {}) == expected


def test_a_value_of_a_page_is_sent_to_computed(sentences_of):
    more = ("tenant: {type: yes_no,", "tenant: {type: yes_no, value: income < 5,")
    assert sentences_of("", more, NONE, {}) == [
        "scheme.yaml:11:30: `value` exists only in the rows of a `repeat`: elsewhere, write `tenant` under `computed`."
    ]


def test_rows_of_a_parameter_take_bare_options_too(sentences_of):
    more = (
        "parameters:\n  base: {by: level, values: [{from: 2026-01-01, rows: [[primary, 1], [college, 2]]}]}\n"
    )
    assert sentences_of(more, LEVEL, NONE, {}) == []

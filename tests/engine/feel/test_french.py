"""Expressions with French words, or with those of a spreadsheet in capitals: told with the whole expression in FEEL."""

from __future__ import annotations

import pytest

from engine.feel import check
from engine.feel.french import LONGEST
from engine.feel.types import BOOLEAN, DATE, NUMBER, STRING, Context, List

NAMES = {
    "tenant": BOOLEAN,
    "income": NUMBER,
    "born": DATE,
    "status": STRING,
    "rows": List(Context({"et": NUMBER})),
}


def told(text: str, names=NAMES, **more) -> list[tuple[str, int, object]]:
    return [
        (one.code, one.start, one.params.get("instead", one.suggestion))
        for one in check(text, names, **more).problems
    ]


@pytest.mark.parametrize(
    ("text", "start", "instead"),
    [
        ("tenant et income > 3", 7, "tenant and income > 3"),
        ("income > 3 et tenant", 11, "income > 3 and tenant"),
        ("tenant ou income > 3", 7, "tenant or income > 3"),
        ("non(tenant)", 0, "not(tenant)"),
        ("income > 3 et non(tenant)", 11, "income > 3 and not(tenant)"),
        ("si tenant alors 3 sinon 4", 0, "if tenant then 3 else 4"),
        ("Si tenant Alors 3 Sinon 4", 0, "if tenant then 3 else 4"),
        ("if tenant then 3 sinon 4", 17, "if tenant then 3 else 4"),
        ("income entre 1 et 5", 7, "income between 1 and 5"),
        ("income dans [1..5]", 7, "income in [1..5]"),
        ("tenant = vrai et income > 3", 14, "tenant = true and income > 3"),
        ("born + 3 mois > today()", 9, "born + 3 months > today()"),
        ("tenant AND income > 3", 7, "tenant and income > 3"),
        ("NOT(tenant)", 0, "not(tenant)"),
        ("born + 3 années > today()", 9, "born + 3 years > today()"),
        ('status est "a"', 7, 'status = "a"'),
        ('status est différent de "a"', 7, 'status != "a"'),
        ('status différent de "a" et tenant', 7, 'status != "a" and tenant'),
        ('status n\'est pas "a"', 7, 'status != "a"'),
        ("born n'est pas vide", 5, "born != null"),
        ("born est vide", 5, "born = null"),
        ("income supérieur ou égal à 3", 7, "income >= 3"),
        ("income est inférieur à 3 ou tenant", 7, "income < 3 or tenant"),
        ('status = "si et ou" et tenant', 20, 'status = "si et ou" and tenant'),
    ],
)
def test_french_word_is_told_with_the_expression_anew(text, start, instead):
    assert told(text) == [("french", start, instead)]
    assert told(instead) == []


@pytest.mark.parametrize("word", ["age", "âge", "Age"])
def test_age_is_told_as_the_years_since_a_day_and_the_rest_is_checked(word):
    years = "years and months duration(born, today()).years"
    assert told(f"{word}(born) >= 16 and income > 3") == [("french", 0, years)]
    assert told(f"{word}(born) >= 16 and incom > 3") == [
        ("french", 0, years),
        ("unknown_name", len(word) + 17, "income"),
    ]
    assert told(f"{years} >= 16") == []


def test_age_is_that_of_the_day_of_the_deposit_where_it_is_known():
    names = {"born": DATE, "dossier": Context({"deposited_on": DATE})}
    years = "years and months duration(born, dossier.deposited_on).years"
    assert told("age(born) >= 16", names) == [("french", 0, years)]
    assert told(f"{years} >= 16", names) == []


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("SI(tenant, 3, 4)", "if … then … else …"),
        ("si tenant alors 3", "if … then … else …"),
        ("ET(tenant, income > 3)", "… and …"),
    ],
)
def test_what_stays_wrong_in_feel_is_told_with_the_shape_of_the_word(text, instead):
    assert told(text) == [("french", 0, instead)]


def test_long_expression_is_not_written_out():
    text = " + ".join(["income"] * 30) + " > 3 et tenant"
    assert len(text) > LONGEST
    assert told(text) == [("french", text.index("et"), "… and …")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("income => 3 et tenant", "instead"),  # the sign first, for it comes first
        ("income >= 1 000 et tenant", "spaced_number"),
        ("pour tout c dans rows : c", "unexpected"),
        ('status commence par "a"', "unexpected"),
    ],
)
def test_other_slips_keep_their_own_words(text, code):
    assert [one[0] for one in told(text)] == [code]


def test_true_and_false_alone_get_their_suggestion():
    assert told("tenant = vrai") == [("unknown_name", 9, "true")]
    assert told("tenant = FAUX") == [("unknown_name", 9, "false")]


@pytest.mark.parametrize("text", ['status = "a et b"', "rows.et[1] > 3", "{si: 3}.si > 2"])
def test_texts_parts_and_keys_may_be_french(text):
    assert told(text) == []


def test_name_of_the_scheme_is_no_slip():
    assert told("est > incme", {"est": NUMBER, "income": NUMBER}) == [("unknown_name", 6, "income")]
    assert told("si > incme", {"si": NUMBER, "income": NUMBER}) == [("unknown_name", 5, "income")]
    assert told("Taux et montant > incme", {"Taux et montant": NUMBER, "income": NUMBER}) == [
        ("unknown_name", 18, "income")
    ]


def test_in_a_cell_only_what_a_cell_takes_is_proposed():
    assert told("non(3)", unary=NUMBER) == [("french", 0, "not(3)")]
    assert [one[0] for one in told("> 3 et < 5", unary=NUMBER)] == ["unexpected"]


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("somme(rows.et) > 3", "sum"),
        ("aujourd'hui() > born", "today"),
        ("Moyenne(rows.et) > 3", "mean"),
        ("médiane(rows.et) > 3", "median"),
        ('contient(status, "a")', "contains"),
        ('commence par(status, "a")', "starts with"),
    ],
)
def test_french_function(text, function):
    assert told(text) == [("unknown_function", 0, function)]

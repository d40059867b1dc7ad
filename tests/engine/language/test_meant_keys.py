"""A misspelt key hides nothing: what stands under it is read as if it were right, and told in the same run."""

from __future__ import annotations

import pytest

from engine.language import Bundle, check_scheme
from tests.fixtures.rent_help import HEAD, WORKFLOW

SCHEME = f"""\
{HEAD}      income: {{type: money, label: Revenu mensuel}}
award: {{currency: EUR, amount: income}}
{WORKFLOW}"""


def told(*changes: tuple[str, str]) -> list[tuple[str, int, int, str | None]]:
    """What is said of the scheme so changed: code, line, column, suggestion."""
    text = SCHEME
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    _, problems = check_scheme(Bundle({"scheme.yaml": text}))
    return [(one.code, one.place.line, one.place.column, one.suggestion) for one in problems if one.place]


def test_the_scheme_is_faultless():
    assert told() == []


def test_slips_within_slips_are_told_in_one_run_each_at_its_place():
    found = told(("form:", "formulaire:"), ("fields:", "champs:"), ("label: Revenu", "libellé: Revenu"))
    assert found == [
        ("unknown_key", 6, 1, "form"),
        ("unknown_key", 9, 5, "fields"),
        ("unknown_key", 10, 29, "label"),
    ]


def test_what_is_declared_under_a_slip_is_known_elsewhere():
    assert told(("form:", "formulaire:")) == [("unknown_key", 6, 1, "form")]
    assert told(("workflow:", "worfklow:")) == [("unknown_key", 12, 1, "workflow")]


def test_expression_under_a_slip_is_judged_at_its_place():
    found = told(("form:", "Form:"), ("label: Revenu mensuel", "when: incom > 0, label: Revenu mensuel"))
    assert found == [("unknown_key", 6, 1, "form"), ("feel_unknown_name", 10, 35, "income")]


def test_id_that_may_not_be_one_is_told_once_and_the_rest_follows():
    assert told(("income:", "Revenu mensuel:"), ("amount: income", "amount: revenu_mensuel")) == [
        ("bad_id", 10, 7, None)
    ]
    inner = told(
        ("income: {type: money, label", "été: {type: money, lable"), ("amount: income", "amount: ete")
    )
    assert inner == [("bad_id", 10, 7, None), ("unknown_key", 10, 26, "label")]


def test_far_guess_is_proposed_and_not_followed():
    """`parties` is the nearest key there is to `partiels`; nobody knows whether it was meant."""
    found = told(("award:", "dossiers_partiels: {nonsense: 1}\naward:"))
    assert [code for code, *_ in found] == ["unknown_key"]


def test_right_key_beside_its_slip_keeps_its_place():
    assert told(("title: Aide", "titre: Autre\ntitle: Aide")) == [("unknown_key", 3, 1, None)]


@pytest.mark.parametrize(
    ("change", "key", "home"),
    [
        (("award:", "states: {draft: {kind: start}}\naward:"), "states", "workflow"),
        (("award:", "hours: 9 h\naward:"), "hours", "contact"),
    ],
)
def test_key_of_an_inner_mapping_is_sent_there(change, key, home):
    text = SCHEME.replace(*change)
    _, [problem] = check_scheme(Bundle({"scheme.yaml": text}))
    assert problem.code == "key_goes_under" and problem.params == {"key": key, "home": home}
    assert problem.sentence("fr") == f"La clé `{key}` se place sous `{home}`, pas ici."
    assert problem.sentence("en") == f"The key `{key}` goes under `{home}`, not here."

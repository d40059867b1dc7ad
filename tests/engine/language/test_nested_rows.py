"""A repeat in the rows of a repeat as a scheme writes it: what is refused, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language import Bundle, check_scheme

TEXT = (Path(__file__).parents[2] / "fixtures" / "projects.yaml").read_text(encoding="utf-8")
PRICE = "              price: {type: money, label: Prix, min: 0}\n"
AT_MOST = "            at_most: 3\n"
ROW = '        row: "{title}"\n'
THIRD = "              deep: {type: repeat, label: Trop, fields: {one: {type: text, label: Un}}}\n"


def codes(text):
    _, problems = check_scheme(Bundle({"scheme.yaml": text}))
    return [(one.code, one.path[-1]) for one in problems if one.severity == "error"]


def test_rows_in_rows_are_accepted():
    assert codes(TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (PRICE, PRICE + THIRD, ("not_yet_in_rows", "deep")),
        (PRICE, PRICE + "              paper: {type: file, label: Devis}\n", ("not_yet_in_rows", "paper")),
        (ROW, ROW + "        layout: table\n", ("not_yet", "layout")),
        (PRICE, PRICE + "              title: {type: text, label: Titre}\n", ("row_hides_name", "title")),
        (PRICE, PRICE + "              cost: {type: text, label: Titre}\n", ("row_hides_name", "cost")),
        (PRICE, PRICE + "              cap: {type: text, label: Titre}\n", ("row_hides_name", "cap")),
        (PRICE, PRICE + "              row: {type: text, label: Titre}\n", ("reserved_id", "row")),
        ("sum: amount}", "sum: amuont}", ("unknown_field", "sum")),
        ("sum: cost}", "sum: lines}", ("sum_of_no_number", "sum")),
    ],
)
def test_what_is_not_built_or_hides_a_name_is_refused_where_it_stands(old, new, told):
    assert told in codes(TEXT.replace(old, new, 1))


def test_names_of_inner_rows_are_typed():
    wrong = TEXT.replace("sum(flatten(projects.lines).amount)", "sum(flatten(projects.lines).what)")
    assert [code for code, _ in codes(wrong)] != []
    assert codes(TEXT.replace("flatten(projects.lines).amount", "projects.cost")) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("for_each: projects\n    fields: {note: {type: text, label: Note}}", []),
        (
            "for_each: project\n    fields: {note: {type: text, label: Note}}",
            [("for_each_no_repeat", "for_each")],
        ),
        (
            "for_each: cap\n    fields: {note: {type: text, label: Note}}",
            [("for_each_no_repeat", "for_each")],
        ),
        ("for_each: projects\n    fields: {why: {type: text, label: Note}}", [("id_twice", "why")]),
        ("for_each: projects\n    fields: {cap: {type: text, label: Note}}", [("row_hides_name", "cap")]),
        (
            "for_each: projects\n    fields: {note: {type: text, label: Note, when: titel = null}}",
            [("feel_unknown_name", "when")],
        ),
        (
            "for_each: projects\n    hide_from: [nobody]\n    fields: {note: {type: text, label: Note}, more: {type: text, label: Note}}",
            [("unknown_role", 0)],
        ),
        (
            "for_each: projects\n    check: {a: {require: note != titel, otherwise: Non}}\n    fields: {note: {type: text, label: Note}}",
            [("feel_unknown_name", "require")],
        ),
        (
            "for_each: projects\n    asked_of: applicant\n    fields: {note: {type: text, label: Note}}",
            [("not_yet", "asked_of")],
        ),
    ],
)
def test_page_for_each_row_names_an_earlier_repeat_and_its_fields_are_told_where_they_stand(said, told):
    page = f"  each:\n    title: Chaque projet\n    {said}\n"
    assert codes(TEXT.replace("eligibility:\n", page + "eligibility:\n")) == told

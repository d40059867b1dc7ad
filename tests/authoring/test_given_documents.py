"""Tests of a scheme give the date written on a document; it is judged on the day of the deposit, and its slips are told."""

from __future__ import annotations

from datetime import date

import pytest

from authoring.walkthrough import run
from authoring.walkthrough.given import stored_answers
from authoring.walkthrough.writing import scalar, typed
from engine.language import Bundle, check_scheme, load_scheme
from tests.fixtures.rent_help import HEAD, WORKFLOW

FORM = (
    HEAD
    + """\
      proof: {type: file, label: Justificatif, issued_within: 3 months}
      other: {type: file, label: Autre pièce, optional: true}
      bills:
        type: repeat
        label: Factures
        optional: true
        fields: {bill: {type: file, label: Facture, issued_within: 1 year}}
"""
)


def scheme(test: str) -> str:
    return f"{FORM}{WORKFLOW}tests:\n  it:\n    today: 2020-05-12\n    expect: {{}}\n{test}"


def sentences(answers: str, *steps: str) -> tuple[str, ...]:
    text = scheme(f"    answers: {answers}\n    then: [{', '.join(steps)}]\n")
    [outcome] = run(load_scheme(Bundle({"scheme.yaml": text})))
    return outcome.sentences


def told(answers: str) -> list[tuple[str, object]]:
    _, problems = check_scheme(Bundle({"scheme.yaml": scheme(f"    answers: {answers}\n")}))
    return [
        (one.code, one.suggestion or one.params.get("instead")) for one in problems if one.severity == "error"
    ]


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ("{proof: [{name: edf.pdf, issued_on: 2020-05-01}]}", "submit by applicant"),
        ("{proof: {name: edf.pdf, issued_on: 2020-02-12}}", "submit by applicant"),
        ("{proof: [{name: edf.pdf, issued_on: 2020-02-11}]}", "submit by applicant is refused"),
        ("{proof: [{name: edf.pdf, issued_on: 2020-05-13}]}", "submit by applicant is refused"),
        ("{proof: [edf.pdf]}", "submit by applicant is refused"),
        (
            "{proof: {name: edf.pdf, issued_on: 2020-05-01}, bills: [{bill: {name: a.pdf, issued_on: 2019-05-12}}]}",
            "submit by applicant",
        ),
        (
            "{proof: {name: edf.pdf, issued_on: 2020-05-01}, bills: [{bill: {name: a.pdf, issued_on: 2019-05-11}}]}",
            "submit by applicant is refused",
        ),
    ],
)
def test_date_of_a_document_is_judged_at_the_deposit(answers, step):
    assert sentences(answers, step) == ()


def test_recent_document_grows_old():
    answers = "{proof: [{name: edf.pdf, issued_on: 2020-03-01}]}"
    assert sentences(answers, "wait 2 weeks", "submit by applicant") == ()
    assert sentences(answers, "wait 4 weeks", "submit by applicant is refused") == ()


def test_what_is_wrong_with_the_date_is_said_where_the_deposit_fails():
    [told] = sentences("{proof: [{name: edf.pdf, issued_on: 2020-02-11}]}", "submit by applicant")
    assert "12 February 2020" in told or "12 février 2020" in told


def test_table_of_cases_varies_the_date_alone():
    text = f"{FORM}{WORKFLOW}tests:\n  it:\n    today: 2020-05-12\n    answers: {{proof: [edf.pdf]}}\n"
    text += "    given: [proof.issued_on]\n    expect: [eligible]\n    cases: [[2020-05-01, true], [2020-02-01, true]]\n"
    [outcome] = run(load_scheme(Bundle({"scheme.yaml": text})))
    assert [case.failures for case in outcome.cases] == [(), ()]


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ("{proof: [{name: edf.pdf, isued_on: 2020-05-01}]}", ("unknown_document_part", "issued_on")),
        ("{proof: {nom: edf.pdf}}", ("unknown_document_part", "name")),
        ("{proof: {name: edf.pdf, date: 2020-05-01}}", ("unknown_document_part", "issued_on")),
        ("{proof: [{name: edf.pdf, issued_on: 01/05/2020}]}", ("write_instead", "2020-05-01")),
        ("{proof: [{name: edf.pdf, issued_on: hier}]}", ("wrong_value", None)),
        ("{other: [{name: a.pdf, issued_on: 2020-05-01}]}", ("unknown_document_part", None)),  # its date isn't asked
        ("{bills: [{bill: {name: a.pdf, issud_on: 2020-05-01}}]}", ("unknown_document_part", "issued_on")),
    ],
)  # fmt: skip
def test_slip_is_told(answers, problem):
    assert told(answers) == [problem]


@pytest.mark.parametrize(
    "answers",
    [
        "{proof: [edf.pdf]}",
        "{proof: edf.pdf}",
        "{other: [{name: a.pdf}]}",
        "{proof: [{issued_on: 2020-05-01}]}",
    ],
)
def test_what_fits_is_not_told(answers):
    assert told(answers) == []


def test_correction_and_change_carry_dates_too():
    text = scheme("    answers: {}\n    then: [{edit by applicant: {proof: [{name: a.pdf, isued_on: x}]}}]\n")
    _, problems = check_scheme(Bundle({"scheme.yaml": text}))
    assert [one.code for one in problems if one.severity == "error"] == ["unknown_document_part"]


def test_stored_document_is_written_as_it_was_given():
    fields = load_scheme(Bundle({"scheme.yaml": FORM + WORKFLOW})).fields
    given = {"proof": [{"name": "edf.pdf", "issued_on": date(2020, 5, 1)}], "other": ["a.pdf"]}
    answers, _ = stored_answers(fields, given)
    assert answers["proof"] == [
        {"id": "document-edf.pdf", "name": "edf.pdf", "size": 1, "media_type": "application/pdf", "issued_on": "2020-05-01"}
    ]  # fmt: skip
    assert typed(fields, answers) == given
    assert scalar(typed(fields, answers)["proof"]) == '[{name: "edf.pdf", issued_on: 2020-05-01}]'

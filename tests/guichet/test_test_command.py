"""What `guichet test` prints: for a person, for programs, for a pull request, as JUnit; what it measures; its exit status."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from guichet.__main__ import main

ROOT = Path(__file__).parents[2]
SCHEME = """\
scheme: rent-help
languages: [fr]
title: Aide au loyer
privacy: {keep: 1 year after end, drafts: 90 days}
roles: {clerk: {label: Instruction, may: [search, view]}}
form:
  you:
    title: Vous
    fields:
      income: {type: money, label: Revenu, min: 0}
      home: {when: income < 500, type: text, label: Logement}
eligibility:
  modest: {require: income <= 1000, otherwise: Trop de revenus.}
computed:
  rate: {by: revenue, label: Taux, value: {decide: [revenue], hit: first, rows: [["< 500", 2], ["< 900", 1]], otherwise: 0}}
award:
  amount: rate(income) * 100
workflow:
  public: {seen: {label: Suivie, states: [filed, granted]}}
  states: {draft: {kind: start}, filed: {label: Déposée}, granted: {label: Accordée, kind: end}}
  actions:
    submit: {label: Déposer, from: draft, to: filed, by: applicant}
    grant: {label: Accorder, from: filed, to: granted, by: clerk}
tests:
  a modest household:
    answers: {income: 600}
    expect: {eligible: true, amount: 100}
    then: [submit by applicant]
    end: filed
  the edges:
    given: [income]
    expect: [eligible, amount]
    cases:
      - [1000, true, 0]
      - [1000.01, false, null]
"""
WRONG = SCHEME.replace("[1000.01, false, null]", "[1000.01, true, null]").replace(
    "end: filed", "end: granted"
)
LINE = SCHEME.splitlines().index("      - [1000.01, false, null]") + 1
END = SCHEME.splitlines().index("    end: filed") + 1


@pytest.fixture
def play(tmp_path: Path, monkeypatch):
    """Plays the tests of a text written to rent.yaml."""
    monkeypatch.chdir(tmp_path)

    def run(text: str, *options: str):
        Path("rent.yaml").write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["test", "rent.yaml", "--language", "en", *options])

    return run


def test_a_failure_is_said_with_its_line_and_its_reason(play):
    result = play(WRONG)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "FAILED rent-help: a modest household",
        f"       rent.yaml:{END}: expected the end granted, got filed",
        "FAILED rent-help: the edges",
        f"       rent.yaml:{LINE}: case 2 (income 1000.01): expected eligible true, got false: "
        "the rule modest is false because income <= 1000 is false (with income = 1000.01)",
        "1 passed, 2 failed",
    ]


def test_french_is_said_when_asked_for(play):
    assert (
        "état final attendu\u00a0: granted\u00a0; obtenu\u00a0: filed"
        in play(WRONG, "--language", "fr").output
    )


def test_what_passes_is_counted_case_by_case(play):
    result = play(SCHEME)
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "3 passed, 0 failed")


def test_only_one_test_may_be_played(play):
    assert play(SCHEME, "--only", "the edges").output.splitlines()[-1] == "2 passed, 0 failed"
    missing = play(SCHEME, "--only", "the edge")
    assert missing.exit_code == 1
    assert "no test is named the edge; did you mean the edges?" in missing.output


def test_all_schemes_of_a_folder_are_played(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(SCHEME, encoding="utf-8")
    result = CliRunner().invoke(main, ["test", str(tmp_path), "--language", "en"])
    assert result.output.splitlines()[-1] == "6 passed, 0 failed"


def test_a_scheme_with_errors_is_one_failure(play):
    result = play(SCHEME.replace("income < 500", "incme < 500"))
    assert result.exit_code == 1
    assert "The name `incme` is not known here." in result.stderr
    assert "0 passed, 1 failed" in result.stdout


def test_json_has_the_shape_the_documentation_promises(play):
    found = json.loads(play(WRONG, "--format", "json", "--coverage").stdout)
    assert (found["shape"], found["passed"], found["failed"]) == (1, 1, 2)
    [scheme] = found["schemes"]
    story, table = scheme["tests"]
    assert story["failures"] == [
        {"sentence": "expected the end granted, got filed", "file": "rent.yaml", "line": END, "column": 5}
    ]
    assert [(case["number"], case["line"], case["passed"]) for case in table["cases"]] == [
        (1, LINE - 1, True),
        (2, LINE, False),
    ]
    page = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    levels = (
        found,
        scheme,
        story,
        story["failures"][0],
        table["cases"][0],
        scheme["coverage"],
        scheme["coverage"]["missing"][0],
    )
    assert [key for level in levels for key in level if f'"{key}"' not in page] == []


def test_github_annotates_the_line(play):
    lines = play(WRONG, "--format", "github").output.splitlines()
    assert lines[0] == (
        f"::error file=rent.yaml,line={END},col=5,title=a modest household::expected the end granted, got filed"
    )
    assert lines[1].startswith(
        f"::error file=rent.yaml,line={LINE},col=9,title=the edges::case 2 (income 1000.01)"
    )


def test_junit_counts_what_it_lists(play):
    assert play(WRONG, "--junit", "report.xml").exit_code == 1
    root = ElementTree.parse("report.xml").getroot()
    [suite] = root
    assert (root.tag, suite.tag, suite.get("name")) == ("testsuites", "testsuite", "rent-help")
    cases = list(suite)
    failed = [case for case in cases if case.find("failure") is not None]
    for element in (root, suite):
        assert (element.get("tests"), element.get("failures"), element.get("errors")) == ("3", "2", "0")
    assert (len(cases), len(failed)) == (3, 2)
    assert [(case.get("name"), case.get("file"), case.get("line")) for case in cases][1:] == [
        ("the edges [1: income 1000]", "rent.yaml", str(LINE - 1)),
        ("the edges [2: income 1000.01]", "rent.yaml", str(LINE)),
    ]
    assert all(float(case.get("time", "")) >= 0 and case.get("classname") == "rent-help" for case in cases)
    text = failed[1].find("failure").text
    assert text.startswith(f"rent.yaml:{LINE}:9: expected eligible true, got false")


def test_junit_tells_of_a_scheme_that_cannot_be_tested_and_holds_any_text(play):
    play(SCHEME.replace("income < 500", 'incme < "<&"'), "--junit", "report.xml")
    [suite] = ElementTree.parse("report.xml").getroot()
    assert (suite.get("errors"), suite[0].find("error").get("type")) == ("1", "feel_unknown_name")


def test_what_no_test_goes_through_is_named_with_its_line(play):
    result = play(SCHEME, "--coverage")
    told = result.output.splitlines()
    left = [line for line in told if line.startswith("rent.yaml:")]
    assert left == [
        "rent.yaml:11: no test is asked home",
        "rent.yaml:11: no test answers home",
        "rent.yaml:15: no test uses row 1 of the table rate",
        "rent.yaml:20: no test comes to the state granted",
        "rent.yaml:23: no test does the action grant",
    ]
    assert "       rows of tables used: 1 of 2" in told
    assert result.exit_code == 0


def test_a_least_coverage_may_be_wanted(play):
    result = play(SCHEME, "--at-least", "90")
    assert result.exit_code == 1
    assert "rent-help: 64 % of the scheme is covered by its tests, and 90 % are wanted" in result.stderr
    assert play(SCHEME, "--at-least", "64").exit_code == 0

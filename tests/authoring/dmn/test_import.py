"""A DMN model becomes a fragment that checks and gives the same results; what is not carried over is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from authoring.imports.dmn import NotReadable, import_dmn
from authoring.walkthrough import run
from engine.language import Bundle, check_scheme
from engine.language.schema import scheme_schema
from guichet.__main__ import main

HERE = Path(__file__).parent
GRANT = HERE / "school_grant.dmn"
HEAD = """\
scheme: school
languages: [en]
title: School grant
roles:
  clerk: {label: Office}
"""
TAIL = """\
award: {amount: school_grant}
workflow:
  public: {received: {label: Received, states: [submitted]}, decided: {label: Decided, states: [granted]}}
  states: {draft: {kind: start}, submitted: {label: Filed}, granted: {label: Granted, kind: end}}
  actions:
    submit: {label: File, from: draft, to: submitted, by: applicant}
    grant: {label: Grant, from: submitted, to: granted, by: clerk}
tests:
  each row, and the edges between them:
    given: [household_yearly_income, household_parts, school_level]
    expect: [family_quotient, amount, summary]
    cases:
      - [12000, 2.5, primary, 400, 150, "low 300"]
      - [5999.88, 2, college, 249.995, 450, "low 450"]
      - [6000, 2, lycee, 250, 300, "low 300"]
      - [11999.88, 2, college, 499.995, 300, "low 300"]
      - [12000, 2, college, 500, 100, "high 300"]
      - [12000, 2, primary, 500, 0, "high 300"]
      - [19200, 2, lycee, 800, 0, "high 300"]
"""


@pytest.fixture(scope="module")
def imported():
    """The model of the test data, imported."""
    return import_dmn(GRANT.read_bytes(), GRANT.name)


def test_fragment_checks_and_gives_the_same_results(imported):
    scheme, problems = check_scheme(Bundle({"scheme.yaml": HEAD + imported.yaml + TAIL}))
    assert [str(problem) for problem in problems] == []
    assert scheme is not None
    assert [outcome.sentences for outcome in run(scheme)] == [()]


def test_names_become_ids_and_each_thing_says_where_it_came_from(imported):
    assert imported.names.id("Family Quotient") == "family_quotient"
    for line in (
        "#   Family Quotient → family_quotient",
        '  # decision "School Grant"',
        "        - [\"< 500\", primary, 150]   # Rule 12 a",
        '        - ["< 500", "college, lycee", "base_rate(family_quotient)"]',
        "      otherwise: 0",
    ):  # fmt: skip
        assert line in imported.yaml.splitlines()


def test_nothing_is_dropped_in_silence(imported):
    assert [(problem.code, problem.place.line) for problem in imported.problems] == [
        ("dmn_no_field", 14),
        ("dmn_table_inside", 50),
        ("dmn_other_language", 61),
        ("dmn_left_out", 73),
        ("dmn_left_out", 74),
    ]
    assert "by_machine:" not in imported.yaml


def model(body: str, namespace: str = "https://www.omg.org/spec/DMN/20191111/MODEL/") -> bytes:
    return f'<definitions xmlns="{namespace}" name="m">{body}</definitions>'.encode()


def decision(logic: str) -> str:
    return f'<decision name="D"><variable name="D"/>{logic}</decision>'


@pytest.mark.parametrize(
    ("logic", "written"),
    [
        ("<list><literalExpression><text>1</text></literalExpression></list>", "[1]"),
        ('<for iteratorVariable="Each One"><in><literalExpression><text>[1]</text></literalExpression></in>'
         "<return><literalExpression><text>Each One * 2</text></literalExpression></return></for>",
         "(for each_one in [1] return each_one * 2)"),
        ('<relation><column name="a"/><row><literalExpression><text>1</text></literalExpression></row></relation>',
         "[{a: 1}]"),
        ('<functionDefinition><formalParameter name="x"/><literalExpression><text>x + 1</text></literalExpression>'
         "</functionDefinition>", "function(x) x + 1"),
        ("<literalExpression><text>date(\"2026-01-01\").year // D is a name, \"D\" is none\n</text></literalExpression>",
         'date("2026-01-01").year // D is a name, "D" is none'),
    ],
)  # fmt: skip
def test_boxed_expressions_are_written_as_feel(logic, written):
    assert import_dmn(model(decision(logic)), "m.dmn").definitions[0].value == written


@pytest.mark.parametrize(
    ("policy", "word"),
    [("", "unique"), ('hitPolicy="ANY"', "any"), ('hitPolicy="RULE ORDER"', "rule order"),
     ('hitPolicy="COLLECT"', "collect"), ('hitPolicy="COLLECT" aggregation="SUM"', "sum"),
     ('hitPolicy="COLLECT" aggregation="COUNT"', "count")],
)  # fmt: skip
def test_hit_policies_have_their_word(policy, word):
    table = (
        f"<decisionTable {policy}><input><inputExpression><text>1</text></inputExpression></input><output/>"
    )
    table += "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>2</text></outputEntry></rule></decisionTable>"
    assert f"      hit: {word}\n" in import_dmn(model(decision(table)), "m.dmn").yaml


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<definitions", "dmn_no_xml"),
        (b"<html/>", "dmn_unknown"),
        (model("", "http://www.omg.org/spec/DMN/20151101/dmn.xsd"), "dmn_unknown"),
        (b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions>&e;</definitions>', "dmn_document_type"),
        (b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>', "dmn_document_type"),
    ],
)  # fmt: skip
def test_what_is_no_model_is_refused_with_the_reason(content, code):
    with pytest.raises(NotReadable) as refused:
        import_dmn(content, "m.dmn")
    assert refused.value.problem.code == code
    assert refused.value.problem.sentence("fr") and refused.value.problem.sentence("en")


def test_faulty_feel_is_noted_and_the_rest_is_kept():
    good = '<decision name="E"><literalExpression><text>1 + 1</text></literalExpression></decision>'
    bad = decision("<literalExpression><text>1 +</text></literalExpression>")
    found = import_dmn(model(bad + good), "m.dmn")
    assert [one.id for one in found.definitions] == ["e"]
    assert [problem.code for problem in found.problems] == ["dmn_no_feel"]


def test_command_writes_the_fragment_and_tells_what_is_left_out(tmp_path):
    done = CliRunner().invoke(main, ["import", "dmn", str(GRANT), "--out", str(tmp_path), "--language", "en"])
    assert done.exit_code == 0
    first, second, *_ = (tmp_path / "school_grant.yaml").read_text(encoding="utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=scheme.schema.json"
    assert json.loads((tmp_path / "scheme.schema.json").read_text(encoding="utf-8")) == scheme_schema()
    assert second.startswith("# school_grant.dmn: DMN 1.5")
    assert "school_grant.dmn:73:1: This is not carried over: decisionService Ask." in done.output
    again = CliRunner().invoke(
        main, ["import", "dmn", str(GRANT), "--out", str(tmp_path), "--language", "en"]
    )
    assert again.exit_code == 1
    assert "exists already" in again.output

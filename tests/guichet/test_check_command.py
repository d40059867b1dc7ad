"""What `guichet check` prints: for a person, for programs, for a pull request; and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from guichet.__main__ import main

SCHEME = """\
scheme: rent-help
languages: [fr]
title: Aide au loyer
roles: {clerk: {label: Instruction, may: [search, view]}}
form: {you: {title: Vous, fields: {income: {type: money, label: Revenu, min: 0, when: 'incme > 3'}}}}
workflow:
  public: {seen: {label: Suivie, states: [filed]}}
  states: {draft: {kind: start}, filed: {label: Déposée, kind: end}}
  actions: {submit: {label: Déposer, from: draft, to: filed, by: applicant}}
"""
RIGHT = SCHEME.replace(", when: 'incme > 3'", "")
KEPT = RIGHT.replace("roles:", "privacy: {keep: 1 year after end, drafts: 90 days}\nroles:")


@pytest.fixture
def check(tmp_path: Path, monkeypatch):
    """Checks a text written to rent.yaml."""
    monkeypatch.chdir(tmp_path)

    def run(text: str, *options: str, color: bool = False):
        Path("rent.yaml").write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["check", "rent.yaml", "--language", "en", *options], color=color)

    return run


def test_line_is_shown_with_a_mark_under_the_word(check):
    result = check(SCHEME)
    assert result.exit_code == 1
    head, line, mark, summary = result.output.splitlines()
    assert head.startswith("rent.yaml:5:88: error: The name `incme` is not known here.")
    assert head.endswith("Did you mean `income`? [feel_unknown_name]")
    assert line[mark.index("^") :].startswith("incme > 3")
    assert summary == "1 error(s), 0 warning(s)"


def test_mark_stands_right_in_a_line_cut_on_both_sides(check):
    long = SCHEME.replace("label: Revenu", f"label: {'Revenu ' * 60}").replace(
        "'incme > 3'", f"'incme > {'1' * 30}{' ' * 90}'"
    )
    _, line, mark, _ = check(long).output.splitlines()
    assert len(line) < 140 and line.count("…") == 2
    assert line[mark.index("^") :].startswith("incme > 1")


def test_colours_are_for_terminals_and_can_be_refused(check, monkeypatch):
    assert "\x1b[31m" in check(SCHEME, color=True).output
    assert "\x1b[" not in check(SCHEME).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in check(SCHEME, color=True).output


def test_warnings_alone_are_no_failure_unless_strict(check):
    assert check(RIGHT).exit_code == 0
    assert "0 error(s), 2 warning(s)" in check(RIGHT).output
    strict = check(RIGHT, "--strict")
    assert strict.exit_code == 1
    assert "2 error(s), 0 warning(s)" in strict.output


def test_faultless_scheme_is_said_to_be(check):
    result = check(KEPT)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No problem found\n")


def test_json_has_the_shape_the_documentation_promises(check):
    found = json.loads(check(SCHEME, "--format", "json").stdout)
    assert found == {
        "shape": 1,
        "errors": 1,
        "warnings": 0,
        "problems": [
            {
                "file": "rent.yaml",
                "line": 5,
                "column": 88,
                "path": ["form", "you", "fields", "income", "when"],
                "code": "feel_unknown_name",
                "severity": "error",
                "sentence": "The name `incme` is not known here. Did you mean `income`?",
                "suggestion": "income",
                "proved_by": None,
            }
        ],
    }
    page = (Path(__file__).parents[2] / "docs" / "problems.md").read_text(encoding="utf-8")
    assert all(f'"{key}"' in page for key in (*found, *found["problems"][0]))


def test_json_of_a_faultless_scheme_is_an_empty_list(check):
    assert json.loads(check(KEPT, "--format", "json").stdout)["problems"] == []


def test_proof_is_named(check):
    result = check(
        KEPT.replace("min: 0", "min: 0, check: {low: {require: income < 0, otherwise: Non}}"),
        "--format",
        "json",
    )
    [problem] = json.loads(result.stdout)["problems"]
    assert (problem["code"], problem["proved_by"]) == ("check_never_holds", "ranges")


def test_pull_request_is_annotated(check):
    told = check(SCHEME, "--format", "github").stdout
    assert told == (
        "::error file=rent.yaml,line=5,col=88,title=feel_unknown_name::"
        "The name `incme` is not known here. Did you mean `income`?\n"
    )


def test_signs_github_reads_are_escaped(tmp_path):
    folder = tmp_path / "a,b"
    folder.mkdir()
    file = folder / "rent.yaml"
    file.write_text(KEPT.replace("label: Revenu", "label: Revenu 50 % # net"), encoding="utf-8")
    told = CliRunner().invoke(main, ["check", str(file), "--format", "github", "--language", "en"]).stdout
    assert "a%2Cb" in told

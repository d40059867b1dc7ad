"""`guichet diagram` draws the workflow or the form, prints it or writes it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from guichet.__main__ import main

GRANT = str(Path(__file__).parents[2] / "schemes" / "haute-savoie-emergency-grant")


def run(*arguments: str):
    return CliRunner().invoke(main, ["diagram", GRANT, "--language", "fr", *arguments])


def test_workflow_is_written_as_svg_to_a_file_of_that_name(tmp_path):
    out = tmp_path / "workflow.svg"
    assert run("--out", str(out)).exit_code == 0
    drawn = out.read_text(encoding="utf-8")
    assert drawn.startswith("<svg") and "En instruction" in drawn


def test_form_is_printed_as_mermaid():
    assert run("--what", "form").output.startswith("flowchart TD\n")


def test_form_is_printed_as_svg_when_asked():
    assert "Votre société" in run("--what", "form", "--format", "svg").output


def test_file_that_cannot_be_written_is_one_sentence(tmp_path):
    result = run("--out", str(tmp_path / "no" / "where.svg"))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ") and "Traceback" not in result.output

"""`guichet paper` writes the blank form of a scheme."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from guichet.__main__ import main

GRANT = str(Path(__file__).parents[2] / "schemes" / "haute-savoie-emergency-grant")


def run(*arguments: str):
    return CliRunner().invoke(main, ["paper", GRANT, *arguments])


def test_the_form_is_written_as_pdf(tmp_path):
    out = tmp_path / "form.pdf"
    assert run("--out", str(out), "--language", "en").exit_code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_language_the_scheme_does_not_speak_is_one_sentence(tmp_path):
    result = run("--out", str(tmp_path / "form.pdf"), "--language", "de")
    assert result.exit_code == 1
    assert result.output == "Error: 'de' is none of the scheme's languages: fr, en.\n"

"""`guichet paper` writes the blank form of a scheme."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from click.testing import CliRunner

from dossiers.settings import write
from guichet.__main__ import main
from tests.fixtures.sent import picture

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


def test_the_form_of_a_site_bears_its_logo(tmp_path):
    write(tmp_path, {"organisation": {"name": "Office (fictif)", "logo": "logo.png"}})
    plain, out = tmp_path / "plain.pdf", tmp_path / "form.pdf"
    assert run("--out", str(out), "--data", str(tmp_path)).exit_code == 1, "there is no such picture yet"
    (tmp_path / "logo.png").write_bytes(picture())
    assert run("--out", str(out), "--data", str(tmp_path)).exit_code == 0
    assert run("--out", str(plain)).exit_code == 0
    assert (pictures(plain), pictures(out)) == (0, 1)


def pictures(path: Path) -> int:
    with pikepdf.open(path) as paper:
        return len(paper.pages[0].get_images())

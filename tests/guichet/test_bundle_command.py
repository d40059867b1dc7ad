"""A whole scheme leaves a site and comes into another: twice changes nothing, and no zip does harm."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from guichet.__main__ import main

ROOT = Path(__file__).parents[2]
GRANT = str(ROOT / "schemes" / "haute-savoie-emergency-grant")
SLUG = "haute-savoie-emergency-grant"


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def site(tmp_path: Path) -> str:
    folder = str(tmp_path / "site")
    assert run("init", folder).exit_code == 0
    return folder


def test_export_import_export_changes_nothing(site: str, tmp_path: Path):
    assert run("publish", GRANT, "--data", site).exit_code == 0
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    assert "files of" in run("bundle", "export", SLUG, str(first), "--data", site).output
    assert "no change" in run("bundle", "export", SLUG, str(first), "--data", site).output
    other = str(tmp_path / "other")
    run("init", other)
    assert "brought in as revision 1" in run("bundle", "import", str(first), "--data", other).output
    assert "no change" in run("bundle", "import", str(first), "--data", other).output
    run("bundle", "export", SLUG, str(second), "--data", other)
    assert first.read_bytes() == second.read_bytes()
    assert "no change" in run("bundle", "import", str(first), "--data", site).output


def test_published_version_can_be_exported(site: str, tmp_path: Path):
    assert run("publish", GRANT, "--data", site).exit_code == 0
    file = tmp_path / "v.zip"
    assert run("bundle", "export", SLUG, str(file), "--version", "1", "--data", site).exit_code == 0
    assert "scheme.yaml" in zipfile.ZipFile(file).namelist()
    missing = run("bundle", "export", SLUG, str(file), "--version", "9", "--data", site)
    assert missing.exit_code == 1 and "There is no such version here." in missing.output


def test_hostile_zip_is_refused_in_a_sentence(site: str, tmp_path: Path):
    file = tmp_path / "bad.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    refused = run("bundle", "import", str(file), "--data", site)
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: ")
    assert "Traceback" not in refused.output


def test_shared_files_travel_with_the_version_that_used_them(site: str, tmp_path: Path):
    assert run("publish", GRANT, "--data", site).exit_code == 0
    file = tmp_path / "v.zip"
    run("bundle", "export", SLUG, str(file), "--version", "1", "--data", site)
    name = "workflows/library/instruction.yaml"
    assert zipfile.ZipFile(file).read(name) == (ROOT / name).read_bytes()

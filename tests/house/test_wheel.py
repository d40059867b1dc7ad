"""The built wheel holds everything and runs from an empty folder."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WANTED = (
    "schemes/haute-savoie-emergency-grant/scheme.yaml",
    "schemes/haute-savoie-emergency-grant/lists/communes.csv",
    "schemes/haute-savoie-emergency-grant/texts/remedies.fr.md",
    "engine/language/scheme.schema.json",
    "schemes/scheme.schema.json",
    "renderers/templates/base.html",
    "renderers/static/guichet.css",
    "renderers/static/form/live.js",
    "renderers/static/feel/builtins/lists.js",
    "renderers/static/vendor/decimal/decimal.min.mjs",
    "renderers/static/vendor/decimal/LICENCE.md",
    "renderers/static/studio/studio.js",
    "renderers/static/vendor/codemirror/codemirror.min.mjs",
    "renderers/static/vendor/codemirror/LICENCES.md",
    "renderers/catalogues/fr.po",
    "dossiers/database/migrations/env.py",
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the tree (a build leaves traces) and unpacked as pip would."""
    copy, out = tmp_path_factory.mktemp("tree") / "guichet", tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        str(out),
        str(copy),
    ]
    subprocess.run(build, check=True, capture_output=True, text=True)
    (wheel,) = out.glob("guichet_engine-*.whl")
    zipfile.ZipFile(wheel).extractall(out / "site")
    return out / "site"


def test_wheel_ships_every_kind_of_file(installed: Path):
    assert [name for name in WANTED if not (installed / name).exists()] == []
    assert not (installed / "tests").exists()


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-P", "-m", "guichet", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100)


def test_check_runs_from_an_empty_folder(installed: Path, tmp_path: Path):
    scheme = installed / "schemes" / "haute-savoie-emergency-grant"
    result = run(installed, tmp_path, "check", str(scheme), "--language", "en")
    assert (result.returncode, result.stdout) == (0, ""), result.stdout + result.stderr


def test_demonstration_fills_from_an_empty_folder(installed: Path, tmp_path: Path):
    result = run(installed, tmp_path, "demo", "--fill-only", "--dossiers", "3")
    assert result.returncode == 0, result.stderr
    assert "instruction@departement.example" in result.stdout

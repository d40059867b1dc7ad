"""A file several schemes share is checked with each of them, and changes nothing that is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from guichet.__main__ import main

ROOT = Path(__file__).parents[2]
BLOCK = "phone: {type: phone, optional: true, label: {fr: Téléphone, en: Phone}}\n"


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def schemes(tmp_path: Path) -> Path:
    """A folder with two schemes that share a block of fields."""
    text = (ROOT / "schemes" / "bicycle-grant.yaml").read_text(encoding="utf-8")
    text = text.replace("    fields:\n", "    fields:\n      use: phone_block\n", 1)
    folder = tmp_path / "schemes"
    (folder / "shared" / "fields").mkdir(parents=True)
    (folder / "shared" / "fields" / "phone_block.yaml").write_text(BLOCK, encoding="utf-8")
    for name in ("bicycle-grant", "scooter-grant"):
        (folder / f"{name}.yaml").write_text(text.replace("bicycle-grant", name, 1), encoding="utf-8")
    return folder


def test_check_of_a_folder_tells_what_a_shared_file_does_to_each_scheme(schemes: Path):
    assert run("check", str(schemes), "--language", "en").exit_code == 0
    file = schemes / "shared" / "fields" / "phone_block.yaml"
    file.write_text(BLOCK.replace("type: phone", "type: fone"), encoding="utf-8")
    checked = run("check", str(schemes), "--language", "en")
    assert checked.exit_code == 1
    assert checked.output.count(f"{file}:1:15: error") == 2
    assert "1 | phone: {type: fone" in checked.output


def test_scheme_with_a_shared_block_passes_its_tests(schemes: Path):
    assert run("test", str(schemes)).exit_code == 0


def test_changed_shared_file_touches_a_scheme_when_it_is_published_again(schemes: Path, tmp_path: Path):
    site = str(tmp_path / "site")
    run("init", site)
    scheme = str(schemes / "bicycle-grant.yaml")
    assert run("publish", scheme, "--data", site).exit_code == 0
    file = schemes / "shared" / "fields" / "phone_block.yaml"
    file.write_text(
        BLOCK + "mobile: {type: phone, optional: true, label: {fr: Mobile, en: Mobile}}\n", encoding="utf-8"
    )
    assert "Mobile" in run("diff", scheme, "--data", site).output
    assert run("audit", "verify", "--data", site).exit_code == 0
    published = run("publish", scheme, "--data", site)
    assert "version 2 is published" in published.output

"""The command line, as an administrator uses it: every answer in a sentence, never a traceback."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossiers import office
from dossiers.settings import Settings
from guichet.__main__ import COMMANDS, main
from guichet.demo.site import fill

ROOT = Path(__file__).parents[2]
GRANT = str(ROOT / "schemes" / "haute-savoie-emergency-grant")


def run(*arguments: str, **options: str):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False, **options)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"Example: guichet {name}" in " ".join(result.output.split())


def test_new_site_goes_from_init_to_a_published_scheme(tmp_path: Path):
    site = tmp_path / "site"
    assert run("init", str(site)).exit_code == 0
    before = {
        path: path.read_bytes() for path in site.rglob("*") if path.suffix in (".ini", ".json", ".yaml")
    }
    assert run("init", str(site)).exit_code == 0
    assert {path: path.read_bytes() for path in before} == before, "init never overwrites"
    starter = str(site / "schemes" / "bicycle-grant.yaml")
    assert run("check", starter).exit_code == 0
    published = run("publish", starter, "--data", str(site))
    assert published.output.startswith("bicycle-grant: version 1 is published")
    again = run("publish", starter, "--data", str(site))
    assert again.exit_code == 1 and again.output.startswith("Error: ")
    assert "bicycle-grant    1" in run("versions", "--data", str(site)).output
    added = run(
        "users", "add", "anne@office.example", "--name", "Anne (fictif)", "--role", "bicycle-grant:clerk", "--data", str(site),
        "--password", "une phrase de passe fictive",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    assert "anne@office.example" in run("users", "list", "--data", str(site)).output
    assert run("audit", "verify", "--data", str(site)).exit_code == 0
    assert "takes no new application" in run("close", "bicycle-grant", "--data", str(site)).output


def test_what_keeps_a_scheme_from_being_published_is_told_line_by_line(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    site = tmp_path / "site"
    assert run("init", str(site)).exit_code == 0
    starter = site / "schemes" / "bicycle-grant.yaml"
    text = starter.read_text(encoding="utf-8")
    starter.write_text(text.replace("- [800, 200]", "- [800, 201]"), encoding="utf-8")
    refused = run("publish", str(starter), "--data", str(site))
    line = text.splitlines().index("      - [800, 200]") + 1
    assert refused.exit_code == 1
    assert refused.output.splitlines() == [
        "Error: 1 of the scheme's own tests fail: correct them, then publish.",
        "  the ceiling, both edges",
        f"    {starter}:{line}:9: case 3 (price 800): expected amount 201, got 200.00: "
        "min(price / 4, highest_grant) (with price = 800.00, highest_grant = 200)",
    ]
    starter.write_text(text.replace("amount: min(price", "amount: min(prise"), encoding="utf-8")
    refused = run("publish", str(starter), "--data", str(site))
    assert "The name `prise` is not known here. Did you mean `price`?" in refused.output
    assert "bicycle-grant" not in run("versions", "--data", str(site)).output


def test_starter_names_the_schema_beside_it_for_editors(tmp_path: Path):
    assert run("init", str(tmp_path / "site")).exit_code == 0
    schemes = tmp_path / "site" / "schemes"
    assert (
        (schemes / "bicycle-grant.yaml")
        .read_text(encoding="utf-8")
        .splitlines()[0]
        .endswith("=scheme.schema.json")
    )
    again = run("schema", "--out", str(tmp_path / "own.json"))
    assert "$schema=own.json" in again.output
    assert (schemes / "scheme.schema.json").read_text(encoding="utf-8") == run("schema").output
    assert (tmp_path / "own.json").read_text(encoding="utf-8") == run("schema").output


def test_check_prints_place_and_suggestion(tmp_path: Path):
    bad = tmp_path / "bad.yaml"
    text = (
        (ROOT / "schemes" / "bicycle-grant.yaml")
        .read_text(encoding="utf-8")
        .replace("price / 4", "prise / 4")
    )
    bad.write_text(text, encoding="utf-8")
    result = run("check", str(bad), "--language", "en")
    assert result.exit_code == 1
    assert f"{bad}:" in result.output and "price" in result.output


def test_check_says_that_a_path_is_missing():
    result = run("check", "nowhere.yaml")
    assert result.exit_code == 1
    assert "nowhere.yaml: there is no such file or folder" in result.output


def test_grant_passes_its_own_tests():
    result = run("test", GRANT, "--language", "en")
    assert result.exit_code == 0
    assert ", 0 failed" in result.output


def test_diagram_names_every_state():
    output = run("diagram", GRANT, "--language", "fr").output
    assert "stateDiagram" in output and "En instruction" in output


def test_purge_shows_what_is_due_then_does_it_once(tmp_path: Path):
    folder = tmp_path / "site"
    fill(folder, 12, base_url="http://127.0.0.1:1", progress=lambda _: None)
    settings = Settings.load(folder)
    ended = "UPDATE dossier SET ended_at = '2017-01-01 00:00:00.000000' WHERE ended_at IS NOT NULL"
    with closing(sqlite3.connect(folder / "guichet.db")) as database, database:
        count = database.execute(ended).rowcount
    assert count
    stray = office.build(settings).store.put(b"left by an upload cut short")
    os.utime(folder / "files" / stray[:2] / stray, (0, 0))
    dossiers = "dossier" if count == 1 else "dossiers"
    due = f"haute-savoie-emergency-grant: {count} {dossiers} ended more than 2 years ago"
    dry = run("purge", "--dry-run", "--data", str(folder)).output
    assert due in dry and "1 stored file belongs to no document" in dry
    assert run("purge", "--dry-run", "--data", str(folder)).output == dry
    assert run("purge", "another-scheme", "--data", str(folder)).exit_code == 1
    done = run("purge", "haute-savoie-emergency-grant", "--all-orphans", "--data", str(folder))
    assert done.exit_code == 0 and due in done.output and "Done." in done.output
    assert "1 stored file that belonged to no document was removed" in done.output
    with closing(sqlite3.connect(folder / "guichet.db")) as database, database:
        left = database.execute("SELECT count(*) FROM dossier WHERE ended_at IS NOT NULL AND email <> ''")
        assert left.fetchone() == (0,)
    again = run("purge", "--data", str(folder))
    assert "No dossier is due." in again.output
    assert run("audit", "verify", "--data", str(folder)).exit_code == 0

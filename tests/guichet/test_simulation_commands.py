"""`guichet simulate` and `guichet re-examine`: figures in sentences, JSON and CSV; nothing written by looking."""

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dossiers import office as offices
from dossiers import settings
from dossiers.database import upgrade
from dossiers.services.desk import Desk
from guichet.__main__ import main
from tests.fixtures.databases import Clock
from tests.fixtures.haute_savoie import ANNOUNCED, SLUG, VOTED, Played, add_staff, deposit, person, version

GUIDE = {"naf": "93.19Z", "closed": False}
OPEN_SHOP = {"naf": "47.11D", "closed": False}
AS = ("--as", "supervisor@departement.example", "--comment", "Règles élargies le 6 juillet.")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site on which the vote left out a mountain guide and an open shop; its clock stands in July 2020."""
    folder = tmp_path_factory.mktemp("site")
    offset = datetime(2020, 7, 6, 10, tzinfo=UTC) - datetime.now(UTC)
    office = {"name": "Office (fictif)", "email": "contact@office.example"}
    settings.write(folder, {"site": {"clock_offset": offset}, "organisation": office})
    found = settings.Settings.load(folder)
    upgrade(found.database_url)
    clock = Clock()
    clock.now = datetime(2020, 5, 4, 8, tzinfo=UTC)
    opened = offices.build(found, clock)
    played = Played(Desk(opened), clock)
    played.publish(1, ANNOUNCED)
    played.staff = played.desk.act(add_staff)
    for number, changed in enumerate(({}, GUIDE, OPEN_SHOP)):
        clock.now += timedelta(minutes=1)
        played.desk.act(deposit, f"{number}@fictif.example", person(number, **changed))
    played.publish(2, VOTED)
    played.refuse_left_out()
    opened.database.close()
    return folder


@pytest.fixture
def site(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it."""
    folder = tmp_path / "site"
    shutil.copytree(template, folder)
    return folder


@pytest.fixture(scope="module")
def widened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The widened rules, in a folder, not published."""
    folder = tmp_path_factory.mktemp("widened")
    for name, text in version(3).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def dump(site: Path) -> list[str]:
    with closing(sqlite3.connect(site / "guichet.db")) as connection, connection:
        return list(connection.iterdump())


def test_changed_rules_are_replayed_and_nothing_is_written(site: Path, widened: Path):
    before, bytes_before = dump(site), (site / "guichet.db").read_bytes()
    result = run("simulate", str(widened), "--against", "2", "--data", str(site), "--language", "en")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[1:4] == [
        "  1 dossier newly eligible",
        "  0 dossiers no longer eligible",
        "  0 dossiers no longer established",
    ]
    assert "Cost: €1,000 before, €2,000 after, that is €1,000 more." in lines
    assert any(line.split()[:2] == ["closed", "1"] for line in lines)
    assert dump(site) == before and (site / "guichet.db").read_bytes() == bytes_before


def test_french_says_the_same(site: Path, widened: Path):
    said = run("simulate", str(widened), "--against", "2", "--data", str(site), "--language", "fr").output
    assert "  1 dossier devient éligible" in said and "de plus." in said and "Par règle" in said


def test_json_has_every_figure_and_csv_every_dossier(site: Path, widened: Path):
    asked = ("simulate", str(widened), "--against", "2", "--by", "status", "--data", str(site), "--format")
    told = json.loads(run(*asked, "json").stdout)
    assert (told["dossiers"], told["counts"]["newly_eligible"], told["cost"]["difference"]) == (
        3,
        1,
        "1000.00",
    )
    assert told["by"]["values"]["self_employed"]["dossiers"] == 3
    rows = list(csv.DictReader(io.StringIO(run(*asked, "csv").stdout)))
    assert [row["kind"] for row in rows] == ["unaffected", "newly_eligible", "unaffected"]
    assert rows[1]["because_before"] == "closed" and rows[1]["amount_after"] == "1000.00"


def test_generated_dossiers_come_again_with_their_seed(site: Path, widened: Path):
    asked = ("simulate", str(widened), "--generated", "25", "--data", str(site), "--format", "json", "--seed")
    first, again, other = (json.loads(run(*asked, seed).stdout) for seed in ("3", "3", "4"))
    assert first == again and first["dossiers"] == 25
    assert {key: first[key] for key in ("counts", "by_rule")} != {
        key: other[key] for key in ("counts", "by_rule")
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "statu"), "did you mean “status”?"),
        (("--by", "iban"), "choose among"),
        (("--against", "7"), "There is no such version here."),
    ],
)
def test_what_can_t_be_done_is_said_in_a_sentence(
    site: Path, widened: Path, arguments: tuple[str, ...], said: str
):
    result = run("simulate", str(widened), "--data", str(site), "--language", "en", *arguments)
    assert result.exit_code == 1 and said in result.output


def test_scheme_that_can_t_be_read_and_a_folder_without_a_site_are_said(
    site: Path, widened: Path, tmp_path: Path
):
    broken = tmp_path / "broken.yaml"
    broken.write_text("scheme: x\nfrom: y\n", encoding="utf-8")
    assert "guichet check" in run("simulate", str(broken), "--data", str(site)).output
    assert "There is no site" in run("simulate", str(widened), "--data", str(tmp_path / "nowhere")).output
    assert not (tmp_path / "nowhere").exists()


def test_refused_dossiers_are_re_examined_after_a_look_at_the_figures(site: Path, widened: Path):
    assert run("publish", str(widened), "--data", str(site)).exit_code == 0
    asked = (
        "re-examine",
        SLUG,
        "--newly-eligible",
        *AS,
        "--against",
        "2",
        "--data",
        str(site),
        "--language",
        "en",
    )
    before = dump(site)
    looked = run(*asked, "--preview")
    assert "2 refused dossiers are judged again under version 3." in looked.output
    assert "1 is newly eligible, for €1,000: “Reconsider” is done on it." in looked.output
    assert dump(site) == before
    done = run(*asked, "--yes")
    assert done.exit_code == 0, done.output
    assert "1 dossier was taken up again." in done.output and "1 was left as it was." in done.output
    assert run("audit", "verify", "--data", str(site)).exit_code == 0


def test_re_examination_wants_somebody_who_may_and_a_yes(site: Path, widened: Path):
    run("publish", str(widened), "--data", str(site))
    asked = [
        "re-examine",
        SLUG,
        "--newly-eligible",
        *AS,
        "--against",
        "2",
        "--data",
        str(site),
        "--language",
        "en",
    ]
    no = CliRunner().invoke(main, asked, input="n\n")
    assert no.exit_code == 1
    asked[4] = "instructor@departement.example"
    assert "Your role doesn't let you do this." in run(*asked, "--yes").output
    asked[4] = "nobody@departement.example"
    assert "There is no such account here." in run(*asked, "--yes").output

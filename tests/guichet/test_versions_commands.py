"""Comparing, publishing and migrating from the command line: what is touched is said before it is done."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossiers import office
from dossiers.services.desk import Desk
from dossiers.settings import Settings
from guichet.__main__ import main
from tests.dossiers.services.conftest import Site, bundle, siret, staff_member
from tests.fixtures.databases import NOON

CEILING = ("require: income <= 50000", "require: income <= 9000")
LINES = "privacy: {drafts: 90 days}\nversion: 2\nmigration:\n  dossiers:\n    all: {where: true, take: new}\n"
MIGRATING = (CEILING, ("privacy: {drafts: 90 days}\n", LINES))


@pytest.fixture
def site(tmp_path):
    """A site of three filed dossiers, one of them rich, and a draft."""
    return filled(tmp_path)


def filled(tmp_path, *changes):
    folder = tmp_path / "site"
    run("init", str(folder))
    assert run("publish", written(tmp_path / "first", *changes), "--data", str(folder)).exit_code == 0
    opened = Site(Desk(office.build(Settings.load(folder), lambda: NOON)), None)
    opened.clock = type("Clock", (), {"now": NOON})
    opened.staff["instructor"] = staff_member(opened, "instructor")
    for number, income in enumerate(("5 000", "6 000", "40 000")):
        _, held = opened.filed(f"p{number}@fictif.example", siret=siret(number), income=income)
    opened.fire("instructor", held, "take")
    opened.begin()
    opened.desk.office.database.close()
    return folder


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def written(folder: Path, *changes):
    for name, text in bundle(*changes).files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(folder)


def test_diff_tells_what_a_text_would_change_and_whom(site, tmp_path):
    changed = ("phone: {type: phone, optional: true,", "phone: {type: phone,")
    newer = written(tmp_path / "newer", CEILING, changed)
    told = run("diff", newer, "--data", str(site), "--language", "en").output
    assert "The rule “poor_enough” now requires “income <= 9000” (it was “income <= 50000”)." in told
    assert "must now be answered. It concerns those that lack an answer: 1 draft and 3 dossiers" in told
    assert f"{newer}/scheme.yaml:" in told
    french = run("diff", newer, "--data", str(site), "--language", "fr").output
    assert "Il faut désormais répondre au champ" in french
    found = json.loads(run("diff", newer, "--data", str(site), "--format", "json").output)
    assert (found["shape"], found["before"], found["after"]) == (1, 1, None)
    assert {one["code"] for one in found["changes"]} == {"field_required", "rule_require"}
    [required] = [one for one in found["changes"] if one["code"] == "field_required"]
    assert required["touched"]["drafts"] == 1
    assert sum(one["count"] for one in required["touched"]["dossiers"]) == 3


def test_diff_of_two_texts_needs_no_site(tmp_path):
    first, second = written(tmp_path / "a"), written(tmp_path / "b", CEILING)
    assert "poor_enough" in run("diff", first, second).output
    assert "Nothing changes for anybody" in run("diff", first, first, "--language", "en").output


def test_diff_of_two_numbers_and_of_nothing_known(site, tmp_path):
    assert run("publish", written(tmp_path / "newer", CEILING), "--data", str(site)).exit_code == 0
    told = run("diff", "small-grant", "--from", "1", "--to", "2", "--data", str(site)).output
    assert "poor_enough" in told
    assert run("diff", "small-grant", "--data", str(site)).output == told
    missing = run("diff", "nothing-known", "--data", str(site))
    assert (missing.exit_code, "nothing-known" in missing.output) == (1, True)
    assert run("diff", "small-grant", "--from", "7", "--data", str(site)).exit_code == 1


def test_publishing_says_what_it_touches_and_asks_only_when_dossiers_would_be_stranded(site, tmp_path):
    done = run("publish", written(tmp_path / "newer", CEILING), "--data", str(site), "--language", "en")
    assert done.exit_code == 0
    assert "The rule “poor_enough” now requires" in done.output
    assert done.output.splitlines()[-1].startswith("small-grant: version 2 is published")
    removed = [
        ("states: [in_review, on_hold]", "states: [examined, on_hold]"),
        ("    in_review: {", "    examined: {"),
        ("to: in_review, by: instructor", "to: examined, by: instructor"),
        ("      from: in_review\n", "      from: examined\n"),
        ("      from: in_review\n", "      from: examined\n"),
        ("from: on_hold, to: in_review", "from: on_hold, to: examined"),
        ("from: [submitted, in_review], to: refused", "from: [submitted, examined], to: refused"),
        ("from: [submitted, in_review, on_hold]", "from: [submitted, examined, on_hold]"),
        ("in: [submitted, in_review]", "in: [submitted, examined]"),
    ]
    stranding = written(tmp_path / "third", *removed[:4], *removed[5:])
    refused = run("publish", stranding, "--data", str(site), "--language", "en")
    assert refused.exit_code == 1
    assert "in_review (1)" in refused.output
    assert "--yes" in refused.output
    assert run("publish", stranding, "--data", str(site), "--yes").exit_code == 0


def test_migrate_previews_then_does_what_it_said(site, tmp_path):
    assert run("publish", written(tmp_path / "newer", *MIGRATING), "--data", str(site)).exit_code == 0
    told = run("migrate", "small-grant", "--preview", "--data", str(site), "--language", "en").output
    assert told.splitlines() == [
        "all: 3 dossiers (Under review 1, Filed 2), take version 2",
        "2 unaffected, 0 newly eligible and 1 newly ineligible",
        "The computed amount rises for 0, falls for 1 and stays for 2: €3,000 before, €2,000 after.",
        "1 draft follows already.",
    ]
    assert run("migrate", "small-grant", "--preview", "--data", str(site), "--language", "en").output == told
    done = run("migrate", "small-grant", "--by", "Sylvie (fictive)", "--data", str(site), "--language", "en")
    assert done.exit_code == 0
    assert "Done: 3 done." in done.output
    again = run("migrate", "small-grant", "--data", str(site), "--language", "en").output
    assert again.splitlines()[0] == "all: 0 dossiers, take version 2"
    assert run("audit", "verify", "--data", str(site)).exit_code == 0


def test_migrate_without_a_word_on_it_says_what_to_write(site):
    refused = run("migrate", "small-grant", "--preview", "--data", str(site), "--language", "en")
    assert refused.exit_code == 1
    assert "says nothing of older dossiers" in refused.output


def test_envelope_lower_than_what_dossiers_hold_is_warned_of_by_diff_and_by_publishing(tmp_path):
    site = filled(
        tmp_path,
        (
            "award: {currency: EUR, ",
            'award: {budget: {envelope: 9000, reserve_on: submitted, when_exhausted: {close: {fr: "Plus rien.", en: "Nothing left."}}}, currency: EUR, ',
        ),
    )
    lower = (
        "award: {currency: EUR, ",
        'award: {budget: {envelope: 100, reserve_on: submitted, when_exhausted: {close: {fr: "Plus rien.", en: "Nothing left."}}}, currency: EUR, ',
    )
    text = written(tmp_path / "lower", lower)
    told = run("diff", text, "--data", str(site), "--language", "en")
    assert "Warning: €100 is voted into the envelope" in told.output
    assert (
        len(json.loads(run("diff", text, "--format", "json", "--data", str(site)).stdout)["overdrawn"]) == 1
    )
    done = run("publish", text, "--data", str(site), "--language", "en")
    assert (done.exit_code, "Warning: €100 is voted into the envelope" in done.output) == (0, True)

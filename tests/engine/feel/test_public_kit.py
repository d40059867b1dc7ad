"""The public kit of DMN: what it proves of the engine, and what the engine does not do of it, by name and with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bench.feel_kit import Key, Outcome, report, run, share
from tests.fixtures.requirements import lacking

LISTED = Path(__file__).with_name("not-supported.yaml")
ALL, NOT_NULL = 98, 97  # per cent to reach


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Every result of the kit's file named by GUICHET_FEEL_KIT."""
    path = os.environ.get("GUICHET_FEEL_KIT")
    if not path or not Path(path).is_file():
        lacking("feel-kit", "set GUICHET_FEEL_KIT to a file of the public kit (see CONTRIBUTING.md)")
    return run(Path(path))


@pytest.fixture(scope="module")
def listed() -> dict[Key, str]:
    """The results the engine does not reach, each with the reason."""
    groups = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    return {tuple(key): group["why"] for group in groups for key in group["results"]}


def test_every_result_is_right_or_listed(
    outcomes: list[Outcome], listed: dict[Key, str], record_property: Callable[[str, object], None]
) -> None:
    for line in report(outcomes):
        record_property("summary", line)
    wrong = [one for one in outcomes if not one.passed and one.key not in listed]
    told = [f"{' '.join(one.key)}: {one.expression} gives {one.given!r}, not {one.wanted!r}" for one in wrong]
    assert not wrong, "\n".join(told)


def test_the_list_names_nothing_that_passes(outcomes: list[Outcome], listed: dict[Key, str]) -> None:
    assert [one.key for one in outcomes if one.passed and one.key in listed] == []


def test_the_kit_is_reached(outcomes: list[Outcome]) -> None:
    passed, of = share(outcomes)
    told, of_told = share(one for one in outcomes if one.wanted is not None)
    assert of > 1000
    assert 100 * passed >= ALL * of
    assert 100 * told >= NOT_NULL * of_told


def test_every_listed_result_has_its_reason(listed: dict[Key, str]) -> None:
    assert listed
    assert all(len(key) == 3 and len(why) > 20 for key, why in listed.items())

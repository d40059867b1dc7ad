"""A good scheme broken in more than thirty ways: each fault is told once, at its place, with the word that was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from authoring.check import check_path

FILES = sorted((Path(__file__).parent / "thirty").glob("*.yaml"))
TOLD = "# What the check says of this file:\n"
LINE = re.compile(r"# (\d+):(\d+) (error|warning) (\w+)(?: \((.+)\))?")


def expected(file: Path) -> list[tuple[int, int, str, str, str | None]]:
    """The last lines of a file say what its check must find."""
    _, _, told = file.read_text(encoding="utf-8").partition(TOLD)
    found = [LINE.fullmatch(line) for line in told.splitlines()]
    return [(int(one[1]), int(one[2]), one[3], one[4], one[5]) for one in found if one]


def test_there_are_thirty_ways():
    assert len(FILES) >= 30


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_mistake_is_told_at_its_place_with_a_suggestion(file):
    wanted = expected(file)
    assert wanted
    found = [
        (one.place.line, one.place.column, one.severity, one.code, one.suggestion)
        for one in check_path(file)
        if one.place
    ]
    assert found == wanted


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_mistake_gets_one_line(file):
    assert len(expected(file)) == 1

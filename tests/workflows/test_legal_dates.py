"""The table of legal dates in the documentation holds, line by line."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.language.model import Span
from workflows.legal_clock import LegalClock

PAGE = Path(__file__).parents[2] / "docs" / "legal-clock.md"
DAY = r"\d{4}-\d\d-\d\d"
LINES = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if re.match(rf"\| {DAY} ", line)
]


def _span(text: str) -> Span:
    count, unit = text.split(" ", 1)
    return Span(int(count), unit if unit.endswith("s") else f"{unit}s")


def _stops(text: str) -> tuple[tuple[date, date | None], ...]:
    pairs = [re.findall(DAY, part) for part in text.split(",") if part]
    return tuple(
        (date.fromisoformat(pair[0]), date.fromisoformat(pair[1]) if len(pair) > 1 else None)
        for pair in pairs
    )


@pytest.mark.parametrize("line", LINES, ids=[" ".join(line[:4]) for line in LINES])
def test_the_date_of_the_table_is_the_one_counted(line):
    received, span, outcome, stood_still, last, speaks, why = line
    clock = LegalClock(date.fromisoformat(received), _stops(stood_still), outcome == "acceptance")
    end = clock.ends_on(_span(span), "FR")
    assert ("never" if end is None else end.isoformat()) == last
    assert ("never" if end is None else (end + timedelta(days=1)).isoformat()) == speaks
    assert set(re.findall(r"[A-Z]", why)) <= set("ABCDEF")


def test_the_table_has_both_meanings_of_silence_and_every_reason():
    assert len(LINES) >= 40
    assert {line[2] for line in LINES} == {"rejection", "acceptance"}
    assert set("".join(line[6] for line in LINES)) >= set("ABCDEF")

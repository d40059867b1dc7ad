"""Spans of time as a scheme writes them: `2 months`, `15 working days`."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = ("days", "working days", "weeks", "months", "years", "hours")
_SPAN = re.compile(r"([0-9]{1,4}) (working day|day|week|month|year|hour)s?")


@dataclass(frozen=True, slots=True)
class Span:
    """A number of days, working days, weeks, months, years or hours."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count > 1 else self.unit.removesuffix('s')}"


def read_span(text: str) -> Span | None:
    """The span a text writes, or None when it writes none."""
    found = _SPAN.fullmatch(" ".join(text.split()))
    return Span(int(found[1]), found[2] + "s") if found else None

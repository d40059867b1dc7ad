"""What came of the visits: how many ended how, the problems met, the time each page took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from threading import Lock

from guichet.rehearsal.applicant import End, Visit


@dataclass(frozen=True, slots=True)
class PageTime:
    """How long one page took: answers counted, their median and the slowest, in seconds."""

    page: str
    answers: int
    median: float
    slowest: float


@dataclass
class Tally:
    """Counts as visits end, from any thread."""

    begun: int = 0
    ends: Counter[End] = field(default_factory=Counter)
    corrected: int = 0
    came_back: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    timings: dict[str, list[float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def add(self, visit: Visit) -> None:
        """Count one visit."""
        with self._lock:
            self.begun += 1
            self.ends[visit.end] += 1
            self.corrected += visit.corrected
            self.came_back += visit.came_back
            if visit.said:
                self.problems[visit.said] += 1
            for page, seconds in visit.timings:
                self.timings.setdefault(page, []).append(seconds)

    def pages(self) -> Iterator[PageTime]:
        """The pages, those that took most time in all first."""
        for page, seconds in sorted(self.timings.items(), key=lambda one: -sum(one[1])):
            yield PageTime(page, len(seconds), median(seconds), max(seconds))

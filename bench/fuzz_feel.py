"""Throws texts at the reader, the checker and the evaluators: `python -m bench.fuzz_feel --inputs 1000000`.

Nothing but the declared error may come out, within fifty milliseconds of processor time, and what is read must be written
back as a text with the same tree. The exit status is 1 when something else happens.
"""

from __future__ import annotations

import argparse
import heapq
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from random import Random
from time import monotonic, process_time
from typing import Any

from bench.feel_hostile import TOO_LONG_TO_EVALUATE, TOO_LONG_TO_READ
from bench.feel_kit import NOW
from bench.feel_soup import Soup, kit_texts
from bench.random_feel import NAMES, values
from bench.same_values import same
from engine import feel
from engine.feel import types

SLOWEST = 0.050  # seconds of processor time
TYPES: Mapping[str, types.Type] = {
    name: types.SIMPLE_NAMES.get(kind, types.ANY) for name, kind in NAMES.items()
}
Meter = Callable[[], float]  # what has been spent so far
_AGAIN = 4  # times a slow input is measured again: the machine may have been slow, not the engine


@dataclass(slots=True)
class Findings:
    """What a fuzzing run met."""

    seen: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    evaluated: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)

    @property
    def too_slow(self) -> list[tuple[float, str]]:
        return [one for one in self.slow if one[0] > SLOWEST]


def fuzz(
    seed: int,
    inputs: int,
    *,
    known: list[str] | None = None,
    seconds: float | None = None,
    meter: Meter = process_time,
) -> Findings:
    """Try so many texts, or as many as there is time for; `meter` tells what has been spent so far."""
    found, random = Findings(), Random(seed)
    until = monotonic() + seconds if seconds else None
    for number, (sort, text) in enumerate(Soup(seed, known or []).texts()):
        if number >= inputs or (until and number % 100 == 0 and monotonic() > until):
            break
        found.seen[sort] += 1
        try_text(text, values(random), found, meter)
    return found


def try_text(text: str, given: Mapping[str, Any], found: Findings, meter: Meter = process_time) -> None:
    """One text through everything; what goes wrong is kept in `found`."""
    times = _stages(text, given, found, meter)
    if meter is process_time and max(times.values()) > SLOWEST / 2:  # a count is the same each time
        for _ in range(_AGAIN):
            again = _stages(text, given, Findings(), meter)
            times = {stage: min(took, again.get(stage, took)) for stage, took in times.items()}
    stage = max(times, key=lambda stage: times[stage])
    heapq.heappush(found.slow, (times[stage], f"{stage}: {text}"))
    if len(found.slow) > 10:
        heapq.heappop(found.slow)


def _stages(text: str, given: Mapping[str, Any], found: Findings, meter: Meter) -> dict[str, float]:
    """What each thing one may do with a text spends; whatever comes out but the declared error is a fault."""
    trial = Trial(text, given, found)
    times: dict[str, float] = {}
    for stage in (trial.check, trial.read, trial.write, trial.evaluate, trial.columns, trial.explain):
        start = meter()
        try:
            going_on = stage()
        except Exception as error:  # the point of fuzzing
            found.faults.append((f"{stage.__name__}: {type(error).__name__}: {error}"[:200], text))
            going_on = False
        times[stage.__name__] = meter() - start
        if not going_on:
            break
    return times


@dataclass(slots=True)
class Trial:
    """One text and values; each stage says whether the next one makes sense."""

    text: str
    given: Mapping[str, Any]
    found: Findings
    tree: feel.Tree = field(init=False)
    value: Any = None

    def check(self) -> bool:
        feel.check(self.text, TYPES)
        return True

    def read(self) -> bool:
        try:
            self.tree = feel.parse(self.text, names=NAMES)
        except feel.FeelError as error:
            self.found.refused[error.code] += 1
            return False
        return True

    def write(self) -> bool:
        """Written as standard FEEL and read again, it is the same tree; a sugar may have become too long."""
        try:
            again = feel.parse(feel.unparse(self.tree), names=NAMES)
        except feel.FeelError as error:
            if error.code not in {"too_long", "too_deep"}:
                raise
            return True
        if feel.to_json(again) != feel.to_json(self.tree):
            self.found.faults.append(("written back as another tree", self.text))
        return True

    def evaluate(self) -> bool:
        noted: list[feel.FeelProblem] = []
        self.value = feel.compile(self.tree).run(self.given, now=NOW, zone=UTC, noted=noted)
        self.found.evaluated += 1
        self.found.refused.update(problem.code for problem in noted)
        return not noted  # explaining would pass the bound too

    def columns(self) -> bool:
        """Making a function takes some milliseconds: each tenth text is enough."""
        if self.found.evaluated % 10:
            return True
        columns = {name: [self.given.get(name)] for name in [*NAMES, ""]}
        rows = feel.compile_rows(self.tree).run(columns, now=NOW, zone=UTC)
        self._same("columns give", rows.values[0])
        return True

    def explain(self) -> bool:
        self._same("explained as", feel.explain(self.tree, self.given, now=NOW, zone=UTC).result)
        return False

    def _same(self, what: str, other: Any) -> None:
        if not same(self.value, other):
            self.found.faults.append((f"{what} {other!r}, not {self.value!r}"[:200], self.text))


def report(found: Findings) -> None:
    """Print what was met."""
    print(f"{sum(found.seen.values())} texts: {dict(found.seen)}")
    print(f"{found.evaluated} evaluated; refused or stopped: {dict(found.refused.most_common())}")
    print("the slowest, in milliseconds of processor time:")
    for took, text in sorted(found.slow, reverse=True):
        print(f"  {took * 1000:6.1f}  {len(text):>5} characters  {text[:90]!r}")
    for what, text in found.faults[:40]:
        print(f"FAULT {what}\n    {text[:300]!r}")
    print(f"{len(found.faults)} faults, {len(found.too_slow)} texts over {SLOWEST * 1000:.0f} ms")


def main() -> int:
    """Fuzz, report, and say by the exit status whether anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, help="stop after so many seconds")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    kit = os.environ.get("GUICHET_FEEL_KIT")
    if not kit:
        print("WITHOUT the expressions of the public kit: set GUICHET_FEEL_KIT to its file")
    found = fuzz(given.seed, given.inputs, known=kit_texts(Path(kit)) if kit else None, seconds=given.seconds)
    for text, _ in (*TOO_LONG_TO_READ, *TOO_LONG_TO_EVALUATE):
        try_text(text, {"a": 1}, found)
    report(found)
    return 1 if found.faults or found.too_slow else 0


if __name__ == "__main__":
    sys.exit(main())

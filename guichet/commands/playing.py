"""Playing the tests of the schemes at a path: what each came to, how long it took, what they go through together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from authoring.check import check_one, schemes_at
from authoring.walkthrough import Case, Outcome, run
from authoring.walkthrough.coverage import Coverage, Watching
from engine.language import examine
from engine.problems import Problem


@dataclass(frozen=True, slots=True)
class Played:
    """One scenario, or one table with its cases, with the seconds it took."""

    outcome: Outcome
    seconds: float

    @property
    def parts(self) -> tuple[Outcome | Case, ...]:
        """What counts as one test each: the scenario, or the cases of a table."""
        return self.outcome.cases or (self.outcome,)


@dataclass(frozen=True, slots=True)
class Suite:
    """The tests of one scheme; `problems` are the errors of one that can't be tested before `guichet check` passes."""

    name: str
    path: Path
    played: tuple[Played, ...] = ()
    coverage: Coverage | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> int:
        """How many scenarios and cases are as expected."""
        return sum(part.passed for one in self.played for part in one.parts)

    @property
    def failed(self) -> int:
        """How many are not."""
        return sum(not part.passed for one in self.played for part in one.parts)


def play(path: Path, only: str | None, *, coverage: bool) -> Iterator[Suite]:
    """Play the tests of a scheme, or of each scheme of a folder; raises OSError."""
    found = list(schemes_at(path))
    if not found:
        yield Suite(path.name, path, problems=check_one(path))
    for one in found:
        yield _suite(one, only, coverage=coverage)


def _suite(path: Path, only: str | None, *, coverage: bool) -> Suite:
    examined = examine(path)
    scheme = examined.scheme
    if scheme is None:
        errors = tuple(one for one in examined.problems if one.severity == "error")
        return Suite(path.stem, path, problems=errors)
    watching = Watching(scheme) if coverage else None
    played: list[Played] = []
    for name in [only] if only is not None else list(scheme.tests):
        began = perf_counter()
        outcomes = run(scheme, name, watch=watching)
        seconds = perf_counter() - began
        played += [Played(outcome, seconds) for outcome in outcomes]
    measured = watching.coverage(examined.source) if watching else None
    return Suite(scheme.id, path, tuple(played), measured)

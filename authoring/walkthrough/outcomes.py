"""How the tests of a scheme went: a sentence, with its place, for each thing that isn't as expected."""

from __future__ import annotations

from dataclasses import dataclass

from authoring.walkthrough.wording import Told, told
from engine.problems import Place


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that isn't as expected, and where the file expects it."""

    told: Told
    place: Place | None = None

    def sentence(self, language: str = "en") -> str:
        """What was expected, what came, and why."""
        return self.told.sentence(language)


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a table of cases: its number (the first is 1), what it gives, how it went."""

    number: int
    given: str
    place: Place | None
    failures: tuple[Failure, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether all is as expected."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one scenario or table of cases went; `cases` are the lines of a table."""

    name: str
    failures: tuple[Failure, ...] = ()
    cases: tuple[Case, ...] = ()
    place: Place | None = None

    @property
    def passed(self) -> bool:
        """Whether all is as expected."""
        return not self.failures

    @property
    def sentences(self) -> tuple[str, ...]:
        """What isn't as expected, in English."""
        return tuple(failure.sentence("en") for failure in self.failures)

    @staticmethod
    def of_cases(name: str, cases: tuple[Case, ...], place: Place | None) -> Outcome:
        """A table: each failure says which case it is about."""
        failures = tuple(
            Failure(told("case", number=case.number, given=case.given, told=failure.told), failure.place)
            for case in cases
            for failure in case.failures
        )
        return Outcome(name, failures, cases, place)

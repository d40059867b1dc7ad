"""Walkthroughs: the scenarios and case tables of a scheme, played through the engine and its workflow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from authoring.walkthrough import reasons
from authoring.walkthrough.ending import ending
from authoring.walkthrough.expected import differences
from authoring.walkthrough.given import laid, stored_answers, wrong_answers
from authoring.walkthrough.outcomes import Case, Failure, Outcome
from authoring.walkthrough.walk import Walk, walk
from authoring.walkthrough.wording import nearest, said, told
from engine.asked import Known, Reading, read_answers
from engine.eligibility import Verdict, judge
from engine.language import Scheme
from engine.language.loader.given_facts import nothing_said
from engine.language.model import CaseTable, Scenario
from engine.language.scenario_model import Facts
from engine.organisation import Organisation
from engine.problems import Path, Place
from engine.validation import validate_all

__all__ = ["TRIAL", "Case", "Failure", "Outcome", "Trial", "run"]

TRIAL = Organisation(name="Walkthrough", zone=ZoneInfo("Europe/Paris"))
NO_CALENDAR = date(2026, 1, 15)  # the day of a scenario that states none, in a scheme that never opens


@dataclass(frozen=True, slots=True)
class Trial:
    """What one scenario, or one case, came to: for whoever watches the tests, such as their coverage."""

    reading: Reading
    verdict: Verdict
    walk: Walk | None = None


Watch = Callable[[Trial], None]


def run(
    scheme: Scheme,
    name: str | None = None,
    *,
    organisation: Organisation = TRIAL,
    watch: Watch | None = None,
) -> tuple[Outcome, ...]:
    """Play all the tests of a scheme, or the one of this name; no test of that name is a failed outcome.

    `watch` is told of each scenario and each case played.
    """
    if name is not None and name not in scheme.tests:
        missing = told("no_test", name=name, near=nearest(name, scheme.tests))
        return (Outcome(name, (Failure(missing),)),)
    tests = scheme.tests if name is None else {name: scheme.tests[name]}
    play = _Play(scheme, organisation, watch or (lambda trial: None))
    return tuple(
        play.table(test) if isinstance(test, CaseTable) else play.scenario(test) for test in tests.values()
    )


@dataclass(frozen=True, slots=True)
class _Play:
    """The playing of one scheme's tests."""

    scheme: Scheme
    organisation: Organisation
    watch: Watch

    def scenario(self, test: Scenario) -> Outcome:
        failures = tuple(self._scenario(test))
        return Outcome(test.id, failures, place=test.places.get(()))

    def _scenario(self, test: Scenario) -> Iterator[Failure]:
        reading, problems = self._read(test.answers, test, test.facts)
        yield from problems
        verdict = judge(reading)
        yield from self._expected(test.expect, reading, verdict, test)
        walked = walk(reading, verdict, test.then)
        self.watch(Trial(reading, verdict, walked))
        if walked.failed is not None:
            number, failure = walked.failed
            yield Failure(failure, _place(test, ("then", number)))
        else:
            yield from (Failure(one, _place(test, path)) for path, one in ending(test, walked))

    def table(self, test: CaseTable) -> Outcome:
        """Each case is the answers of the table with the given ones on top."""
        cases = tuple(self._case(test, number, case) for number, case in enumerate(test.cases, start=1))
        return Outcome.of_cases(test.id, cases, test.places.get(()))

    def _case(self, test: CaseTable, number: int, case: tuple[object, ...]) -> Case:
        given = dict(zip(test.given, case, strict=False))
        wanted = dict(zip(test.expect, case[len(test.given) :], strict=False))
        answers, facts = dict(test.answers or {}), dict(test.facts)
        for name, value in given.items():
            first, *rest = name.split(".")
            if first in self.scheme.facts:
                nothing = nothing_said(self.scheme.facts[first])
                facts[first] = {**nothing, **facts.get(first, {}), "".join(rest): value}
            else:
                answers = laid(answers, [first, *rest], value)
        place = _place(test, ("cases", number - 1))
        reading, problems = self._read(answers, test, facts)
        verdict = judge(reading)
        self.watch(Trial(reading, verdict))
        failures = (*problems, *self._expected(wanted, reading, verdict, test))
        shown = ", ".join(f"{name} {said(value)}" for name, value in given.items())
        return Case(number, shown, place, tuple(Failure(failure.told, place) for failure in failures))

    def _read(
        self, given: Mapping[str, object], test: Scenario | CaseTable, facts: Facts
    ) -> tuple[Reading, tuple[Failure, ...]]:
        """The answers read at noon, local time, of the day of the test, and what is wrong with what was given."""
        answers, unknown = stored_answers(self.scheme.fields, given)
        day = test.today or self.scheme.calendar.opens or NO_CALENDAR
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=self.organisation.zone)
        reading = read_answers(
            self.scheme,
            answers,
            now=noon.astimezone(UTC),
            organisation=self.organisation,
            deposited_on=day,
            facts={name: Known(parts) for name, parts in facts.items()},
        )
        wrong = (
            Failure(reasons.answer(self.scheme.fields, problem), _place(test, ("answers", *problem.path[:1])))
            for problem in wrong_answers(validate_all(reading))
        )
        return reading, (*(Failure(one, test.places.get(())) for one in unknown), *wrong)

    def _expected(
        self,
        wanted: Mapping[str, object],
        reading: Reading,
        verdict: Verdict,
        test: Scenario | CaseTable,
    ) -> Iterator[Failure]:
        for what, value in wanted.items():
            for difference in differences(what, value, reading, verdict):
                yield Failure(difference, _place(test, ("expect", what)))


def _place(test: Scenario | CaseTable, path: Path) -> Place | None:
    """Where a part of a test stands, or else the test."""
    return test.places.get(path) or test.places.get(path[:1]) or test.places.get(())

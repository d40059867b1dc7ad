"""Walkthroughs: the scenarios and case tables of a scheme, played through the engine and its workflow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from authoring.walkthrough.given import stored_answers, wrong_answers
from authoring.walkthrough.play import play
from authoring.walkthrough.sentences import answer_sentence, said, why
from engine.asked import Reading, read_answers
from engine.award import compute
from engine.eligibility import Verdict, judge
from engine.language import Scheme
from engine.language.model import CaseTable, Scenario
from engine.organisation import Organisation
from engine.problems import near
from engine.validation import validate_all

TRIAL = Organisation(name="Walkthrough", zone=ZoneInfo("Europe/Paris"))
NO_CALENDAR = date(2026, 1, 15)  # the day of a scenario that states none, in a scheme that never opens


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one scenario or case table went; a sentence for each thing that isn't as expected."""

    name: str
    passed: bool
    sentences: tuple[str, ...]


def run(
    scheme: Scheme, name: str | None = None, *, organisation: Organisation = TRIAL
) -> tuple[Outcome, ...]:
    """Play all the tests of a scheme, or the one of this name; no test of that name is a failed outcome."""
    if name is not None and name not in scheme.tests:
        suggestion = near(name, scheme.tests)
        sentence = f"no test is named {name}" + (f"; did you mean {suggestion}?" if suggestion else "")
        return (Outcome(name, False, (sentence,)),)
    tests = scheme.tests if name is None else {name: scheme.tests[name]}
    outcomes = []
    for id, test in tests.items():
        found = (
            _table(scheme, test, organisation)
            if isinstance(test, CaseTable)
            else _scenario(scheme, test, organisation)
        )
        sentences = tuple(found)
        outcomes.append(Outcome(id, not sentences, sentences))
    return tuple(outcomes)


def _scenario(scheme: Scheme, scenario: Scenario, organisation: Organisation) -> Iterator[str]:
    answers, sentences = stored_answers(scheme, scenario.answers)
    yield from sentences
    reading = _reading(scheme, answers, scenario.today, organisation)
    yield from _wrong(reading)
    verdict = judge(reading)
    for what, wanted in scenario.expect.items():
        yield from _differs(what, wanted, reading, verdict)
    if scenario.then or scenario.end is not None or scenario.mails is not None:
        yield from _played(reading, verdict, scenario)


def _played(reading: Reading, verdict: Verdict, scenario: Scenario) -> Iterator[str]:
    played = play(reading, verdict, scenario.then)
    yield from played.sentences
    if scenario.end is not None and scenario.end != played.state:
        yield f"expected the end {scenario.end}, got {played.state}"
    if scenario.mails is not None and tuple(scenario.mails) != played.mails:
        yield f"expected the mails {said(scenario.mails)}, got {said(played.mails)}"


def _table(scheme: Scheme, table: CaseTable, organisation: Organisation) -> Iterator[str]:
    """Each case is the answers of the table with the given ones on top."""
    for number, case in enumerate(table.cases, start=1):
        given = dict(zip(table.given, case, strict=False))
        wanted = dict(zip(table.expect, case[len(table.given) :], strict=False))
        for sentence in _case(scheme, table, given, wanted, organisation):
            shown = ", ".join(f"{name} {said(value)}" for name, value in given.items())
            yield f"case {number} ({shown}): {sentence}"


def _case(
    scheme: Scheme,
    table: CaseTable,
    given: Mapping[str, object],
    wanted: Mapping[str, object],
    organisation: Organisation,
) -> Iterator[str]:
    laid = dict(table.answers or {})
    for name, value in given.items():
        laid = _lay(laid, name.split("."), value)
    answers, sentences = stored_answers(scheme, laid)
    yield from sentences
    reading = _reading(scheme, answers, table.today, organisation)
    yield from _wrong(reading)
    verdict = judge(reading)
    for what, value in wanted.items():
        yield from _differs(what, value, reading, verdict)


def _lay(answers: Mapping[str, object], path: list[str], value: object) -> dict[str, object]:
    """The answers with one more, or with one more part (`address.postcode`)."""
    if len(path) == 1:
        return {**answers, path[0]: value}
    inner = answers.get(path[0])
    return {**answers, path[0]: _lay(inner if isinstance(inner, Mapping) else {}, path[1:], value)}


def _reading(
    scheme: Scheme, answers: Mapping[str, object], today: date | None, organisation: Organisation
) -> Reading:
    """The answers read at noon, local time, of the day of the test: as if deposited then."""
    day = today or scheme.calendar.opens or NO_CALENDAR
    now = (datetime(day.year, day.month, day.day, 12, tzinfo=organisation.zone)).astimezone(UTC)
    return read_answers(scheme, answers, now=now, organisation=organisation, deposited_on=day)


def _wrong(reading: Reading) -> Iterator[str]:
    for problem in wrong_answers(validate_all(reading)):
        yield answer_sentence(problem)


def _differs(what: str, wanted: object, reading: Reading, verdict: Verdict) -> Iterator[str]:
    known, found = _found(what, reading, verdict)
    if not known:
        yield f"nothing is named {what}: expect eligible, amount, because, warnings, rules.NAME, or a field or total"
    elif not _same(wanted, found):
        reasons = (
            why(verdict) if what in {"eligible", "amount", "because"} or what.startswith("rules.") else ""
        )
        yield f"expected {what} {said(wanted)}, got {said(found)}{reasons}"


def _found(what: str, reading: Reading, verdict: Verdict) -> tuple[bool, object]:
    """Whether a scenario may expect this, and what it is."""
    if what.startswith("rules."):
        rule = what.removeprefix("rules.")
        return rule in verdict.outcomes, verdict.outcomes.get(rule)
    if what == "amount":
        return True, compute(reading, verdict).amount
    results: dict[str, object] = {
        "eligible": verdict.eligible,
        "because": list(verdict.because),
        "warnings": list(verdict.warnings),
    }
    if what in results:
        return True, results[what]
    return what in reading.values and not callable(reading.values[what]), reading.values.get(what)


def _same(wanted: object, found: object) -> bool:
    """YAML's 1000 is the amount 1000.00; lists of ids in any order."""
    if isinstance(wanted, list | tuple) and isinstance(found, list):
        return len(wanted) == len(found) and all(any(_same(one, other) for other in found) for one in wanted)
    if isinstance(found, bool) or found is None:
        return wanted is found
    if isinstance(found, Decimal):
        try:
            return not isinstance(wanted, bool) and wanted is not None and Decimal(str(wanted)) == found
        except InvalidOperation:
            return False
    return str(wanted) == (found.isoformat() if isinstance(found, date) else str(found))

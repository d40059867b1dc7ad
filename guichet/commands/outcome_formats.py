"""How the outcomes of a scheme's tests are printed: for a person, for programs, for the annotations of a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import click

from authoring.walkthrough import Case, Failure, Outcome
from authoring.walkthrough.coverage import Coverage, Item
from authoring.walkthrough.wording import table
from engine.problems import Place
from guichet.commands.playing import Suite
from guichet.commands.problem_formats import annotation, as_object

SHAPE = 1  # of the JSON: raised when a key changes its meaning or goes; new keys may come
INDENT = " " * 7


def as_text(suites: Sequence[Suite], language: str) -> None:
    """A line a test, under it what isn't as expected with file and line; then the count, and the coverage."""
    for suite in suites:
        for problem in suite.problems:
            click.echo(f"{problem.place}: {problem.sentence(language)}", err=True)
        for played in suite.played:
            outcome = played.outcome
            click.echo(f"{'ok    ' if outcome.passed else 'FAILED'} {suite.name}: {outcome.name}")
            for failure in outcome.failures:
                click.echo(f"{INDENT}{_where(failure.place)}{failure.sentence(language)}")
    words = table(language)
    passed, failed = counted(suites)
    click.echo(words["counted"].format(passed=passed, failed=failed))
    for suite in suites:
        if suite.coverage is not None:
            _coverage(suite.name, suite.coverage, language)


def _where(place: Place | None) -> str:
    return f"{place.file}:{place.line}: " if place else ""


def _coverage(name: str, coverage: Coverage, language: str) -> None:
    words = table(language)
    click.echo(f"{name}: {words['covered'].format(percent=coverage.percent)}")
    for sort, (covered, total) in coverage.counts().items():
        what = words[f"sort_{sort}"]
        click.echo(f"{INDENT}{words['count'].format(name=what, covered=covered, total=total)}")
    for item in coverage.missing:
        click.echo(f"{_where(item.place)}{item.sentence(language)}")


def counted(suites: Iterable[Suite]) -> tuple[int, int]:
    """How many passed and failed; a scheme that can't be tested is one failure."""
    found = list(suites)
    return sum(one.passed for one in found), sum(one.failed + bool(one.problems) for one in found)


def as_json(suites: Sequence[Suite], language: str) -> None:
    """One object for programs; its shape is documented and kept."""
    passed, failed = counted(suites)
    schemes = [_suite(suite, language) for suite in suites]
    found = {"shape": SHAPE, "passed": passed, "failed": failed, "schemes": schemes}
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _suite(suite: Suite, language: str) -> Mapping[str, object]:
    return {
        "scheme": suite.name,
        "problems": [as_object(problem, language) for problem in suite.problems],
        "tests": [_outcome(played.outcome, language) for played in suite.played],
        "coverage": _measured(suite.coverage, language) if suite.coverage else None,
    }


def _outcome(outcome: Outcome, language: str) -> Mapping[str, object]:
    return {
        "name": outcome.name,
        "passed": outcome.passed,
        **_place(outcome.place),
        "failures": [] if outcome.cases else [_failure(one, language) for one in outcome.failures],
        "cases": [_case(case, language) for case in outcome.cases],
    }


def _case(case: Case, language: str) -> Mapping[str, object]:
    return {
        "number": case.number,
        "given": case.given,
        "passed": case.passed,
        **_place(case.place),
        "failures": [_failure(one, language) for one in case.failures],
    }


def _failure(failure: Failure, language: str) -> Mapping[str, object]:
    return {"sentence": failure.sentence(language), **_place(failure.place)}


def _measured(coverage: Coverage, language: str) -> Mapping[str, object]:
    return {
        "percent": coverage.percent,
        "counts": {sort: {"covered": one, "total": all} for sort, (one, all) in coverage.counts().items()},
        "missing": [_item(item, language) for item in coverage.missing],
    }


def _item(item: Item, language: str) -> Mapping[str, object]:
    return {
        "sort": item.sort,
        "name": item.name,
        "sentence": item.sentence(language),
        **_place(item.place),
    }


def _place(place: Place | None) -> Mapping[str, object]:
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def as_github(suites: Sequence[Suite], language: str) -> None:
    """Workflow commands that annotate a pull request."""
    for suite in suites:
        for problem in suite.problems:
            click.echo(annotation("error", problem.place, problem.code, problem.sentence(language)))
        for played in suite.played:
            for failure in played.outcome.failures:
                told = failure.sentence(language)
                click.echo(annotation("error", failure.place, played.outcome.name, told))
        for item in suite.coverage.missing if suite.coverage else ():
            click.echo(annotation("notice", item.place, item.name, item.sentence(language)))


PRINTERS = {"text": as_text, "json": as_json, "github": as_github}

"""`guichet check`: every problem of a scheme in one run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from authoring.check import check_path
from engine.problems import Problem
from guichet.commands.language import language_option

SYMBOLS = {"error": "error", "warning": "warning"}


@click.command(name="check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "github"]), default="text", help="How to print."
)
@language_option
def command(paths: tuple[Path, ...], shape: str, language: str) -> None:
    """Print every problem of the schemes at PATHS; exit status 1 when there is an error.

    Example: guichet check schemes/haute-savoie-emergency-grant
    """
    missing = [path for path in paths if not path.exists()]
    for path in missing:
        click.echo(f"{path}: there is no such file or folder", err=True)
    problems = [problem for path in paths if path.exists() for problem in check_path(path)]
    PRINTERS[shape](problems, language)
    sys.exit(1 if missing or any(problem.severity == "error" for problem in problems) else 0)


def as_text(problems: Iterable[Problem], language: str) -> None:
    """One line a problem, then the count."""
    problems = list(problems)
    for problem in problems:
        click.echo(f"{_place(problem)}: {SYMBOLS[problem.severity]}: {problem.sentence(language)}")
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(COUNT[language].format(errors=errors, warnings=len(problems) - errors), err=True)


def as_json(problems: Iterable[Problem], language: str) -> None:
    """A list of objects, for programs."""
    click.echo(
        json.dumps([_as_object(problem, language) for problem in problems], ensure_ascii=False, indent=2)
    )


def as_github(problems: Iterable[Problem], language: str) -> None:
    """Workflow commands that annotate a pull request."""
    for problem in problems:
        place = problem.place
        where = f"file={place.file},line={place.line},col={place.column}," if place else ""
        click.echo(f"::{problem.severity} {where}title={problem.code}::{problem.sentence(language)}")


def _place(problem: Problem) -> str:
    place = problem.place
    return f"{place.file}:{place.line}:{place.column}" if place else "-"


def _as_object(problem: Problem, language: str) -> dict[str, object]:
    place = problem.place
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "path": list(problem.path),
        "code": problem.code,
        "severity": problem.severity,
        "sentence": problem.sentence(language),
        "suggestion": problem.suggestion,
    }


COUNT = {
    "fr": "{errors} erreur(s), {warnings} avertissement(s)",
    "en": "{errors} error(s), {warnings} warning(s)",
}
PRINTERS = {"text": as_text, "json": as_json, "github": as_github}

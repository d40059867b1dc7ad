"""How problems are printed: for a person at a terminal, for programs, for the annotations of a pull request."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from engine.problems import Place, Problem
from engine.problems.catalogue import table

COLOURS = {"error": "red", "warning": "yellow"}
WIDTH = 110  # of a line shown: more is cut on both sides of the place
SHAPE = 1  # of the JSON: raised when a key changes its meaning or goes; new keys may come
PROOF = "@proof_"


def as_text(problems: Sequence[Problem], language: str) -> None:
    """Each problem with its line and a mark under its column, then the count; coloured for a terminal."""
    files = {problem.place.file for problem in problems if problem.place is not None}
    lines = {file: _lines(file) for file in files}
    for problem in problems:
        _echo(_headline(problem, language))
        if problem.place is not None and (line := _line(problem.place, lines[problem.place.file])):
            _echo(_shown(problem.place, line, COLOURS[problem.severity]))
    words = table(language)
    errors, warnings = counted(problems)
    summary = words["@summary"].format(errors=errors, warnings=warnings) if problems else words["@no_problem"]
    _echo(click.style(summary, bold=True), err=True)


def counted(problems: Iterable[Problem]) -> tuple[int, int]:
    """How many errors and warnings there are."""
    found = [problem.severity == "error" for problem in problems]
    return sum(found), len(found) - sum(found)


def _echo(text: str, *, err: bool = False) -> None:
    """Print; colours only for a terminal, and none where NO_COLOR asks for none."""
    click.echo(text, err=err, color=False if os.environ.get("NO_COLOR") else None)


def _headline(problem: Problem, language: str) -> str:
    severity = click.style(table(language)[f"@{problem.severity}"], fg=COLOURS[problem.severity], bold=True)
    place = click.style(str(problem.place or "-"), bold=True)
    return f"{place}: {severity}: {problem.sentence(language)} [{problem.code}]"


def _lines(file: str) -> tuple[str, ...]:
    try:
        text = Path(file).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ()
    return tuple(text.split("\n"))


def _line(place: Place, lines: Sequence[str]) -> str:
    """The line of a place; nothing for a file that isn't there."""
    return lines[place.line - 1].rstrip("\r") if place.line <= len(lines) else ""


def _shown(place: Place, line: str, colour: str) -> str:
    """The line with a mark under the column; of a long line what stands around it."""
    column = min(place.column - 1, len(line))
    begin = max(0, column - WIDTH // 2) if len(line) > WIDTH else 0
    end = begin + WIDTH
    before, after = "…" if begin else "", "…" if len(line) > end else ""
    text = before + line[begin:end].replace("\t", " ") + after
    number = f"{place.line:>5} | "
    mark = " " * (len(number) + len(before) + column - begin) + click.style("^", fg=colour, bold=True)
    return f"{click.style(number, dim=True)}{text}\n{mark}"


def as_json(problems: Sequence[Problem], language: str) -> None:
    """One object for programs; its shape is documented and kept."""
    errors, warnings = counted(problems)
    found = {
        "shape": SHAPE,
        "errors": errors,
        "warnings": warnings,
        "problems": [as_object(problem, language) for problem in problems],
    }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def as_object(problem: Problem, language: str) -> Mapping[str, object]:
    """One problem, as the documented JSON has it."""
    place = problem.place
    proof = str(problem.params.get("by", ""))
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "path": list(problem.path),
        "code": problem.code,
        "severity": problem.severity,
        "sentence": problem.sentence(language),
        "suggestion": problem.suggestion,
        "proved_by": proof.removeprefix(PROOF) if proof.startswith(PROOF) else None,
    }


def as_github(problems: Sequence[Problem], language: str) -> None:
    """Workflow commands that annotate a pull request."""
    for problem in problems:
        click.echo(annotation(problem.severity, problem.place, problem.code, problem.sentence(language)))


def annotation(level: str, place: Place | None, title: str, told: str) -> str:
    """One workflow command: an annotation at a line of a file."""
    where = f"file={_property(place.file)},line={place.line},col={place.column}," if place else ""
    return f"::{level} {where}title={_property(title)}::{_escaped(told)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


PRINTERS = {"text": as_text, "json": as_json, "github": as_github}

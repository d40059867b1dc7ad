"""The problems of a scheme as an editor shows them: from where to where, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.language.bundle import SCHEME
from engine.language.sharing import is_shared
from engine.problems import Problem

WORD = re.compile(r"[\w.-]+|\"[^\"]*\"|'[^']*'|\S")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem in a file: line from 1, columns from 0 to before `end`. `instead` is what its words may be replaced by,
    "" when no replacement is known."""

    file: str
    line: int
    column: int
    end: int
    code: str
    severity: str
    sentence: str
    instead: str = ""


def diagnostics(
    problems: Iterable[Problem], files: Mapping[str, str], language: str
) -> tuple[Diagnostic, ...]:
    """The problems with the words they are about, in the order given."""
    lines = {name: text.split("\n") for name, text in files.items()}
    return tuple(_diagnostic(one, lines, language) for one in problems)


def _diagnostic(problem: Problem, lines: Mapping[str, list[str]], language: str) -> Diagnostic:
    place = problem.place
    file, number, column = (place.file, place.line, place.column - 1) if place else (SCHEME, 1, 0)
    of_file = lines.get(file, [])
    line = of_file[number - 1] if number <= len(of_file) else ""
    found = WORD.match(line, column)
    word = found[0] if found else ""
    written = _written(problem)
    if written and line.startswith(written, column):
        word = written
    return Diagnostic(
        file,
        number,
        column,
        column + max(1, len(word)),
        problem.code,
        problem.severity,
        problem.sentence(language),
        _instead(problem, word),
    )


def _instead(problem: Problem, word: str) -> str:
    """The suggestion, when the word at the place is the one it is suggested for, in a file one may write."""
    if problem.place is not None and is_shared(problem.place.file):
        return ""
    if (written := _written(problem)) and word == written:
        return str(problem.params["word" if problem.code == "feel_french" else "instead"])
    said = {str(value).strip("\"'`") for value in problem.params.values()}
    bare = word.strip("\"'")
    if not problem.suggestion:
        return ""
    return word.replace(bare, problem.suggestion) if bare in said else _part_instead(problem, bare)


def _written(problem: Problem) -> str:
    """What a problem says is written and is to be written otherwise: a whole value, a French word of an expression."""
    if problem.code not in {"write_instead", "feel_french"}:
        return ""
    return str(problem.params["found"]).removeprefix("@feel ").strip("`")


def _part_instead(problem: Problem, word: str) -> str:
    """The same for what stands after a dot: `home.postcod` becomes `home.postcode`."""
    first, *parts = word.split(".")
    name = str(problem.params.get("name", "")).strip("\"'`")
    if name not in parts:
        return ""
    return ".".join([first, *(problem.suggestion or part if part == name else part for part in parts)])


def with_suggestion(files: Mapping[str, str], problem: Diagnostic) -> Mapping[str, str]:
    """The files with the words of one problem replaced by what was suggested."""
    lines = files[problem.file].split("\n")
    line = lines[problem.line - 1]
    lines[problem.line - 1] = line[: problem.column] + problem.instead + line[problem.end :]
    return {**files, problem.file: "\n".join(lines)}

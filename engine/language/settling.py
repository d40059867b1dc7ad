"""What problems say together: one said better by another, a name refused and then missed, a list written without brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Any

from engine.language.schema import structure_validator
from engine.language.source import Source
from engine.problems import Path, Problem

_WORDS = re.compile(r"\s*[\w.-]+(?:\s*,\s*[\w.-]+)*\s*")


def settled(source: Source, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, those that only repeat or contradict another one left out."""
    found = [_in_brackets(source, problem) or problem for problem in problems]
    refused = {
        problem.params["id"]: problem.params["better"] for problem in found if problem.code == "bad_id"
    }
    lists = {problem.path for problem in found if problem.params.get("wanted") == "@sort_list"}
    for problem in found:
        better = refused.get(problem.params.get("name"))
        is_renamed = better is not None and problem.suggestion in (None, better)
        if not is_renamed and not (problem.code == "cut_at_comma" and problem.path in lists):
            yield problem


def row_of_words(text: str) -> tuple[str, ...]:
    """The words of `submitted, in_review`, or of one word; none when it is anything else."""
    return tuple(word.strip() for word in text.split(",")) if _WORDS.fullmatch(text) else ()


def _in_brackets(source: Source, problem: Problem) -> Problem | None:
    """An unknown name that is a row of names, where a list may stand."""
    name = problem.params.get("name")
    if not problem.code.startswith("unknown_") or not isinstance(name, str):
        return None
    words = row_of_words(name)
    if len(words) < 2 or not _takes_list(source.data, problem.path, words):
        return None
    instead = f"[{', '.join(words)}]"
    params = {"key": str(problem.path[-1]), "wanted": "@sort_list", "found": f"`{name}`", "instead": instead}
    return Problem("write_instead", params, problem.place, problem.path)


def _takes_list(data: Any, path: Path, words: Sequence[str]) -> bool:
    """Whether the structure of a scheme allows a list of these words at a path."""
    changed = here = deepcopy(data)
    try:
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = list(words)
    except (KeyError, IndexError, TypeError):
        return False
    errors = structure_validator().iter_errors(changed)
    return not any(tuple(error.absolute_path)[: len(path)] == path for error in errors)

"""The summary of what is wrong with a page: each sentence leads to the input to correct."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from engine.asked import Reading
from engine.language.model import Field
from engine.problems import AnswerProblem, Path
from renderers.control_parts import first_wrong
from renderers.row_titles import row_name_at
from renderers.words import problem_sentence


@dataclass(frozen=True, slots=True)
class ProblemLink:
    """One line of the summary; `anchor` is the id of an element, "" when it is about the page as a whole."""

    sentence: str
    anchor: str


def problem_list(
    problems: Iterable[AnswerProblem],
    fields: Mapping[str, Field],
    language: str,
    reading: Reading | None = None,
) -> tuple[ProblemLink, ...]:
    """The problems of a page in the order of its fields, each once; with a `reading`, rows are called by their names too."""
    order = {id: place for place, id in enumerate(fields)}
    inside = sorted(problems, key=lambda one: order.get(str(one.path[0]) if one.path else "", len(order)))
    called = partial(row_name_at, fields=fields, reading=reading, language=language) if reading else None
    found = [
        _link(one, fields.get(str(one.path[0])) if one.path else None, language, called) for one in inside
    ]
    return tuple(dict.fromkeys(found))


def _link(
    problem: AnswerProblem, field: Field | None, language: str, called: Callable[[Path], str] | None
) -> ProblemLink:
    sentence = problem_sentence(problem, field, language, called=called)
    return ProblemLink(sentence, f"q-{_control_name(problem, field)}" if field else "")


def _control_name(problem: AnswerProblem, field: Field) -> str:
    """The name of the control to go to: a row's own one, else the first input concerned."""
    path = problem.path
    if len(path) > 2 and (isinstance(path[1], int) or field.lines) and str(path[2]) in field.fields:
        inner = AnswerProblem(path[2:], problem.code, problem.params)
        return f"{field.id}-{path[1]}-{_control_name(inner, field.fields[str(path[2])])}"
    return field.id + first_wrong(field, problem)

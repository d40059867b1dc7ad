"""The lines of a grid of choices: in each the same options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.kinds.choice_grid import lines_of
from engine.kinds.options import codes_of, label_of
from engine.language.model import Field
from engine.problems import AnswerProblem
from renderers.options import Choice


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the name of its controls, what is asked, the options, whether something is wrong with it."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    wrong: bool


def lines(
    field: Field,
    name: str,
    typed: Mapping[str, Sequence[str]],
    problems: Iterable[AnswerProblem],
    language: str,
) -> tuple[Line, ...]:
    """The lines of a grid whose controls are called `name`; `problems` are those of this field."""
    wrong = {problem.path[1] for problem in problems if len(problem.path) > 1}
    labels = {code: label_of(field, code, language) for code in codes_of(field)}
    return tuple(
        Line(
            f"{name}-{line}",
            text.plain(language),
            tuple(
                Choice(code, label, code in typed.get(f"{name}-{line}", ())) for code, label in labels.items()
            ),
            line in wrong,
        )
        for line, text in lines_of(field).items()
    )

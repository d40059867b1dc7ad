"""From what was typed in a form to answers: every field read by its kind, every slip told, nothing raised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.kinds import FieldView, Json, Slips, kind_of
from engine.problems import AnswerProblem


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """What a form says.

    `answers`: one entry per field presented, None when left blank, no entry when what was typed can't be read;
    `problems`: the slips, in the order of the fields; `typed`: the controls of these fields exactly as sent.
    """

    answers: dict[str, Json | None]
    problems: tuple[AnswerProblem, ...]
    typed: Mapping[str, list[str]]


def read_form(fields: Iterable[FieldView], form: Mapping[str, list[str]]) -> FormAnswers:
    """Read the controls of these fields; `form` maps the name of each control to all its values.

    Documents don't come this way: of a field of kind `file` only what was typed beside them is told.
    """
    by_field = _by_field(form)
    answers: dict[str, Json | None] = {}
    problems: list[AnswerProblem] = []
    typed: dict[str, list[str]] = {}
    for field in fields:
        raw = by_field.get(field.id, {})
        if field.kind == "file":
            typed |= {field.id + suffix: list(values) for suffix, values in raw.items() if suffix}
            continue
        typed |= {field.id + suffix: list(values) for suffix, values in raw.items()}
        found = kind_of(field).read(field, raw)
        if isinstance(found, Slips):
            problems += found.problems
        else:
            answers[field.id] = found
    return FormAnswers(answers, tuple(problems), typed)


def _by_field(form: Mapping[str, list[str]]) -> dict[str, dict[str, list[str]]]:
    """The controls under the id of their field; ids hold no `-`, so what follows the first one is a suffix."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, values in form.items():
        id, mark, rest = name.partition("-")
        found.setdefault(id, {})[mark + rest] = values
    return found

"""The answers somebody outside is shown, with nothing of what they are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from engine.asked import Reading
from engine.language.model import Field
from renderers.documents import DocumentLike
from renderers.summary import AnswerLine, Summary, answer_lines


class Shown(Protocol):
    """What may be read: `fields` with their `labels` by language, and their documents."""

    @property
    def reading(self) -> Reading: ...
    @property
    def fields(self) -> Sequence[Field]: ...
    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]: ...
    @property
    def hidden(self) -> frozenset[str]: ...
    @property
    def documents(self) -> Mapping[str, Sequence[DocumentLike]]: ...


def shown_answers(view: Shown, language: str) -> tuple[AnswerLine, ...]:
    """Each answer shown under its label, in a language."""
    summary = Summary(view.reading, language, view.documents, view.hidden)
    lines = answer_lines(view.fields, summary)
    return tuple(replace(line, label=_label(view.labels[line.field_id], language)) for line in lines)


def _label(said: Mapping[str, str], language: str) -> str:
    return said.get(language) or next(iter(said.values()))

"""The rows of a repeat, or the lines of a matrix, as questions are made for them: which stand there, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.asked import RowReading
from engine.language.model import Field
from engine.problems import AnswerProblem
from renderers.documents import DocumentLike
from renderers.form_figures import Figure, KnownRows, row_figures
from renderers.moulds import Moulds, moulds_of
from renderers.questions import Questions


@dataclass(frozen=True, slots=True)
class Rows:
    """What is the same in every row: the repeat (or matrix), how the names of its controls begin, the questions of the page
    around, the way to it through repeats, what was read of its rows, and its fields that are asked here."""

    asked: Field
    name: str
    questions: Questions
    path: str
    known: KnownRows
    here: tuple[Field, ...]
    moulds: Moulds
    made: dict[str | int, Questions] = field(default_factory=dict)

    def is_alike(self, inner: Field, name: str, step: str | int) -> bool:
        """Whether a question of a row stands there as in other rows: nothing wrong in the row, nothing said of it alone."""
        questions = self.questions
        return (
            inner.id in self.moulds.ids
            and name not in questions.sources
            and name not in questions.remarks
            and name not in questions.look_ups
            and not (questions.problems and self._problems(step))
        )

    def settled(self, index: int) -> RowReading | None:
        """What is known of a row; None when it isn't there."""
        questions = self.questions
        if not questions.place:
            return questions.reading.row(self.asked.id, index) if questions.reading else None
        return questions.row.row(self.asked.id, index) if questions.row else None

    def shown(self, settled: RowReading | None, step: str | int) -> Sequence[Field]:
        """The fields asked in a row; what is typed at once in one nothing is known of yet."""
        if settled is not None:
            return settled.fields
        if self.asked.lines and not self.asked.lines[str(step)].is_typed:
            return []
        return [one for one in self.asked.fields.values() if one.when is None and one.value is None]

    def questions_of(self, index: int, shown: Sequence[Field]) -> list[Field]:
        """The questions of a row on this page: those asked, those its script may bring; in a correction, those left open."""
        cells = self.questions.cells.get(self.asked.id) if not self.questions.place else None
        return [
            one
            for one in self.here
            if (cells is None or (index, one.id) in cells)
            and (one in shown or (one.value is None and f"{self.path}/{one.id}" in self.questions.changing))
        ]

    def figures(self, index: int, step: str | int) -> tuple[Figure, ...]:
        """What is computed for a row and shown here."""
        found = row_figures(self.asked, f"{self.name}-{step}", index, self.known)
        return tuple(one for one in found if self._is_here(one))

    def inside(self, index: int, step: str | int, settled: RowReading | None) -> Questions:
        """The questions of a row, for what is asked in it; made when first wanted."""
        if step not in self.made:
            self.made[step] = replace(
                self.questions,
                problems=self._problems(step),
                documents=documents_inside(self.asked, self.questions),
                place=(*self.questions.place, self.asked.id, index),
                row=settled,
            )
        return self.made[step]

    def _problems(self, step: str | int) -> tuple[AnswerProblem, ...]:
        """What is wrong in a row; paths begin there."""
        return tuple(
            AnswerProblem(one.path[2:], one.code, one.params)
            for one in self.questions.problems
            if one.path[:2] == (self.asked.id, step) and is_in_row(self.asked, one)
        )

    def _is_here(self, figure: Figure) -> bool:
        inner = self.asked.fields.get(figure.name.rpartition("-")[2])
        return inner is None or inner in self.here


def rows_asked(asked: Field, name: str, questions: Questions) -> Rows:
    """The rows of a repeat among these questions; `name` begins the names of its controls."""
    here = tuple(one for one in asked.fields.values() if questions.asks_here(asked, one))
    path = "/".join((*questions.repeats, asked.id))
    if path not in questions.once.moulds:
        is_one_row = questions.page is not None and questions.page.row is not None
        questions.once.moulds[path] = moulds_of(() if is_one_row else asked.fields.values())
    return Rows(asked, name, questions, path, questions.rows_of(asked), here, questions.once.moulds[path])


def documents_inside(repeat: Field, questions: Questions) -> Mapping[str, Sequence[DocumentLike]]:
    """The documents of a repeat's questions, whichever row they stand in."""
    if not questions.documents:
        return {}
    return {id: questions.documents.get(f"{repeat.id}/{id}", ()) for id in repeat.fields}


def is_in_row(asked: Field, problem: AnswerProblem) -> bool:
    """Whether a problem of a field is about one of its rows or lines."""
    return len(problem.path) > 2 and (isinstance(problem.path[1], int) or bool(asked.lines))

"""What the questions of a page are made from, and what a template is given of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from engine.asked import AskedPage, Reading, RowReading
from engine.language.model import Field, Text
from engine.problems import AnswerProblem, Path
from renderers import labels
from renderers.documents import DocumentLike
from renderers.foreign import in_its_language
from renderers.form_figures import KnownRows

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Questions:
    """What the controls of a page are made from.

    `typed`: the values of the controls by name, as typed or as stored (see `stored`); `documents` by field id;
    `askable`: the questions a field of kind `fields` offers; `own`: the fields about the person who fills the form in,
    which a browser may complete by itself; `changing`: those the page's script may show and hide ("repeat/field" in rows);
    `as_read`: what is typed is what `reading` was read from, so that its figures may be shown; `searched_at`: where long
    lists are searched by the page's script, "" for nowhere; `place`: the row these questions are asked in
    ("projects", 0), and `row` what is known of it.
    `dossier`: see Control. `page`: the page they stand on, when it is asked for each row of a repeat.
    `remarks`: what the service said of the fields it asks for again.
    `sources`: what is said of the fields a source fills in; `look_ups`: the fields that may be sent alone, to fill others in.
    """

    language: str
    typed: Typed
    problems: tuple[AnswerProblem, ...] = ()
    reading: Reading | None = None
    documents: Mapping[str, Sequence[DocumentLike]] = field(default_factory=dict)
    askable: tuple[Field, ...] = ()
    own: frozenset[str] = frozenset()
    changing: frozenset[str] = frozenset()
    as_read: bool = True
    sources: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    look_ups: frozenset[str] = frozenset()
    dossier: str = ""
    searched_at: str = ""
    cells: Mapping[str, AbstractSet[tuple[int, str]]] = field(default_factory=dict)
    place: Path = ()
    row: RowReading | None = None
    page: AskedPage | None = None

    def asks_here(self, repeat: Field, inner: Field) -> bool:
        """Whether a field of rows is asked on this page: on that of its repeat, or on the one asked for each row."""
        of_a_row = self.page is not None and self.page.row is not None and not self.place[2:]
        return inner.page == (self.page.page.id if self.page and of_a_row else repeat.page)

    @property
    def repeats(self) -> tuple[str, ...]:
        """The repeats these questions are a row of, the outer one first."""
        return tuple(str(step) for step in self.place[::2])

    def rows_of(self, repeat: Field) -> KnownRows:
        """The rows of a repeat among these questions, as they were read."""
        settled = self.reading.settled_rows if self.reading else {}
        if self.place:
            settled = self.row.inner if self.row else {}
        reading = self.reading if self.as_read else None
        return KnownRows(settled.get(repeat.id, ()), (*self.place, repeat.id), reading, self.language)


def said(text: Text, questions: Questions) -> str:
    """A label or a hint, with its figures when there is a reading to compute them from."""
    reading = questions.reading
    if reading is None:
        return in_its_language(text.plain(questions.language), text, questions.language)
    return labels.said(text, reading, questions.language)

"""What the questions of a page are made from, and what a template is given of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from engine.asked import AskedPage, Reading, RowReading
from engine.asked.behind import blank_paths
from engine.language.model import Field, Text
from engine.problems import AnswerProblem, Path
from renderers import labels
from renderers.documents import DocumentLike
from renderers.foreign import in_its_language
from renderers.form_figures import KnownRows
from renderers.moulds import Moulds

Typed = Mapping[str, Sequence[str]]


@dataclass(slots=True, eq=False)
class Once:
    """What is worked out once for a page, when it is first wanted: the questions rows ask alike, by the way to their repeat,
    the numbers of the rows typed, by what begins the names of their controls, and which answers are still to come."""

    moulds: dict[str, Moulds] = field(default_factory=dict)
    numbers: dict[str, set[int]] | None = None
    still_to_come: frozenset[str] | None = None

    def rows_of(self, name: str, typed: Typed) -> tuple[int, ...]:
        """The rows of a repeat among the controls typed, in order (see row_numbers)."""
        if self.numbers is None:
            self.numbers = row_numbers(typed)
        return tuple(sorted(self.numbers.get(name, ())))

    def blank(self, reading: Reading | None) -> frozenset[str]:
        """The answers still to come on the page's reading; the same in each of its rows."""
        if self.still_to_come is None:
            self.still_to_come = blank_paths(reading) if reading is not None else frozenset()
        return self.still_to_come


def row_numbers(typed: Typed) -> dict[str, set[int]]:
    """The numbers of the rows among the controls typed (`partners-0`, `partners-0-share`), by what comes before them."""
    found: dict[str, set[int]] = {}
    for name in dict.fromkeys(name if name[-1:].isdigit() else name.rpartition("-")[0] for name in typed):
        steps = name.split("-")
        for place, step in enumerate(steps[1:], start=1):
            if step.isdecimal() and step.isascii() and len(step) <= 4:
                found.setdefault("-".join(steps[:place]), set()).add(int(step))
    return found


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
    `once`: what is worked out once for all the rows of the page.
    `remarks`: what the service said of the fields it asks for again. `begun`: the repeats that open with a first row.
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
    begun: frozenset[str] = frozenset()
    place: Path = ()
    row: RowReading | None = None
    page: AskedPage | None = None
    once: Once = field(default_factory=Once)

    def asks_here(self, repeat: Field, inner: Field) -> bool:
        """Whether a field of rows is asked on this page: on that of its repeat, or on the one asked for each row."""
        of_a_row = self.page is not None and self.page.row is not None and not self.place[2:]
        return inner.page == (self.page.page.id if self.page and of_a_row else repeat.page)

    @property
    def repeats(self) -> tuple[str, ...]:
        """The repeats these questions are a row of, the outer one first."""
        return tuple(str(step) for step in self.place[::2])

    @property
    def known(self) -> Mapping[str, object]:
        """What the rules know here: in the row, or on the page."""
        if self.row is not None:
            return self.row.values
        return self.reading.values if self.reading is not None else {}

    def rows_of(self, repeat: Field) -> KnownRows:
        """The rows of a repeat among these questions, as they were read."""
        settled = self.reading.settled_rows if self.reading else {}
        if self.place:
            settled = self.row.inner if self.row else {}
        reading = self.reading if self.as_read else None
        blank = self.once.blank(reading)
        if reading is not None and self.row is not None:
            reading = replace(reading, values=self.row.values)
        place = (*self.place, repeat.id)
        return KnownRows(settled.get(repeat.id, ()), place, reading, self.language, blank)


def said(text: Text, questions: Questions) -> str:
    """A label or a hint, with its figures when there is a reading to compute them from."""
    reading = questions.reading
    if reading is None:
        return in_its_language(text.plain(questions.language), text, questions.language)
    return labels.said(text, reading, questions.language, questions.known)

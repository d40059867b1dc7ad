"""What the tests of a scheme go through, and what they leave out, by name and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from authoring.walkthrough import Trial
from authoring.walkthrough.rows import Rows, tables
from authoring.walkthrough.walk import Walk
from authoring.walkthrough.wording import told
from engine.asked import Reading, RowReading
from engine.eligibility import Verdict
from engine.kinds import Json
from engine.kinds.kind import members, stored_rows
from engine.language import Scheme
from engine.language.form_model import inner_path
from engine.language.model import Field
from engine.language.source import Source
from engine.problems import Path, Place

# What may be covered: a page visited, a field asked, a field answered, a rule that held, a rule that didn't, a row of a
# table that decided, a state visited, an action done.
SORTS = ("page", "asked", "answered", "rule_true", "rule_false", "row", "state", "action")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a test may go through; `path` leads to it in the scheme."""

    sort: str
    name: str
    path: Path
    place: Place
    covered: bool

    def sentence(self, language: str = "en") -> str:
        """What no test does: `no test answers partners.share`."""
        return told(f"uncovered_{self.sort}", name=self.name, row=self.path[-1]).sentence(language)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything there is to go through, in the order of SORTS."""

    items: tuple[Item, ...]

    @property
    def missing(self) -> tuple[Item, ...]:
        """What no test goes through."""
        return tuple(item for item in self.items if not item.covered)

    @property
    def percent(self) -> int:
        """How much is covered, rounded down; 100 when there is nothing to cover."""
        return 100 if not self.items else 100 * (len(self.items) - len(self.missing)) // len(self.items)

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each sort, how many are covered and how many there are."""
        return {
            sort: (sum(one.covered for one in self.items if one.sort == sort), total)
            for sort in SORTS
            if (total := sum(one.sort == sort for one in self.items))
        }


class Watching:
    """Watches the tests of one scheme: `run(scheme, watch=watching)`, then `watching.coverage(source)`."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._seen: set[tuple[str, Path]] = set()
        self._rows = Rows(scheme, lambda path, row: self._seen.add(("row", (*path, "rows", row))))

    def __call__(self, trial: Trial) -> None:
        """Note what one scenario or case went through."""
        self._read(trial.reading, trial.verdict)
        if trial.walk is not None and trial.walk.dossier.stays:
            self._read(trial.walk.dossier.reading, trial.walk.dossier.verdict)
            self._seen |= {("state", ("workflow", "states", state)) for state in self._passed(trial.walk)}
            self._seen |= {("action", ("workflow", "actions", action)) for action in trial.walk.actions}

    def _passed(self, walk: Walk) -> Iterator[str]:
        """The states a dossier was in, with those it was in a part of."""
        yield from (one for state in walk.states for one in self._scheme.workflow.around(state))

    def coverage(self, source: Source) -> Coverage:
        """What was gone through until now; `source` says where each thing stands."""
        return Coverage(
            tuple(
                Item(sort, name, path, _place(source, path), (sort, path) in self._seen)
                for sort in SORTS
                for name, path in _all(self._scheme, sort)
            )
        )

    def _read(self, reading: Reading, verdict: Verdict) -> None:
        for page in reading.pages:
            self._seen.add(("page", ("form", page.page.id)))
            for field in page.fields:
                path: Path = ("form", page.page.id, "fields", field.id)
                self._seen.add(("asked", path))
                if reading.answers.get(field.id) is not None:
                    self._seen.add(("answered", path))
                if field.fields:
                    self._rows_read(field, reading.rows(field.id), reading.answers.get(field.id), path)
        for rule, outcome in verdict.outcomes.items():
            if outcome is not None:
                self._seen.add(("rule_true" if outcome else "rule_false", ("eligibility", rule)))
        self._rows.see(reading, verdict)

    def _rows_read(self, repeat: Field, rows: Iterable[RowReading], answer: Json, path: Path) -> None:
        """What is asked and answered in rows, and in the rows in them."""
        stored = stored_rows(repeat, answer)
        for row in rows:
            typed = members(stored[row.index])
            self._seen |= {("asked", inner_path(path, repeat, inner)) for inner in row.fields}
            self._seen |= {("page", ("form", inner.page)) for inner in row.fields}
            self._seen |= {("answered", inner_path(path, repeat, repeat.fields[name])) for name in typed}
            for inner in row.fields:
                if inner.id in row.inner:
                    here = inner_path(path, repeat, inner)
                    self._rows_read(inner, row.rows(inner.id), typed.get(inner.id), here)


def _inner(repeat: Field, path: Path) -> Iterator[tuple[str, Path]]:
    """The typed fields of rows, and of rows in them: `projects.lines.amount`."""
    for inner in repeat.fields.values():
        if inner.value is None:
            here = inner_path(path, repeat, inner)
            yield inner.place.replace("/", "."), here
            yield from _inner(inner, here)


def _place(source: Source, path: Path) -> Place:
    """Rows are numbered from 1, and stand in their file from 0."""
    if len(path) > 1 and path[-2] == "rows" and isinstance(path[-1], int):
        return source.place((*path[:-1], path[-1] - 1))
    return source.key_place(path)


def _all(scheme: Scheme, sort: str) -> Iterator[tuple[str, Path]]:
    """Everything of a sort, with its path."""
    if sort == "page":
        yield from ((id, ("form", id)) for id in scheme.form)
    elif sort in {"asked", "answered"}:
        yield from _fields(scheme)
    elif sort in {"rule_true", "rule_false"}:
        yield from ((id, ("eligibility", id)) for id in scheme.eligibility)
    elif sort == "row":
        for path, name, table in tables(scheme):
            yield from ((name, (*path, "rows", number)) for number in range(1, len(table.rows) + 1))
    else:
        declared = scheme.workflow.states if sort == "state" else scheme.workflow.actions
        yield from ((id, ("workflow", f"{sort}s", id)) for id in declared)


def _fields(scheme: Scheme) -> Iterator[tuple[str, Path]]:
    for page in scheme.form.values():
        for field in page.fields.values():
            path: Path = ("form", page.id, "fields", field.id)
            yield field.id, path
            yield from _inner(field, path)

"""Making the file of an export: the tables of a plan, written row after row as of one instant."""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from dossiers import journal
from dossiers.access import Viewer
from dossiers.services.desk import Work, as_of_one_instant
from dossiers.services.export_abouts import SORTS
from dossiers.services.export_choosing import meeting
from dossiers.services.export_plans import Asked, Plan, Sheet, plan
from dossiers.services.export_rows import blocks, ids_of
from dossiers.services.staff import actor_of
from engine.language.export_model import Column
from renderers import exports
from renderers.exports import Block, Head, Out, Sort, Table
from renderers.exports.cells import sort_of
from renderers.words.exports import about_words, part_words
from workflows.lifecycle import SYSTEM

USUAL, SELDOM = gc.get_threshold(), 50_000  # new objects between two looks: those of some thousand dossiers
Progress = Callable[[int, int], None]  # how much is read, of how much


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: how many dossiers were read, how many rows the first table has; `sensitive` answers it holds."""

    dossiers: int
    rows: int
    sensitive: tuple[str, ...]


@as_of_one_instant
def make(work: Work, viewer: Viewer | None, slug: str, asked: Asked, out: Out, progress: Progress) -> Made:
    """Write what was asked for to a stream. Raises NotFound (see `plan`), exports.NotInstalled, exports.TooLarge."""
    found = plan(work, viewer, slug, asked)
    counted = _Counted(progress)
    with _undisturbed():
        ids = counted.chosen(work, found, ids_of(work, found))
        tables = counted.tables(work, found, ids)
        exports.write(tables, asked.format, out, count=len(found.sheets), for_people=asked.for_people)
    return Made(len(ids), counted.rows, found.sensitive)


def note_taken(work: Work, viewer: Viewer | None, slug: str, asked: Asked, made: Made) -> None:
    """Journal that somebody at the command line wrote a file (an act of its own)."""
    told = {"what": asked.what, "format": asked.format, "rows": made.rows, "dossiers": made.dossiers}
    journal.record(
        work.session,
        stream=f"scheme:{slug}",
        actor=SYSTEM if viewer is None else actor_of(viewer, slug),
        action="export_taken_out",
        at=work.now,
        payload={**told, "sensitive": list(made.sensitive), "from": "command line"},
    )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """While rows pass, the collector of garbage doesn't look through all that the process holds, and looks seldom: a fifth of the time.

    The usual thresholds are named, not read: two exports may overlap.
    """
    gc.freeze()
    gc.set_threshold(SELDOM, *USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)
        gc.unfreeze()


class _Counted:
    """The tables of a plan, and how far their reading is: each is a pass over the dossiers, and so is choosing them."""

    def __init__(self, progress: Progress) -> None:
        self.total = self.done = self.rows = 0
        self._progress = progress

    def chosen(self, work: Work, plan: Plan, ids: array[int]) -> array[int]:
        """Those of the dossiers that the plan's `where` is true of."""
        if plan.where is None:
            return ids
        self.total = len(ids) * (1 + len(plan.sheets))
        return meeting(work, plan, plan.where, ids, self._further)

    def tables(self, work: Work, plan: Plan, ids: Sequence[int]) -> Iterator[Table]:
        """One after the other; the rows of the first are counted."""
        self.total = self.done + len(ids) * len(plan.sheets)
        for number, sheet in enumerate(plan.sheets):
            found = blocks(work, plan, sheet, ids, self._further)
            yield Table(sheet.name, heads(sheet, plan), found if number else self._count(found))

    def _further(self, count: int) -> None:
        self.done += count
        self._progress(self.done, self.total)

    def _count(self, found: Iterable[Block]) -> Iterator[Block]:
        for block in found:
            self.rows += len(block[0]) if block else 0
            yield block


def heads(sheet: Sheet, plan: Plan) -> tuple[Head, ...]:
    """The heads of a sheet: names that never change, or labels for people; a label met twice is told by its name too."""
    words = plan.asked.language if plan.asked.for_people else ""
    found: list[Head] = []
    seen: set[str] = set()
    for column in sheet.columns:
        heading = _heading(column, words)
        if heading in seen:
            heading = f"{heading} [{column.heading}]"
        seen.add(heading)
        about = SORTS.get(column.about, "text")
        plain: Sort = "text" if words and about == "yes_no" else about
        sort = plain if column.leaf is None else sort_of(column.leaf, words)
        found.append(Head(heading, sort))
    return tuple(found)


def _heading(column: Column, words: str) -> str:
    if not words or column.is_worded:
        return column.heading
    if column.leaf is None:
        return about_words(column.about, words)
    label = column.leaf.field.label.plain(words).replace("\u00a0", " ")  # as it is typed in a formula
    return label if column.leaf.is_whole else f"{label} ({part_words(column.leaf.path[-1], words)})"

"""The rows of an export: dossiers in the order of their rows, some at a time, all as of one instant."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import Row, Text, cast, select

from dossiers.changes.filing import filing_context
from dossiers.changes.sealing import open_answers
from dossiers.database import Among, Dossier, Filing, core
from dossiers.services import older
from dossiers.services.desk import Work
from dossiers.services.export_abouts import KEPT, MORE, NEEDED, about_reader
from dossiers.services.export_plans import ROW, Plan, Sheet
from engine.asked.carried import carried
from engine.kinds import Json
from engine.kinds.kind import items
from engine.language.export_model import Column
from renderers.exports import Block, Cell
from renderers.exports.cells import reader

CHUNK = 2000  # dossiers in memory at once
ALWAYS = ("id", "public_id", "filed_at")
NOTHING: Mapping[str, Json] = {}
AS_TEXT = cast(Filing.answers, Text).label("answers")  # as it is kept, for a quicker reader than the driver's


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some dossiers as they were read: their rows, and in the same order their answers; what stands in those rows, and in
    tables beside, by name. A column at a time is much quicker than a dossier at a time."""

    rows: Sequence[Row[Any]]
    kept: Mapping[str, Sequence[Any]]
    answers: Sequence[Mapping[str, Json]]
    more: Mapping[str, Mapping[int, Cell]]
    tops: dict[str, Sequence[Json]] = field(default_factory=dict)

    def top(self, id: str) -> Sequence[Json]:
        """What each answered to one question; kept, for several columns are parts of it."""
        if id not in self.tops:
            self.tops[id] = [answers.get(id) for answers in self.answers]
        return self.tops[id]

    def beside(self, name: str) -> Sequence[Cell]:
        """What a table beside says of each."""
        found = self.more[name]
        return [found.get(id) for id in self.kept["id"]]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a repeat in a chunk: in which dossier each stands (its place in the chunk), and as which one, from 1."""

    places: Sequence[int]
    numbers: Sequence[int]
    answers: Sequence[Json]


Cells = Callable[[Chunk, Rows | None], Sequence[Cell]]  # one column of a chunk


def ids_of(work: Work, plan: Plan) -> array[int]:
    """The row ids of the dossiers, in order: eight bytes each, so that they are looked for and sorted only once."""
    query = select(Dossier.id).where(*plan.conditions).order_by(Dossier.id)
    found: Any = core(work.session).execute(query.execution_options(yield_per=10 * CHUNK))
    return array("q", chain.from_iterable(found.scalars().partitions()))


def blocks(
    work: Work, plan: Plan, sheet: Sheet, ids: Sequence[int], progress: Callable[[int], None]
) -> Iterator[Block]:
    """The rows of one sheet, some at a time. `progress` is told how many dossiers were read since it was last told."""
    reading = Reading(work, plan, sheet)
    columns = [reading.cells(column) for column in sheet.columns]
    for start in range(0, len(ids), CHUNK):
        chunk = reading.chunk(ids[start : start + CHUNK])
        rows = _rows(chunk, sheet.rows_of) if sheet.rows_of else None
        yield [cells(chunk, rows) for cells in columns]
        progress(min(CHUNK, len(ids) - start))


def _rows(chunk: Chunk, repeat: str) -> Rows:
    found = [
        (place, number, row)
        for place, answers in enumerate(chunk.answers)
        for number, row in enumerate(items(answers.get(repeat)), start=1)
    ]
    return Rows([one[0] for one in found], [one[1] for one in found], [one[2] for one in found])


class Reading:
    """What one sheet needs of each dossier: only that is read, so many at once."""

    CHUNK = CHUNK

    def __init__(self, work: Work, plan: Plan, sheet: Sheet) -> None:
        self.work, self.plan, self.sheet = work, plan, sheet
        found = [column.leaf for column in sheet.columns if column.leaf is not None]
        self.has_answers = bool(found) or bool(sheet.rows_of)
        tops = {leaf.top for leaf in found} | {sheet.rows_of}
        secret = {one.id for one in plan.scheme.fields.values() if one.is_secret}
        secret |= {leaf.top for leaf in found if leaf.is_sensitive}
        self.opens = bool(tops & secret)
        named = [NEEDED.get(column.about) or column.about for column in sheet.columns]
        self.kept = tuple(dict.fromkeys((*ALWAYS, *(name for name in named if name in KEPT))))
        self.more = [column.about for column in sheet.columns if column.about in MORE]
        self.ways: dict[int, tuple[Any, ...]] = {}

    def cells(self, column: Column) -> Cells:
        """What reads one column."""
        words = self.plan.asked.language if self.plan.asked.for_people else ""
        if column.about == ROW:
            return lambda chunk, rows: rows.numbers if rows else ()
        if column.about:
            return _once(about_reader(self.work, self.plan, column.about, words))
        assert column.leaf is not None  # it is about the dossier, or of an answer
        top, read = column.leaf.top, reader(column.leaf, words)
        if column.leaf.repeat:
            return lambda chunk, rows: read(rows.answers if rows else ())
        return _once(lambda chunk: read(chunk.top(top)))

    def chunk(self, ids: Sequence[int]) -> Chunk:
        """The dossiers of these ids, in order."""
        query = select(*(getattr(Dossier, name) for name in self.kept)).where(Among(Dossier.id, ids))
        rows: Any = core(self.work.session).execute(query.order_by(Dossier.id)).all()
        kept = dict(zip(self.kept, zip(*rows, strict=True), strict=True))
        answers = self._answers(rows) if self.has_answers else [NOTHING] * len(rows)
        more = {name: MORE[name](self.work, self.plan, ids) for name in self.more}
        return Chunk(rows, kept, answers, more)

    def _answers(self, rows: Sequence[Row[Any]]) -> Sequence[Mapping[str, Json]]:
        """The last filing of each, under the names of the version in force; sealed answers opened only if they are wanted."""
        columns: list[Any] = [Filing.dossier_id, Filing.number, Filing.version_id, AS_TEXT]
        query = select(*columns, *([Filing.sealed] if self.opens else []))
        query = query.where(Among(Filing.dossier_id, (row.id for row in rows)))
        filings: Any = core(self.work.session).execute(query.order_by(Filing.dossier_id, Filing.number)).all()
        last = {filing[0]: filing for filing in filings}
        if not self.opens and not any(map(self._ways, {filing[2] for filing in filings})):
            return [orjson.loads(last[id][3]) if id in last else NOTHING for id, *_ in rows]
        return [self._read(row, last[row.id]) if row.id in last else NOTHING for row in rows]

    def _read(self, row: Row[Any], filing: Row[Any]) -> Mapping[str, Json]:
        found: Mapping[str, Json] = orjson.loads(filing.answers)
        if self.opens and filing.sealed is not None:
            context = filing_context(row, filing.number)
            found = open_answers(self.work.office.vault, found, filing.sealed, context)
        for scheme in self._ways(filing.version_id):
            organisation = self.work.office.organisation
            day = organisation.local_date(row.filed_at)
            found = carried(scheme, found, now=self.work.now, organisation=organisation, deposited_on=day)
        return found

    def _ways(self, version_id: int) -> tuple[Any, ...]:
        if version_id not in self.ways:
            versions = (version_id, self.plan.version_id)
            self.ways[version_id] = older.followed(self.work, self.plan.scheme_id, versions)
        return self.ways[version_id]


def _once(read: Callable[[Chunk], Sequence[Cell]]) -> Cells:
    """What a dossier has once stands beside each of its rows."""

    def cells(chunk: Chunk, rows: Rows | None) -> Sequence[Cell]:
        found = read(chunk)
        return found if rows is None else [found[place] for place in rows.places]

    return cells

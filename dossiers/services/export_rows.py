"""The rows of an export: dossiers in the order of their rows, some at a time, all as of one instant."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Row, select

from dossiers.changes.filing import filing_context
from dossiers.changes.sealing import open_answers
from dossiers.database import Dossier, Filing, core
from dossiers.services import older
from dossiers.services.desk import Work
from dossiers.services.export_abouts import KEPT, MORE, NEEDED, about_reader
from dossiers.services.export_plans import ROW, Plan, Sheet
from engine.asked.carried import carried
from engine.kinds import Json
from engine.kinds.kind import items
from engine.language.export_model import Column
from renderers.exports import Cell
from renderers.exports.cells import reader

CHUNK = 1000  # dossiers in memory at once
ALWAYS = (Dossier.id, Dossier.public_id, Dossier.filed_at)
Cells = Callable[
    [Sequence["Read"], Sequence[Json]], list[Cell]
]  # a column of some dossiers, or of some of their rows


@dataclass(slots=True)
class Read:
    """A dossier as it was read: its row, its answers, and what tables beside say of it, by name; `number`: of a row in it."""

    row: Row[Any]
    answers: Mapping[str, Json] = field(default_factory=dict)
    more: Mapping[str, Cell] = field(default_factory=dict)
    number: int = 0


def ids_of(work: Work, plan: Plan) -> array[int]:
    """The row ids of the dossiers, in order: eight bytes each, so that they are looked for and sorted only once."""
    query = select(Dossier.id).where(*plan.conditions).order_by(Dossier.id)
    return array("q", work.session.scalars(query.execution_options(yield_per=10 * CHUNK)))


def lines(
    work: Work, plan: Plan, sheet: Sheet, ids: Sequence[int], progress: Callable[[int], None]
) -> Iterator[Sequence[Cell]]:
    """The rows of one sheet. `progress` is told how many dossiers were read since it was last told."""
    reading = Reading(work, plan, sheet)
    columns = [reading.cells(column) for column in sheet.columns]
    for start in range(0, len(ids), CHUNK):
        found, rows = list(reading.dossiers(ids[start : start + CHUNK])), list[Json]()
        if sheet.rows_of:
            pairs = [
                (replace(one, number=number), row)
                for one in found
                for number, row in enumerate(items(one.answers.get(sheet.rows_of)), start=1)
            ]
            found, rows = [one for one, _ in pairs], [row for _, row in pairs]
        yield from zip(*[cells(found, rows) for cells in columns], strict=True)
        progress(min(CHUNK, len(ids) - start))


class Reading:
    """What one sheet needs of each dossier: only that is read, so many at once."""

    CHUNK = CHUNK

    def __init__(self, work: Work, plan: Plan, sheet: Sheet) -> None:
        self.work, self.plan, self.sheet = work, plan, sheet
        found = [column.leaf for column in sheet.columns if column.leaf is not None]
        self.has_answers = bool(found) or bool(sheet.rows_of)
        tops = {leaf.top for leaf in found} | {sheet.rows_of}
        schemes = [plan.scheme]
        secret = {one.id for scheme in schemes for one in scheme.fields.values() if one.is_secret}
        secret |= {leaf.top for leaf in found if leaf.is_sensitive}
        self.opens = bool(tops & secret)
        named = dict.fromkeys(NEEDED.get(column.about) or column.about for column in sheet.columns)
        self.kept = [getattr(Dossier, name) for name in named if name in KEPT]
        self.more = [column.about for column in sheet.columns if column.about in MORE]
        self.ways: dict[int, tuple[Any, ...]] = {}

    def cells(self, column: Column) -> Cells:
        """What reads one column: of many dossiers at once, which is much quicker than cell by cell."""
        words = self.plan.asked.language if self.plan.asked.for_people else ""
        if column.about == ROW:
            return lambda dossiers, rows: [one.number for one in dossiers]
        if column.about:
            about = about_reader(self.work, self.plan, column.about, words)
            return lambda dossiers, rows: [about(one) for one in dossiers]
        assert column.leaf is not None  # it is about the dossier, or of an answer
        top, read = column.leaf.top, reader(column.leaf, words)
        if column.leaf.repeat:
            return lambda dossiers, rows: [read(row) for row in rows]
        return lambda dossiers, rows: [
            None if (answer := one.answers.get(top)) is None else read(answer) for one in dossiers
        ]

    def dossiers(self, ids: Sequence[int]) -> Iterator[Read]:
        """The dossiers of these ids, in order."""
        query = select(*ALWAYS, *self.kept).where(Dossier.id.in_(ids)).order_by(Dossier.id)
        rows: Any = core(self.work.session).execute(query).all()
        answers = self._answers(rows) if self.has_answers else {}
        more = {name: MORE[name](self.work, self.plan, ids) for name in self.more}
        for row in rows:
            said = {name: found[row.id] for name, found in more.items() if row.id in found}
            yield Read(row, answers.get(row.id, {}), said)

    def _answers(self, rows: Sequence[Row[Any]]) -> dict[int, Mapping[str, Json]]:
        """The last filing of each, under the names of the version in force; sealed answers opened only if they are wanted."""
        by_id = {row.id: row for row in rows}
        columns = [Filing.dossier_id, Filing.number, Filing.version_id, Filing.answers]
        query = select(*columns, *([Filing.sealed] if self.opens else []))
        query = query.where(Filing.dossier_id.in_(by_id)).order_by(Filing.dossier_id, Filing.number)
        filings: Any = core(self.work.session).execute(query).all()
        last = {filing.dossier_id: filing for filing in filings}
        return {id: self._read(by_id[id], filing) for id, filing in last.items()}

    def _read(self, row: Row[Any], filing: Row[Any]) -> Mapping[str, Json]:
        found: Mapping[str, Json] = filing.answers
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

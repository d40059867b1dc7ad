"""Keeping figures up: the worker follows the journal seal by seal, and puts what changed of each dossier into the sums.

Acts write nothing for it and wait for nothing: a seal holds what was committed before it, whatever the order of the
commits, and seals come one after the other. What a dossier added is taken away before what it adds now is put in, so that
doing it twice changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select

from dossiers.database import (
    Among,
    Dossier,
    Figure,
    FigureLine,
    FigureMark,
    JournalEntry,
    SchemeRow,
    SchemeVersion,
    Seal,
    add_up,
    core,
    table_of,
    try_lock_name,
    upsert,
)
from dossiers.services import shelf
from dossiers.services.desk import Work, as_of_one_instant
from dossiers.services.figure_facts import counted, kept_lines
from engine.language import Scheme
from workflows.charts import territory_field
from workflows.figures import Cell, Counted, Sums, added, cells

SEALS, KEEPER = "seals", "figures"
SHAPE = 1  # of what is counted: another number has everything counted again
AT_ONCE = 500  # dossiers in one transaction of a first count
MOST_SEALS = 20
ALL = -1  # the mark of a first count that has come to the end

TABLE, LINES = table_of(Figure), table_of(FigureLine)
NAMES = (*Cell._fields,)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sum that isn't what the dossiers come to: how many and how much it holds, and what was counted."""

    scheme: str
    cell: Cell
    kept: tuple[int, int]
    counted: tuple[int, int]


def is_behind(work: Work) -> bool:
    """Whether there is something to follow: a look without any lock."""
    return behind_seals(work) or any(wanted.is_left for wanted in _first_counts(work))


def behind_seals(work: Work) -> bool:
    """Whether the journal has seals the figures haven't followed."""
    mark = work.session.get(FigureMark, SEALS, populate_existing=True)
    last = work.session.scalar(select(func.max(Seal.id))) or 0
    return mark is None or mark.number < last


def keep_up(work: Work) -> int:
    """Follow the next seals, and go on with the first count of each scheme; how many dossiers were looked at."""
    if not try_lock_name(work.session, KEEPER):
        return 0
    ids = _follow_seals(work)
    for wanted in _first_counts(work):
        if wanted.is_left:
            ids += _count_on(work, wanted)
    return ids


def sweep(work: Work) -> None:
    """Drop the sums that came to nothing."""
    if try_lock_name(work.session, KEEPER):
        work.session.execute(delete(TABLE).where(TABLE.c.count == 0, TABLE.c.cents == 0))


@as_of_one_instant
def recount(work: Work, slug: str | None = None) -> tuple[Wrong, ...]:
    """Every sum that isn't what the dossiers come to, of one scheme or of all, counted afresh."""
    query = select(SchemeRow.id, SchemeRow.slug).order_by(SchemeRow.id)
    found: list[Wrong] = []
    for id, name in work.session.execute(
        query if slug is None else query.where(SchemeRow.slug == slug)
    ).all():
        kept, sums = _sums(work, id), counted_afresh(work, id)
        nothing = (0, 0)
        found += [
            Wrong(name, cell, kept.get(cell, nothing), sums.get(cell, nothing))
            for cell in sorted({*kept, *sums})
            if kept.get(cell, nothing) != sums.get(cell, nothing)
        ]
    return tuple(found)


def counted_afresh(work: Work, scheme_id: int) -> Sums:
    """The sums of a scheme, from its dossiers; one on which something was done that figures don't follow yet is counted as
    it was."""
    sums: Sums = {}
    after, waiting = 0, _waiting(work)
    while ids := _next(work, scheme_id, after):
        now = counted(work, [id for id in ids if id not in waiting])
        before = kept_lines(work, [id for id in ids if id in waiting])
        for one in (*(one for _, one in now.values()), *before.values()):
            added(sums, cells(one))
        after = ids[-1]
    return sums


def _waiting(work: Work) -> set[int]:
    """The dossiers on which something was done since the figures were brought up to date."""
    row: Any = JournalEntry
    mark = work.session.scalar(select(FigureMark.number).where(FigureMark.name == SEALS)) or 0
    query = select(row.dossier_id).where(row.dossier_id.is_not(None)).distinct()
    found = [row.seal_id.is_(None), row.seal_id > mark]
    return {id for unfollowed in found for id in work.session.scalars(query.where(unfollowed))}


def put(work: Work, ids: Collection[int]) -> None:
    """Bring what these dossiers add to the sums up to date. Of most acts nothing is counted: then nothing is written."""
    query = select(LINES).where(Among(LINES.c.dossier_id, ids))
    old = {
        row.dossier_id: (row.scheme_id, Counted.from_json(row.counted))
        for row in core(work.session).execute(query)
    }
    new = counted(work, ids)
    same = {id for id, one in new.items() if old.get(id) == one}
    changes: dict[int, Sums] = {}
    for found, sign in ((old, -1), (new, 1)):
        for id in found.keys() - same:
            scheme_id, one = found[id]
            added(changes.setdefault(scheme_id, {}), cells(one), sign)
    _write_lines(work, old.keys() - same, {id: one for id, one in new.items() if id not in same})
    for scheme_id, sums in changes.items():
        _change(work, scheme_id, sums)


def _follow_seals(work: Work) -> int:
    session = work.session
    mark = session.get(FigureMark, SEALS, populate_existing=True)
    if mark is None:  # what is sealed by now is met by the first count
        _mark(work, SEALS, session.scalar(select(func.max(Seal.id))) or 0)
        return 0
    seals = session.scalars(
        select(Seal.id).where(Seal.id > mark.number).order_by(Seal.id).limit(MOST_SEALS)
    ).all()
    if not seals:
        return 0
    row: Any = JournalEntry
    query = select(row.dossier_id).where(row.seal_id.in_(seals), row.dossier_id.is_not(None)).distinct()
    ids = sorted(session.scalars(query))
    for chunk in _chunks(ids):
        put(work, chunk)
    _mark(work, SEALS, seals[-1])
    return len(ids)


@dataclass(frozen=True, slots=True)
class FirstCount:
    """How far the first count of a scheme is: the last dossier it has come to, ALL when it is over."""

    scheme_id: int
    shape: str
    after: int

    @property
    def name(self) -> str:
        return f"scheme:{self.scheme_id}"

    @property
    def is_left(self) -> bool:
        return self.after != ALL


def _first_counts(work: Work) -> list[FirstCount]:
    """The schemes, each with how far its figures of the present shape are."""
    row: Any = SchemeVersion
    query = (
        select(row.scheme_id, row.id, row.checksum).where(row.retired_at.is_(None)).order_by(row.scheme_id)
    )
    marks = {one.name: one for one in work.session.execute(select(table_of(FigureMark)))}
    found = []
    for scheme_id, version_id, checksum in work.session.execute(query).all():
        shape = shape_of(shelf.scheme_of(work.session, version_id, checksum))
        mark = marks.get(f"scheme:{scheme_id}")
        found.append(FirstCount(scheme_id, shape, mark.number if mark and mark.shape == shape else 0))
    return found


def is_counted(work: Work, scheme_id: int) -> bool:
    """Whether the first count of a scheme is over, for all that it declares now."""
    return any(one.scheme_id == scheme_id and not one.is_left for one in _first_counts(work))


def shape_of(scheme: Scheme) -> str:
    """What is counted of the dossiers of a scheme, as one digest: it changes when its pictures do."""
    place = territory_field(scheme)
    charts = [
        [one.id, one.measure, one.by, one.where.text if one.where else ""]
        for one in scheme.dashboard.charts.values()
    ]
    told = json.dumps([SHAPE, place.id if place else "", charts])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _count_on(work: Work, wanted: FirstCount) -> int:
    ids = _next(work, wanted.scheme_id, wanted.after)
    if ids:
        put(work, ids)
    _mark(work, wanted.name, ids[-1] if len(ids) == AT_ONCE else ALL, wanted.shape)
    return len(ids)


def _next(work: Work, scheme_id: int, after: int) -> Sequence[int]:
    here = (Dossier.scheme_id == scheme_id, Dossier.id > after)
    return work.session.scalars(select(Dossier.id).where(*here).order_by(Dossier.id).limit(AT_ONCE)).all()


def _mark(work: Work, name: str, number: int, shape: str = "") -> None:
    values = {"number": number, "shape": shape, "at": work.now}
    work.session.execute(upsert(work.session, FigureMark, {"name": name, **values}, **values))


def _sums(work: Work, scheme_id: int) -> Sums:
    rows = core(work.session).execute(select(TABLE).where(TABLE.c.scheme_id == scheme_id))
    return {Cell(*(getattr(row, name) for name in NAMES)): (row._mapping["count"], row.cents) for row in rows}


def _write_lines(work: Work, old: Collection[int], new: Mapping[int, tuple[int, Counted]]) -> None:
    if old:
        core(work.session).execute(delete(LINES).where(Among(LINES.c.dossier_id, old)))
    rows = [
        {"dossier_id": id, "scheme_id": scheme_id, "counted": one.to_json()}
        for id, (scheme_id, one) in sorted(new.items())
    ]
    if rows:
        core(work.session).execute(insert(LINES), rows)


def _change(work: Work, scheme_id: int, sums: Sums) -> None:
    """Add to the sums what changed."""
    rows = [
        {"scheme_id": scheme_id, **cell._asdict(), "count": count, "cents": cents}
        for cell, (count, cents) in sorted(sums.items())
        if count or cents
    ]
    add_up(work.session, Figure, rows, "count", "cents")


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]

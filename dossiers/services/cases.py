"""A filed dossier read whole: what was answered, what the rules said, what was ticked, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from dossiers.changes import filing, schedule
from dossiers.changes.filing import Filed
from dossiers.database import ChecklistMark, Dossier, JournalEntry, VerdictRow
from dossiers.services.desk import Work
from dossiers.services.filling import read
from dossiers.services.opened import Opened
from dossiers.services.timeline import Move
from engine.asked import Reading
from engine.eligibility import Verdict
from engine.language import Scheme
from workflows.lifecycle import Done, Situation


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a dossier's journal."""

    at: datetime
    action: str
    actor_kind: str
    actor_id: str
    actor_name: str
    source: str | None
    target: str | None
    payload: Mapping[str, Any]

    @property
    def move(self) -> Move:
        """The entry as a move, for the timeline."""
        return Move(
            self.at, self.action, self.actor_kind, self.source, self.target, self.payload.get("filing")
        )


@dataclass(frozen=True, slots=True)
class Tick:
    """One item of a checklist as it stands."""

    done: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier at the moment of an act; a fresh one is made for each act."""

    opened: Opened
    filed: Filed
    reading: Reading
    verdict: Verdict | None
    ticks: Mapping[str, Tick]
    entries: tuple[Entry, ...]

    @property
    def dossier(self) -> Dossier:
        """The row, locked when the case is read for an act."""
        return self.opened.dossier

    @property
    def scheme(self) -> Scheme:
        """The scheme the dossier follows."""
        return self.opened.scheme

    @property
    def moves(self) -> tuple[Entry, ...]:
        """The entries that led to a state."""
        return tuple(entry for entry in self.entries if entry.target is not None)

    def after(self, entry: Entry) -> Case:
        """The case with one thing more done."""
        return replace(self, entries=(*self.entries, entry))


def load(work: Work, opened: Opened) -> Case:
    """Read a filed dossier whole. Raises LookupError when it was never filed."""
    dossier = opened.dossier
    filed = filing.latest(work.session, work.office.vault, dossier)
    if filed is None:
        raise LookupError(f"dossier {dossier.id} was never filed")
    reading = read(work, opened, filed.answers)
    verdict = _verdict(work, dossier)
    return Case(opened, filed, reading, verdict, ticks(work, dossier), entries(work, opened))


def situation(work: Work, case: Case) -> Situation:
    """What the workflow judges by."""
    return Situation(
        scheme=case.scheme,
        state=case.dossier.state,
        values=case.reading.values,
        verdict=case.verdict,
        checklist={item: tick.done for item, tick in case.ticks.items()},
        history=tuple(Done(entry.action, entry.actor_id, entry.at) for entry in case.moves),
        now=work.now,
        organisation=work.office.organisation,
    )


def entries(work: Work, opened: Opened) -> tuple[Entry, ...]:
    """What the journal holds of a dossier, oldest first."""
    query = select(
        JournalEntry.at,
        JournalEntry.action,
        JournalEntry.actor_kind,
        JournalEntry.actor_id,
        JournalEntry.actor_name,
        JournalEntry.source,
        JournalEntry.target,
        JournalEntry.payload,
    )
    query = query.where(JournalEntry.stream == opened.stream).order_by(JournalEntry.number)
    rows: Any = work.session.execute(query)
    return tuple(
        Entry(
            row.at,
            row.action,
            row.actor_kind,
            row.actor_id,
            row.actor_name,
            row.source,
            row.target,
            row.payload or {},
        )
        for row in rows
    )


def ticks(work: Work, dossier: Dossier) -> dict[str, Tick]:
    """The items ticked or unticked, the last word on each."""
    query = select(ChecklistMark.item, ChecklistMark.done, ChecklistMark.by, ChecklistMark.at)
    query = query.where(ChecklistMark.dossier_id == dossier.id).order_by(ChecklistMark.id)
    return {item: Tick(done, by, at) for item, done, by, at in work.session.execute(query)}


def stays(entries: Iterable[Entry]) -> tuple[schedule.Stay, ...]:
    """The states a dossier came to, and when."""
    return tuple(schedule.Stay(entry.at, entry.target) for entry in entries if entry.target)


def _verdict(work: Work, dossier: Dossier) -> Verdict | None:
    query = select(VerdictRow.rules).where(VerdictRow.dossier_id == dossier.id).order_by(VerdictRow.id.desc())
    found = work.session.scalar(query.limit(1))
    return None if found is None else Verdict.from_json(found)

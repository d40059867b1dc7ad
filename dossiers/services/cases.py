"""A filed dossier read whole: what was answered, what the rules said, what was ticked, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from dossiers.changes import filing
from dossiers.changes.filing import Filed
from dossiers.database import ChecklistMark, Document, Dossier, JournalEntry, VerdictRow, core, table_of
from dossiers.services import earlier, facts, older, opinions, polls
from dossiers.services.desk import Work
from dossiers.services.filling import read
from dossiers.services.in_force import decided
from dossiers.services.masking import crossed_out
from dossiers.services.opened import Opened
from dossiers.services.signatures import standing
from dossiers.services.taking_out import without
from dossiers.services.timeline import Move
from engine.asked import Reading
from engine.asked.parties import concerned
from engine.eligibility import Verdict, judge
from engine.facts import Kept
from engine.kinds import Json
from engine.kinds.file import may_come_later
from engine.language import Scheme
from workflows import legal_clock, parts
from workflows.lifecycle import Done, Situation
from workflows.signing import signed_in

JOURNAL, MARKS, VERDICTS = table_of(JournalEntry), table_of(ChecklistMark), table_of(VerdictRow)
TOLD = ("at", "action", "actor_kind", "actor_id", "actor_name", "source", "target", "payload")
ENTRIES = (
    select(*(JOURNAL.c[name] for name in TOLD))
    .where(JOURNAL.c.stream == bindparam("stream"))
    .order_by(JOURNAL.c.number)
)
TICKS = (
    select(MARKS.c.item, MARKS.c.done, MARKS.c.by, MARKS.c.at)
    .where(MARKS.c.dossier_id == bindparam("dossier"))
    .order_by(MARKS.c.id)
)
INFECTED = select(Document.public_id).where(
    Document.dossier_id == bindparam("dossier"), Document.scan == "infected"
)
VERDICT = (
    select(VERDICTS.c.rules)
    .where(VERDICTS.c.dossier_id == bindparam("dossier"))
    .order_by(VERDICTS.c.id.desc())
    .limit(1)
)


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
    """A dossier at the moment of an act; a fresh one is made for each act. `kept`: the facts kept beside it; `counts`:
    whether what rests on other dossiers was counted anew, as it is until a decision."""

    opened: Opened
    filed: Filed
    reading: Reading
    verdict: Verdict | None
    ticks: Mapping[str, Tick]
    entries: tuple[Entry, ...]
    kept: Mapping[str, Kept] = field(default_factory=dict)
    counts: bool = False

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
    """Read a filed dossier whole; what rests on other dossiers is judged anew until it is decided. Raises LookupError
    when it was never filed."""
    dossier = opened.dossier
    filed = filing.latest(work.session, work.office.vault, dossier)
    if filed is None:
        raise LookupError(f"dossier {dossier.id} was never filed")
    filed = as_followed(work, opened, filed)
    kept, told = facts.kept(work, opened), entries(work, opened)
    counts = bool(earlier.of_scheme(opened.scheme)) and decided(work, opened, told) is None
    reading = read(work, opened, filed.answers, kept, settled=not counts)
    verdict = kept_verdict(work, dossier)
    if counts and verdict is not None:
        verdict = crossed_out(opened.scheme, judge(reading))  # others may have been granted since the deposit
    return Case(opened, filed, reading, verdict, ticks(work, dossier), told, kept, counts)


def as_followed(work: Work, opened: Opened, filed: Filed) -> Filed:
    """A filing as the version the dossier follows now reads it: it stays as it was, its answers follow their fields."""
    versions, dossier = (filed.version_id, opened.version_id), opened.dossier
    if versions[0] == versions[1]:
        return filed
    answers = older.carry(work, dossier.scheme_id, filed.answers, versions, dossier.filed_at)
    return replace(filed, answers=answers)


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
        parties=concerned(case.reading),
        signed=_signed(work, case),
        awaited=awaited(work, case),
        outcomes=polls.outcomes(work, case.scheme, case.dossier),
        decided_on=_decided_on(work, case.dossier),
        tasks=dict.fromkeys(task_marks(case), True),
        opinions=opinions.given(work, case.scheme, case.dossier),
    )


def task_marks(case: Case) -> dict[str, Tick]:
    """The tasks done since the dossier came to its state, with who said so; those of the state it is in a part of are done since
    it came to that one."""
    workflow, here = case.scheme.workflow, case.dossier.state
    state = workflow.states.get(here)  # None: it bears another name in this version
    tasks = state.tasks if state else {}
    marks = {id: case.ticks[f"tasks.{id}"] for id in tasks if f"tasks.{id}" in case.ticks}
    if not marks:
        return {}
    since, of_outer = case.dossier.state_since, workflow.states[parts.outermost(workflow, here)].tasks
    outer_since = outer_since_of(case) or since
    return {
        id: tick
        for id, tick in marks.items()
        if tick.done and tick.at >= (outer_since if id in of_outer else since)
    }


def outer_since_of(case: Case) -> datetime | None:
    """When the dossier came to the state it is in a part of; None in a state without parts."""
    workflow, here = case.scheme.workflow, case.dossier.state
    if len(workflow.inside(parts.outermost(workflow, here))) == 1:
        return None
    return parts.since(workflow, here, stays(case.entries, case.scheme))


def _decided_on(work: Work, dossier: Dossier) -> date | None:
    at = dossier.decided_at
    return None if at is None else work.office.organisation.local_date(at)


def awaited(work: Work, case: Case) -> tuple[str, ...]:
    """The fields asked whose document may come after the deposit, and hasn't come; one found infected never came."""
    asked = (field for page in case.reading.pages for field in page.fields)
    later = [one.id for one in asked if may_come_later(one)]
    answers = case.reading.answers
    if case.dossier.filed_at is not None and any(answers.get(id) for id in later):
        answers = without_infected(work, case.dossier, answers)
    return tuple(id for id in later if not answers.get(id))


def without_infected(work: Work, dossier: Dossier, answers: Mapping[str, Json]) -> Mapping[str, Json]:
    """The answers without the documents a virus was found in: a filing names them for good, but they are gone."""
    for document_id in work.session.scalars(INFECTED, {"dossier": dossier.id}):
        answers = without(answers, document_id)
    return answers


def _signed(work: Work, case: Case) -> frozenset[str]:
    """Those whose signature stands, where the dossier waits for any."""
    action = signed_in(case.scheme.workflow, case.dossier.state)
    return frozenset() if action is None else standing(work, case.opened, case.reading, action)


def entries(work: Work, opened: Opened) -> tuple[Entry, ...]:
    """What the journal holds of a dossier, oldest first."""
    rows = core(work.session).execute(ENTRIES, {"stream": opened.stream})
    return tuple(Entry(**{**row, "payload": row["payload"] or {}}) for row in rows.mappings())


def ticks(work: Work, dossier: Dossier) -> dict[str, Tick]:
    """The items ticked or unticked, the last word on each."""
    rows = core(work.session).execute(TICKS, {"dossier": dossier.id})
    return {item: Tick(done, by, at) for item, done, by, at in rows}


def stays(entries: Iterable[Entry], scheme: Scheme) -> tuple[legal_clock.Stay, ...]:
    """The states a dossier came to, and when; a state that bears another name in this version is called by it."""
    called = scheme.migration.state if scheme.migration else str
    return tuple(legal_clock.Stay(entry.at, called(entry.target)) for entry in entries if entry.target)


def kept_verdict(work: Work, dossier: Dossier) -> Verdict | None:
    """What the rules said last, as it was kept."""
    found = core(work.session).scalar(VERDICT, {"dossier": dossier.id})
    return None if found is None else Verdict.from_json(found)

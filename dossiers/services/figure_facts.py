"""What dossiers add to the figures now, read from their rows: of a few at a time, in as many questions whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from dossiers.changes.amounts import from_cents
from dossiers.database import (
    Among,
    AmountStep,
    Dossier,
    FigureLine,
    Filing,
    GroupMark,
    JournalEntry,
    SchemeVersion,
    VerdictRow,
)
from dossiers.services import older, shelf
from dossiers.services.desk import Work
from engine.asked import Reading, read_answers
from engine.kinds import Json
from engine.language import Scheme
from workflows.charts import counted_under, territory, territory_field
from workflows.figures import Counted
from workflows.money import standing as money_of

STEPS = ("requested", "granted", "reversed", "due", "paid", "returned")
TAKEN_FROM = {"reversed": "granted", "returned": "paid"}  # what a step makes less of
COLUMNS = (
    Dossier.id,
    Dossier.scheme_id,
    Dossier.version_id,
    Dossier.state,
    Dossier.state_since,
    Dossier.filed_at,
    Dossier.decided_at,
    Dossier.ended_at,
    Dossier.purged_at,
    Dossier.assigned_to,
)


def counted(work: Work, ids: Collection[int]) -> dict[int, tuple[int, Counted]]:
    """What each of these dossiers adds: its scheme, and what is counted of it; nothing for a draft.

    Of an anonymised one it is what it was before: its answers are gone, figures stay.
    """
    filed = (Among(Dossier.id, ids), Dossier.filed_at.is_not(None))
    rows = work.session.execute(select(*COLUMNS).where(*filed)).all()
    kept = kept_lines(work, [row.id for row in rows if row.purged_at is not None])
    wanted = [row for row in rows if row.id not in kept]
    read = _Read(work, wanted)
    found = {row.id: (row.scheme_id, read.one(row)) for row in wanted}
    return found | {row.id: (row.scheme_id, kept[row.id]) for row in rows if row.id in kept}


def kept_lines(work: Work, ids: Collection[int]) -> dict[int, Counted]:
    """What the sums hold of these dossiers."""
    query = select(FigureLine.dossier_id, FigureLine.counted).where(Among(FigureLine.dossier_id, ids))
    return {id: Counted.from_json(data) for id, data in work.session.execute(query)} if ids else {}


class _Read:
    """The rows beside some dossiers, each table asked once."""

    def __init__(self, work: Work, rows: Iterable[Any]) -> None:
        self._work = work
        rows = list(rows)
        self._in_force = _schemes_in_force(work, {row.scheme_id for row in rows})
        self._followed = _schemes(work, {row.version_id for row in rows})
        ids = [row.id for row in rows]
        self._groups = _groups(work, ids)
        self._steps = _steps(work, ids)
        self._moves = _moves(work, [row.id for row in rows if row.decided_at is not None])
        self._refused = _failed_rules(work, [row.id for row in rows if self._outcome(row)[0] == "refused"])
        asking = {id for id, (_, scheme) in self._in_force.items() if needs_answers(scheme)}
        self._filings = _filings(work, [row.id for row in rows if row.scheme_id in asking])

    def one(self, row: Any) -> Counted:
        """What is counted of one dossier."""
        outcome, move = self._outcome(row)
        money = tuple(self._money(row.id))
        where, charts = self._places(row, money)
        standing = money_of((kind, cents) for kind, cents, _ in self._steps.get(row.id, ()))
        return Counted(
            state=row.state,
            since=self._day(row.state_since),
            going_on=row.ended_at is None,
            filed=self._day(row.filed_at),
            holder=str(row.assigned_to or ""),
            decided=row.decided_at and self._day(row.decided_at),
            outcome=outcome,
            decider=move.actor_id if move is not None and move.actor_kind == "staff" else "",
            reasons=self._reasons(row, outcome, move),
            money=money,
            groups=tuple(sorted(self._groups.get(row.id, ()))),
            territory=where,
            charts=charts,
            due=standing.payable,
            owed=standing.overpaid,
        )

    def _day(self, at: Any) -> date:
        return self._work.office.organisation.local_date(at)

    def _outcome(self, row: Any) -> tuple[str, Any]:
        """How it was decided last ("granted", "refused", "" when its version no longer says), and the move that did it."""
        found: tuple[str, Any] = ("", None)
        states = self._followed[row.version_id].workflow.states
        for move in self._moves.get(row.id, ()):
            state = states.get(move.target)
            if state is not None and state.decision is not None:
                found = (state.decision, move)
        return found

    def _reasons(self, row: Any, outcome: str, move: Any) -> tuple[str, ...]:
        """Why it was refused: the reason who decided chose in a list, else the rules that don't hold."""
        if outcome != "refused":
            return ()
        action = self._followed[row.version_id].workflow.actions.get(move.action)
        form: Mapping[str, Json] = (move.payload or {}).get("form") or {}
        chosen = [
            f"{move.action}.{id}.{form[id]}"
            for id, field in (action.form.items() if action else ())
            if field.kind == "choice" and isinstance(form.get(id), str)
        ]
        return tuple(chosen or self._refused.get(row.id, ()))

    def _money(self, id: int) -> Iterable[tuple[str, date, int]]:
        asked = None
        for kind, cents, at in self._steps.get(id, ()):
            if kind == "requested":
                asked = (kind, self._day(at), cents)
            elif kind in TAKEN_FROM:
                yield TAKEN_FROM[kind], self._day(at), -cents
            elif kind != "due":
                yield kind, self._day(at), cents
        if asked is not None:
            yield asked

    def _places(
        self, row: Any, money: Iterable[tuple[str, date, int]]
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Where it lies, and what it stands under in the declared pictures, by the version in force."""
        filing = self._filings.get(row.id)
        if filing is None:
            return "", ()
        version_id, scheme = self._in_force[row.scheme_id]
        answers = older.carry(
            self._work, row.scheme_id, filing.answers, (filing.version_id, version_id), row.filed_at
        )
        where = territory(territory_field(scheme), answers)
        if not scheme.dashboard.charts:
            return where, ()
        reading = self._reading(row, scheme, answers)
        held = sum(cents for kind, _, cents in money if kind == "granted")
        known = {
            "dossier": {"state": row.state, "deposited_on": self._day(row.filed_at)},
            "award": {"granted": from_cents(held)},
        }
        charts = tuple(
            (chart.id, value)
            for chart in scheme.dashboard.charts.values()
            for value in counted_under(scheme, chart, answers, reading, known)
        )
        return where, charts

    def _reading(self, row: Any, scheme: Scheme, answers: Mapping[str, Json]) -> Reading | None:
        """The answers as rules read them, on the day of the deposit; None where no picture has a condition."""
        if all(chart.where is None for chart in scheme.dashboard.charts.values()):
            return None
        organisation, day = self._work.office.organisation, self._day(row.filed_at)
        return read_answers(scheme, answers, now=row.filed_at, organisation=organisation, deposited_on=day)


def needs_answers(scheme: Scheme) -> bool:
    """Whether answers are needed to count the dossiers of a scheme."""
    return bool(scheme.dashboard.charts) or territory_field(scheme) is not None


def _schemes_in_force(work: Work, ids: Collection[int]) -> dict[int, tuple[int, Scheme]]:
    row: Any = SchemeVersion
    query = select(row.scheme_id, row.id, row.checksum).where(
        Among(row.scheme_id, ids), row.retired_at.is_(None)
    )
    return {
        scheme: (id, shelf.scheme_of(work.session, id, checksum))
        for scheme, id, checksum in work.session.execute(query)
    }


def _schemes(work: Work, ids: Collection[int]) -> dict[int, Scheme]:
    query = select(SchemeVersion.id, SchemeVersion.checksum).where(Among(SchemeVersion.id, ids))
    found = work.session.execute(query).all()
    return {id: shelf.scheme_of(work.session, id, checksum) for id, checksum in found}


def _groups(work: Work, ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(GroupMark.dossier_id, GroupMark.group_id).where(Among(GroupMark.dossier_id, ids))
    for id, group in work.session.execute(query):
        found[id].append(group)
    return found


def _steps(work: Work, ids: Collection[int]) -> dict[int, list[tuple[str, int, Any]]]:
    found: dict[int, list[tuple[str, int, Any]]] = defaultdict(list)
    row: Any = AmountStep
    wanted = (Among(row.dossier_id, ids), row.kind.in_(STEPS))
    query = select(row.dossier_id, row.kind, row.cents, row.at).where(*wanted).order_by(row.id)
    for id, kind, cents, at in work.session.execute(query):
        found[id].append((kind, cents, at))
    return found


def _moves(work: Work, ids: Collection[int]) -> dict[int, list[Any]]:
    """What was done to decided dossiers at the moment they were decided."""
    found: dict[int, list[Any]] = defaultdict(list)
    row: Any = JournalEntry
    query = (
        select(row.dossier_id, row.action, row.target, row.actor_kind, row.actor_id, row.payload)
        .join(Dossier, and_(Dossier.id == row.dossier_id, Dossier.decided_at == row.at))
        .where(Among(row.dossier_id, ids), row.target.is_not(None))
        .order_by(row.id)
    )
    for one in work.session.execute(query) if ids else ():
        found[one.dossier_id].append(one)
    return found


def _failed_rules(work: Work, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The rules that the last verdict on each of these found not to hold."""
    row: Any = VerdictRow
    last = select(func.max(row.id)).where(Among(row.dossier_id, ids)).group_by(row.dossier_id)
    query = select(row.dossier_id, row.rules).where(row.id.in_(last))
    return {
        id: tuple(
            one["id"] for one in verdict["rules"] if one["outcome"] is False and one["severity"] == "refuse"
        )
        for id, verdict in (work.session.execute(query) if ids else ())
    }


def _filings(work: Work, ids: Collection[int]) -> dict[int, Any]:
    row: Any = Filing
    last = select(func.max(row.id)).where(Among(row.dossier_id, ids)).group_by(row.dossier_id)
    query = select(row.dossier_id, row.version_id, row.answers).where(row.id.in_(last))
    return {one.dossier_id: one for one in work.session.execute(query)} if ids else {}

"""Taking money from envelopes and giving it back, under the lock of their rows: of two who want the last euro, one gets it.

Called inside an act. `Place` is an envelope a dossier draws on, with what is voted into it today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from dossiers.database import Dossier, EnvelopeHold, EnvelopeRow, core, insert_or_ignore, table_of
from workflows.funding import Stage

COUNTED = ("reserved", "committed")
HELD = table_of(EnvelopeHold)
STAGES = select(HELD.c.stage).where(HELD.c.dossier_id == bindparam("dossier"))
HOLDS = select(EnvelopeHold).where(EnvelopeHold.dossier_id == bindparam("dossier"))
ANEW = {"populate_existing": True}


@dataclass(frozen=True, slots=True)
class Place:
    """An envelope a dossier draws on; `key` None: nobody can tell which, so that there is no room."""

    name: str
    key: str | None
    voted: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a dossier is to hold in each of its envelopes, in cents; `rank_at` is its place in a waiting list; `is_forced`: it
    is held whether there is room or not, for it is spent."""

    stage: Stage
    cents: int
    rank_at: datetime
    paid: int = 0
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a claim: the names of the envelopes that had no room (then nothing was written), and the ids of those
    that got some back."""

    short: tuple[str, ...] = ()
    freed: tuple[int, ...] = ()


def take(session: Session, dossier: Dossier, places: Sequence[Place], claim: Claim) -> Taken:
    """Hold what is claimed in all these envelopes, or in none; give back what is held in others."""
    rows, holds = _lock(session, dossier, places)
    short = tuple(
        place.name
        for place in places
        if not _fits(session, dossier, rows.get(_of(place)), place, claim, holds)
    )
    if short:
        return Taken(short)
    mine = [rows[_of(place)] for place in places if place.key is not None]
    freed = [row.id for row in mine if _put(session, dossier, row, holds.get(row.id), claim)]
    gone = Claim("released", 0, claim.rank_at)
    kept = {row.id for row in mine}
    others = [row for row in rows.values() if row.id in holds and row.id not in kept]
    freed += [row.id for row in others if _put(session, dossier, row, holds[row.id], gone)]
    session.flush()
    return Taken((), tuple(freed))


def wait(session: Session, dossier: Dossier, places: Sequence[Place], claim: Claim) -> tuple[int, ...]:
    """Wait where there is no room; nothing is held meanwhile. Returns the envelopes waited for."""
    rows, holds = _lock(session, dossier, places)
    found: list[int] = []
    for place in places:
        if (row := rows.get(_of(place))) is None:
            continue
        fits = _fits(session, dossier, row, place, claim, {})
        stage: Stage = "released" if fits else "waiting"
        _put(
            session, dossier, row, holds.get(row.id), Claim(stage, 0 if fits else claim.cents, claim.rank_at)
        )
        found += [] if fits else [row.id]
    session.flush()
    return tuple(found)


def stage_of(session: Session, dossier: Dossier) -> Stage | None:
    """Where a dossier stands with its envelopes as a whole; None when it never drew on any."""
    session.flush()
    stages = set(core(session).scalars(STAGES, {"dossier": dossier.id}))
    order: tuple[Stage, ...] = ("waiting", "committed", "reserved", "released")
    return next((stage for stage in order if stage in stages), None)


_Key = tuple[str, str]


def _of(place: Place) -> _Key:
    return place.name, place.key or ""


def _lock(
    session: Session, dossier: Dossier, places: Iterable[Place]
) -> tuple[dict[_Key, EnvelopeRow], Mapping[int, EnvelopeHold]]:
    """The rows of these envelopes and of those the dossier holds something in, locked in one order for everybody."""
    wanted = [_of(place) for place in places if place.key is not None]
    mine = (EnvelopeRow.scheme_id == dossier.scheme_id,)
    named = [and_(EnvelopeRow.name == name, EnvelopeRow.key == key) for name, key in wanted]
    held = EnvelopeRow.id.in_(select(EnvelopeHold.envelope_id).where(EnvelopeHold.dossier_id == dossier.id))
    query = select(EnvelopeRow).where(*mine, or_(held, *named)).order_by(EnvelopeRow.id).with_for_update()
    session.flush()
    rows = {(row.name, row.key): row for row in session.scalars(query, execution_options=ANEW)}
    if missing := sorted(set(wanted) - set(rows)):
        for name, key in missing:
            row = {"scheme_id": dossier.scheme_id, "name": name, "key": key}
            counters = {"reserved_cents": 0, "committed_cents": 0, "paid_cents": 0}
            insert_or_ignore(session, EnvelopeRow, {**row, **counters})
        rows = {(row.name, row.key): row for row in session.scalars(query, execution_options=ANEW)}
    fresh = session.scalars(HOLDS, {"dossier": dossier.id}, execution_options=ANEW)
    return rows, {hold.envelope_id: hold for hold in fresh}


def _fits(
    session: Session,
    dossier: Dossier,
    row: EnvelopeRow | None,
    place: Place,
    claim: Claim,
    holds: Mapping[int, EnvelopeHold],
) -> bool:
    """Whether there is room, and nobody waits for it who was there before."""
    own = _counted(holds.get(row.id)) if row else 0
    if claim.stage == "released" or claim.cents <= own or claim.is_forced:
        return True
    if row is None:
        return False
    room = place.voted - row.reserved_cents - row.committed_cents + own
    return room >= claim.cents and (own > 0 or not _is_awaited(session, dossier, row, claim))


def _is_awaited(session: Session, dossier: Dossier, row: EnvelopeRow, claim: Claim) -> bool:
    """Whether another dossier waits for this envelope, and ranks before."""
    ahead = or_(
        EnvelopeHold.rank_at < claim.rank_at,
        and_(EnvelopeHold.rank_at == claim.rank_at, EnvelopeHold.dossier_id < dossier.id),
    )
    query = select(EnvelopeHold.id).where(
        EnvelopeHold.envelope_id == row.id,
        EnvelopeHold.stage == "waiting",
        EnvelopeHold.dossier_id != dossier.id,
        ahead,
    )
    return session.scalar(query.limit(1)) is not None


def _counted(hold: EnvelopeHold | None) -> int:
    return hold.cents if hold is not None and hold.stage in COUNTED else 0


def _put(
    session: Session, dossier: Dossier, row: EnvelopeRow, hold: EnvelopeHold | None, claim: Claim
) -> bool:
    """Write one hold and the figures of its envelope; whether the envelope got something back."""
    before = _counted(hold)
    if hold is None:
        hold = EnvelopeHold(
            dossier_id=dossier.id, envelope_id=row.id, paid_cents=0, cents=0, stage="released"
        )
        session.add(hold)
    changed: dict[str, int] = {"reserved": 0, "committed": 0}
    if hold.stage in COUNTED:
        changed[hold.stage] -= hold.cents
    if claim.stage in COUNTED:
        changed[claim.stage] += claim.cents
    row.reserved_cents += changed["reserved"]
    row.committed_cents += changed["committed"]
    row.paid_cents += claim.paid - hold.paid_cents
    hold.stage, hold.cents, hold.paid_cents, hold.rank_at = (
        claim.stage,
        claim.cents,
        claim.paid,
        claim.rank_at,
    )
    return sum(changed.values()) < 0 and before > 0

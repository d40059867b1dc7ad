"""The waiting list of an envelope: the first of it is taken out as soon as there is enough for it. One dossier an act."""

from __future__ import annotations

from sqlalchemy import select

from dossiers.database import EnvelopeHold, savepoint
from dossiers.services import funding
from dossiers.services.cases import Case, load, situation
from dossiers.services.desk import Work
from dossiers.services.funding import Exhausted
from dossiers.services.opened import by_id
from dossiers.services.progress import advance
from dossiers.services.snapshot import Act
from workflows import lifecycle
from workflows.funding import budget_of
from workflows.lifecycle import SYSTEM, Refusal, Step


def promote_first(work: Work, envelope_id: int) -> bool:
    """Take the first of a waiting list out of it; False when there is nobody, or not enough for the first.

    Everything is read again under the dossier's lock, so that it may be tried by any number of workers, at any time.
    """
    first = _first(work, envelope_id)
    if first is None or (opened := by_id(work, first, lock=True)) is None:
        return False
    if _first(work, envelope_id) != first:
        return True  # it has moved meanwhile: look again
    case = load(work, opened)
    step = _step(work, case)
    if step is None:
        return False
    try:
        with savepoint(work.session):
            advance(work, case, step, Act(SYSTEM))
    except Exhausted:
        return _waits_elsewhere(work, case, envelope_id)
    return True


def _waits_elsewhere(work: Work, case: Case, envelope_id: int) -> bool:
    """Whether it is another envelope that has no room: then the dossier waits there, and the next one is looked at."""
    funding.wait_anew(work, case)
    return _first(work, envelope_id) != case.dossier.id


def _first(work: Work, envelope_id: int) -> int | None:
    waiting = select(EnvelopeHold.dossier_id).where(
        EnvelopeHold.envelope_id == envelope_id, EnvelopeHold.stage == "waiting"
    )
    return work.session.scalar(waiting.order_by(EnvelopeHold.rank_at, EnvelopeHold.dossier_id).limit(1))


def _step(work: Work, case: Case) -> Step | None:
    """The way out of the list; None when the workflow has none from where the dossier stands."""
    budget = budget_of(case.scheme)
    if budget is None or budget.promote is None:
        return None
    found = lifecycle.fire(situation(work, case), budget.promote, SYSTEM)
    return None if isinstance(found, Refusal) else found

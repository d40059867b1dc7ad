"""The next dossier of the queue, taken by one button: nobody holds it, it waits longest, and who presses may treat it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from dossiers.access import Viewer
from dossiers.database import DeadlineRow, Dossier
from dossiers.services.cases import Case, load, situation
from dossiers.services.desk import Work
from dossiers.services.distributing import give
from dossiers.services.opened import for_staff, roles_in
from dossiers.services.perimeters import within
from dossiers.services.progress import advance, attempt
from dossiers.services.snapshot import Act
from dossiers.services.staff import actor_of
from dossiers.services.wanted import FILED, served
from engine.language import Scheme
from engine.language.model import Action
from workflows import lifecycle
from workflows.distribution import Agent
from workflows.expected import expected_of

LOOKED_AT = 20  # dossiers in a row that four eyes keep from who asks, before they are told that there is none
TAKEN = "taken"


def take_next(work: Work, viewer: Viewer, slug: str) -> str | None:
    """Put the dossier to treat first in the viewer's hands; its public id, None when nothing waits for them.

    Two who press at once get two dossiers: each passes over the rows the other has locked. Where an action of the scheme
    takes dossiers up (`changes: [{assign: me}]`, nothing to fill in), that action is done. Raises NotFound.
    """
    scheme, scheme_id = served(work, viewer, slug)
    roles = roles_in(viewer, slug)
    waiting = [
        Dossier.scheme_id == scheme_id,
        *FILED,
        Dossier.purged_at.is_(None),
        Dossier.assigned_to.is_(None),
        *within(viewer, scheme),
    ]
    passed: list[int] = []
    for state in _by_urgency(work, waiting, expected_of(scheme.workflow, roles)):
        while len(passed) < LOOKED_AT and (found := _free(work, waiting, state, passed)) is not None:
            case = load(work, for_staff(work, viewer, found.public_id, lock=True))
            if _take(work, viewer, case):
                return str(found.public_id)
            passed.append(found.id)
    return None


def has_queue(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether a scheme ever has a dossier for this viewer to treat."""
    return bool(expected_of(scheme.workflow, roles_in(viewer, scheme.id)))


def _free(work: Work, waiting: list[Any], state: str, passed: list[int]) -> Any:
    """The row, now locked, of the dossier that has waited longest in a state."""
    query = select(Dossier.id, Dossier.public_id).where(
        *waiting, Dossier.state == state, Dossier.id.not_in(passed)
    )
    first = query.order_by(Dossier.state_since, Dossier.id).limit(1)
    return work.session.execute(first.with_for_update(skip_locked=True, of=Dossier)).first()


def _by_urgency(work: Work, waiting: list[Any], states: Iterable[str]) -> list[str]:
    """The states in which something waits, the one first whose oldest dossier should be dealt with first."""
    due = and_(
        DeadlineRow.dossier_id == Dossier.id, DeadlineRow.kind == "due", DeadlineRow.cancelled_at.is_(None)
    )
    found: list[tuple[bool, datetime, datetime, str]] = []
    for state in sorted(states):
        query = select(DeadlineRow.due_at, Dossier.state_since).outerjoin(DeadlineRow, due)
        first = query.where(*waiting, Dossier.state == state).order_by(
            Dossier.state_since, Dossier.id, DeadlineRow.due_at
        )
        if (row := work.session.execute(first.limit(1)).first()) is not None:
            since = row.state_since
            found.append((row.due_at is None, row.due_at or since, since, state))
    return [state for *_, state in sorted(found)]


def _take(work: Work, viewer: Viewer, case: Case) -> bool:
    """Take a dossier up, when there is something the viewer may do with it now."""
    actor = actor_of(viewer, case.opened.slug)
    offers = lifecycle.offers(situation(work, case), actor)
    if not offers or all(one.refusal and one.refusal.code == "same_person" for one in offers):
        return False
    action = next((one.action for one in offers if one.refusal is None and _takes_up(one.action)), None)
    if action is not None:
        act = Act(actor, viewer.account_id)
        advance(work, case, attempt(work, case, action.id, act), act)
        return True
    assert viewer.account_id is not None
    me = Agent(viewer.account_id, viewer.name, actor.roles, frozenset())
    give(work, case.opened, me, actor, action=TAKEN)
    return True


def _takes_up(action: Action) -> bool:
    """Whether doing an action is but taking the dossier up: it assigns it, and asks nothing."""
    mine = any((change.kind, change.value) == ("assign", "me") for change in action.changes)
    return mine and not action.form and action.comment != "required" and not action.effects

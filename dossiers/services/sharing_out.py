"""What somebody holds, or what nobody holds, dealt among those who are there: one act of who shares work out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Dossier
from dossiers.services import agents, perimeters
from dossiers.services.desk import Work
from dossiers.services.distributing import choose, give
from dossiers.services.opened import Opened, by_id
from dossiers.services.perimeters import within
from dossiers.services.staff import actor_of
from dossiers.services.team import colleague, for_who_distributes, unheld
from dossiers.services.team_views import SharedOut
from dossiers.services.wanted import FILED
from engine.language import Scheme
from engine.language.model import Distribution
from workflows.distribution import Agent, rule_on_arrival

AT_ONCE = 200  # dossiers in one act: what is left is dealt by another one
SHARED = "shared_out"


def share_out(work: Work, viewer: Viewer, slug: str, public_id: str = "") -> SharedOut:
    """Deal what an agent holds (by their public id), or what nobody holds (""), to the others who are there.

    Each dossier goes as the `distribution` of its state says, or by load to who may act on it there; what nobody can be given
    stays where it is. Raises NotFound.
    """
    scheme, scheme_id = for_who_distributes(work, viewer, slug)
    holder = colleague(work, slug, public_id).agent.account_id if public_id else None
    which = _held(scheme, scheme_id, holder)
    query = (
        select(Dossier.id).where(*which, *within(viewer, scheme)).order_by(Dossier.state_since, Dossier.id)
    )
    ids = list(work.session.scalars(query.limit(AT_ONCE)))
    by, given = actor_of(viewer, slug), 0
    for id in sorted(ids):  # in one order for all, so that two who deal at once don't wait for each other
        opened = by_id(work, id, lock=True)
        if opened is None or opened.dossier.assigned_to != holder:
            continue  # somebody was faster
        found = _deal(work, opened, holder)
        if found is not None:
            give(work, opened, found, by, action=SHARED)
            work.session.flush()  # the load of who was given it counts for the next one
            given += 1
    return SharedOut(given, len(ids) - given)


def _deal(work: Work, opened: Opened, holder: int | None) -> Agent | None:
    rule = _rule(opened)
    groups = perimeters.marks(work, opened.dossier.id) if opened.scheme.groups else frozenset()
    return choose(work, opened, rule, groups, but=holder)


def _rule(opened: Opened) -> Distribution:
    """What the scheme says of the dossier's state; by load among those who may act there when it says nothing."""
    state, flow = opened.dossier.state, opened.scheme.workflow
    declared = rule_on_arrival(flow, None, state)
    if declared is not None and declared.how != "queue":
        return declared
    to = declared.to if declared else _acting(opened.scheme, state)
    return Distribution(state, tuple(to), "by_load")


def _acting(scheme: Scheme, state: str) -> Collection[str]:
    acting = {who for one in scheme.workflow.actions.values() if state in one.sources for who in one.by}
    return [id for id in scheme.roles if id in acting]


def _held(scheme: Scheme, scheme_id: int, holder: int | None) -> tuple[Any, ...]:
    if holder is None:
        return unheld(scheme, scheme_id)
    going_on = Dossier.state.in_(agents.going_on(scheme))
    return (Dossier.scheme_id == scheme_id, *FILED, going_on, Dossier.assigned_to == holder)

"""Giving a dossier to somebody inside the act that brings it into a state, as its scheme's `distribution` says."""

from __future__ import annotations

from dossiers import journal
from dossiers.database import Dossier, lock_name
from dossiers.services import agents, perimeters
from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from engine.language.model import Distribution
from workflows.distribution import Agent, candidates, next_agent, reaches, rule_on_arrival
from workflows.lifecycle import SYSTEM, Actor

GIVEN = "given"


def on_arrival(work: Work, opened: Opened, source: str | None) -> None:
    """Give a dossier that has just arrived in its state, from another, to who it falls to; who holds it and may keep it keeps it.

    When nobody is there, it waits in the queue: its arrival never fails for that.
    """
    rule = rule_on_arrival(opened.scheme.workflow, source, opened.dossier.state)
    if rule is None:
        return
    groups = perimeters.marks(work, opened.dossier.id) if opened.scheme.groups else frozenset()
    if _keeps(work, opened, rule, groups):
        return
    chosen = choose(work, opened, rule, groups)
    if chosen is not None or opened.dossier.assigned_to is not None:
        give(work, opened, chosen, SYSTEM)


def choose(
    work: Work, opened: Opened, rule: Distribution, groups: frozenset[str], *, but: int | None = None
) -> Agent | None:
    """Who a dossier falls to, those who are away left out, and one account besides; acts that choose at once wait for each
    other, so that each counts what the other has given."""
    if rule.how == "queue":
        return None
    lock_name(work.session, f"distribution:{opened.slug}")
    everybody = agents.of_scheme(work, opened.slug)
    there = [one for one in everybody if one.away_until is None and one.agent.account_id != but]
    if rule.how == "by_load":
        there = list(agents.with_loads(work, opened.scheme, opened.dossier.scheme_id, there))
    wanted = candidates(opened.scheme, rule, (one.agent for one in there), groups)
    found = next_agent(rule.how, wanted)
    if found is not None:
        turn = 1 + max(one.agent.turn for one in everybody)
        agents.took_turn(work, opened.slug, found.account_id, turn)
    return found


def give(
    work: Work, opened: Opened, whom: Agent | None, by: Actor, *, action: str = GIVEN, comment: str = ""
) -> None:
    """Put a locked dossier in somebody's hands, or back in the queue, and journal it."""
    row: Dossier = opened.dossier
    row.assigned_to = whom.account_id if whom else None
    payload = {"to": whom.name if whom else "", "comment": comment}
    journal.record(
        work.session,
        stream=opened.stream,
        actor=by,
        action=action if whom else "put_back",
        at=work.now,
        payload={key: value for key, value in payload.items() if value} or None,
        dossier_id=row.id,
    )


def _keeps(work: Work, opened: Opened, rule: Distribution, groups: frozenset[str]) -> bool:
    """Whether who holds the dossier goes on with it: one of those it may be given to, away or not."""
    holder = opened.dossier.assigned_to
    if holder is None:
        return False
    people = agents.of_scheme(work, opened.slug)
    held = next((one.agent for one in people if one.agent.account_id == holder), None)
    return held is not None and bool(held.roles & set(rule.to)) and reaches(opened.scheme, held, groups)

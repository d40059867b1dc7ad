"""Sharing dossiers out: which groups one belongs to, who sees it, and to whom it is given when it arrives in a state."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from engine.asked import Reading
from engine.language import Scheme
from engine.language.model import Distribution, Workflow
from workflows.parts import entered


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody dossiers may be given to. `load`: how many they hold that go on; `turn`: when they were last given one."""

    account_id: int
    name: str
    roles: frozenset[str]
    groups: frozenset[str]
    load: int = 0
    turn: int = 0


def rule_on_arrival(workflow: Workflow, source: str | None, target: str) -> Distribution | None:
    """What is said of who is given a dossier as it comes from one state to another: of the part it comes to, or else of the
    state around that part, when it comes to it from outside."""
    here = (workflow.distribution.get(state) for state in entered(workflow, source, target))
    return next((rule for rule in here if rule is not None), None)


def groups_of(scheme: Scheme, reading: Reading, computed: Decimal | None) -> frozenset[str]:
    """The groups a dossier belongs to: those whose `where` is true of it."""
    known = {**reading.values, "award": {"computed": computed}}
    return frozenset(
        group.id
        for group in scheme.groups.values()
        if group.where is not None and group.where.holds(known, reading.now, reading.zone)
    )


def sees_own_groups(scheme: Scheme, roles: Collection[str]) -> bool:
    """Whether somebody with these roles sees but the dossiers of their groups: no role of theirs sees them all."""
    if not scheme.groups:
        return False
    return not any(id in scheme.roles and scheme.roles[id].sees == "all" for id in roles)


def reaches(scheme: Scheme, agent: Agent, groups: Collection[str]) -> bool:
    """Whether a dossier of these groups may be put in an agent's hands: they see it."""
    return not sees_own_groups(scheme, agent.roles) or bool(agent.groups & set(groups))


def candidates(
    scheme: Scheme, rule: Distribution, agents: Iterable[Agent], groups: Collection[str]
) -> list[Agent]:
    """Who may be given a dossier: those of one of its groups; one of no group goes to those who belong to none."""
    wanted = [agent for agent in agents if agent.roles & set(rule.to) and reaches(scheme, agent, groups)]
    if not groups:
        return [agent for agent in wanted if not agent.groups]
    return [agent for agent in wanted if agent.groups & set(groups)]


def next_agent(how: str, agents: Collection[Agent]) -> Agent | None:
    """Who is given the next dossier: who holds fewest, or whose turn it is; None for the queue, and when nobody is there."""
    if how == "queue" or not agents:
        return None
    order = {
        "by_load": lambda one: (one.load, one.turn, one.account_id),
        "in_turn": lambda one: (one.turn, one.account_id),
    }
    return min(agents, key=order[how])

"""Whose turn it is: the states in which somebody with these roles has something to do."""

from __future__ import annotations

from collections.abc import Collection

from engine.language.model import Action, Workflow


def expected_of(workflow: Workflow, roles: Collection[str]) -> frozenset[str]:
    """The states in which one of these roles may act or vote, those left out in which nothing more is expected."""
    return _expected(workflow, frozenset(roles))


def expected_whoever_holds(workflow: Workflow, roles: Collection[str]) -> frozenset[str]:
    """Those of these states in which what is expected can't be done by who holds dossiers: a head decides on what an
    instructor has in hand. Nothing where nobody takes dossiers up, or one of these roles does."""
    holders = {role for one in workflow.distribution.values() for role in one.to} | {
        role
        for action in workflow.actions.values()
        if any(change.kind == "assign" for change in action.changes)
        for role in action.by
    }
    if not holders or holders & set(roles):
        return frozenset()
    return _expected(workflow, frozenset(roles), frozenset(holders))


def _expected(
    workflow: Workflow, roles: frozenset[str], without: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The states in which one of these roles has something to do that is for none of the roles `without`."""
    asked = [
        *(
            (state, {*vote.members, *vote.secretary})
            for vote in workflow.votes.values()
            for state in workflow.inside(vote.in_)
        ),
        *((id, one.by) for id, state in workflow.states.items() for one in state.tasks.values()),
        *(
            (source, action.by)
            for action in workflow.actions.values()
            for source in _at_work(workflow, action)
        ),
    ]
    return frozenset(state for state, by in asked if roles & set(by) and not without & set(by))


def _at_work(workflow: Workflow, action: Action) -> list[str]:
    return [one for one in action.sources if workflow.states[one].kind not in ("start", "end")]


def expected_of_others(workflow: Workflow, roles: Collection[str]) -> frozenset[str]:
    """The other states in which something is still to come: from the applicant, another role, or time."""
    at_work = frozenset(id for id, state in workflow.states.items() if state.kind not in ("start", "end"))
    return at_work - expected_of(workflow, roles)

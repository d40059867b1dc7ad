"""Whose turn it is: the states in which somebody with these roles has something to do."""

from __future__ import annotations

from collections.abc import Collection

from engine.language.model import Workflow


def expected_of(workflow: Workflow, roles: Collection[str]) -> frozenset[str]:
    """The states in which one of these roles may act or vote, those left out in which nothing more is expected."""
    voting = {vote.in_ for vote in workflow.votes.values() if set(roles) & {*vote.members, *vote.secretary}}
    busy = {
        id
        for id, state in workflow.states.items()
        for one in state.tasks.values()
        if set(roles) & set(one.by)
    }
    return frozenset(voting | busy) | frozenset(
        state
        for action in workflow.actions.values()
        if set(action.by) & set(roles)
        for state in action.sources
        if workflow.states[state].kind not in ("start", "end")
    )


def expected_of_others(workflow: Workflow, roles: Collection[str]) -> frozenset[str]:
    """The other states in which something is still to come: from the applicant, another role, or time."""
    at_work = frozenset(id for id, state in workflow.states.items() if state.kind not in ("start", "end"))
    return at_work - expected_of(workflow, roles)

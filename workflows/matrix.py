"""Who may do what in which state, read off the workflow: what pages offer and what a request may do must be just this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.language.model import Action, Task, Workflow
from engine.language.opinion_model import OpinionKind
from engine.language.vote_model import Vote

OTHERS = {"applicant", "system"}  # who does things besides the roles of a scheme


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that may be done in a state, and by whom (roles, "applicant", parties, "system").

    `what`: an action, a `task` said to be done, a ballot in a vote (`vote`), closing one (`close`), an
    `opinion` asked for outside.
    """

    state: str
    what: Literal["action", "task", "vote", "close", "opinion"]
    id: str
    by: tuple[str, ...]
    action: Action | None = None
    vote: Vote | None = None
    task: Task | None = None
    opinion: OpinionKind | None = None


def lines(workflow: Workflow) -> tuple[Line, ...]:
    """Every line, by state in the scheme's order."""
    return tuple(line for state in workflow.states for line in _of(workflow, state))


def _of(workflow: Workflow, state: str) -> Iterator[Line]:
    for action in workflow.actions.values():
        if state in action.sources:
            yield Line(state, "action", action.id, action.by, action=action)
    for task in workflow.states[state].tasks.values():
        yield Line(state, "task", task.id, task.by, task=task)
    for vote in workflow.votes.values():
        if vote.in_ in workflow.around(state):
            yield Line(state, "vote", vote.id, vote.members, vote=vote)
            if vote.secretary:
                yield Line(state, "close", vote.id, vote.secretary, vote=vote)
    for kind in workflow.opinions.values():
        if state in kind.in_:
            yield Line(state, "opinion", kind.id, kind.by, opinion=kind)


def allowed(workflow: Workflow, state: str, who: str) -> tuple[str, ...]:
    """The actions somebody may ever do in a state, in the scheme's order."""
    return tuple(
        line.id for line in lines(workflow) if line.state == state and line.action and who in line.by
    )


def at_work(workflow: Workflow, state: str) -> frozenset[str]:
    """The roles that have something to do in a state; where the office has only to wait, those that have in any."""
    every = [(line.state, set(line.by) - OTHERS) for line in lines(workflow)]
    here = frozenset(role for where, by in every if where == state for role in by)
    return here or frozenset(role for _, by in every for role in by)

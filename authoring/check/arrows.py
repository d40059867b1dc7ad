"""Which states a dossier can come to."""

from __future__ import annotations

from engine.language.model import Workflow


def reached(workflow: Workflow) -> frozenset[str]:
    """The start, and every state an action leads to from there, one after the other."""
    found, waiting = {workflow.start.id}, [workflow.start.id]
    while waiting:
        here = waiting.pop()
        for action in workflow.actions.values():
            if here in action.sources and action.to not in found:
                found.add(action.to)
                waiting.append(action.to)
    return frozenset(found)

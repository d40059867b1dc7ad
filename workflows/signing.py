"""What is signed where, and which parties are awaited in a state."""

from __future__ import annotations

from engine.language.model import Action, Scheme, Workflow


def signed_in(workflow: Workflow, state: str) -> Action | None:
    """The action that is signed in a state; None where nothing is."""
    return next(
        (one for one in workflow.actions.values() if one.signs and state in one.sources),
        None,
    )


def awaited(scheme: Scheme, state: str) -> tuple[str, ...]:
    """The parties besides the applicant who may act in a state: they are invited when the dossier comes to it."""
    actions = [one for one in scheme.workflow.actions.values() if state in one.sources]
    return tuple(id for id in scheme.parties if any(id in action.by for action in actions))


def signers(action: Action, concerned: tuple[str, ...]) -> tuple[str, ...]:
    """Those there are now who must sign an action."""
    return tuple(who for who in action.by if who in concerned)

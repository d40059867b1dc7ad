"""Who may look at what a change of the rules would do: administrators, and those who decide."""

from __future__ import annotations

from dossiers.access import Viewer
from dossiers.services.opened import roles_in
from dossiers.services.perimeters import is_narrowed
from dossiers.services.refusals import NotFound
from engine.language import Scheme
from engine.language.model import Action, Workflow


def may_simulate(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether somebody may see what a change would do: administrators, and those who decide in the scheme
    and see all its dossiers."""
    if viewer.kind != "staff":
        return False
    if is_narrowed(viewer, scheme) and not viewer.administrator:
        return False  # the figures are those of all the dossiers
    held = roles_in(viewer, scheme.id)
    deciding = {role for action in _decisions(scheme.workflow) for role in action.by}
    return viewer.administrator or bool(held & deciding)


def require(viewer: Viewer, scheme: Scheme) -> None:
    """Raise NotFound unless `may_simulate`."""
    if not may_simulate(viewer, scheme):
        raise NotFound("scheme")


def _decisions(workflow: Workflow) -> list[Action]:
    """The actions by which something is granted or refused."""
    states = workflow.states
    return [
        action
        for action in workflow.actions.values()
        if states[action.to].decision
        and any(states[source].decision != states[action.to].decision for source in action.sources)
    ]

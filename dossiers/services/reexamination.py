"""Re-examining what was refused, under the version in force: one campaign, each dossier judged again under its lock.

Only who is newly eligible moves, by an action of the scheme, which writes to them as the scheme says; the others are left
as they are, and counted. The verdict before is never changed: the new one stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from authoring.simulation import replay
from dossiers.access import Viewer
from dossiers.office import Office
from dossiers.services import campaigns, publication, received, simulations
from dossiers.services.campaign_views import Campaign
from dossiers.services.desk import Desk, Work, as_of_one_instant, preceded_by
from dossiers.services.opened import roles_in
from dossiers.services.reexamining import refused_states
from dossiers.services.refusals import Refused
from dossiers.services.staff import actor_of
from engine.language import Scheme
from engine.language.model import Action

USUAL = "reconsider"  # the action taken when nobody says which


@dataclass(frozen=True, slots=True)
class Preview:
    """What a re-examination would do: `refused` dossiers judged again, of which `newly_eligible` move by `action`.

    `cost`: what the award comes to for those; `number`: the version in force. `tells`: whether the action writes to them.
    """

    scheme: Scheme
    number: int
    action: Action
    refused: int
    newly_eligible: int
    cost: Decimal
    tells: bool

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, for the journal."""
        figures: dict[str, Any] = {"refused": self.refused, "newly_eligible": self.newly_eligible}
        return figures | {"cost": f"{self.cost:f}", "action": self.action.id, "version": self.number}


@dataclass(frozen=True, slots=True)
class _Prepared:
    preview: Preview
    version_id: int
    dossiers: tuple[int, ...]


def actions(scheme: Scheme) -> tuple[Action, ...]:
    """The actions by which staff take up a refused dossier again: without a form to fill in, for each would need its own."""
    refused = refused_states(scheme)
    return tuple(
        action
        for action in scheme.workflow.actions.values()
        if refused & set(action.sources)
        and set(action.by) - {"applicant", "system"}
        and all(field.optional for field in action.form.values())
    )


def action_of(scheme: Scheme, asked: str | None = None) -> Action:
    """The action asked for; else `reconsider`, else the only one there is. Raises Refused("which_action")."""
    found = {action.id: action for action in actions(scheme)}
    if asked is None and len(found) > 1:
        asked = USUAL
    chosen = next(iter(found.values()), None) if asked is None else found.get(asked)
    if chosen is None:
        raise Refused("which_action", actions=tuple(found))
    return chosen


@as_of_one_instant
def preview(work: Work, slug: str, *, action: str | None = None, against: int | None = None) -> Preview:
    """What a re-examination under the version in force would do, now. `against`: as for a simulation.

    Raises NotFound, Refused("which_action").
    """
    return _prepared(work, slug, action, against).preview


def _prepare(office: Office, now: Any, viewer: Viewer, slug: str, **asked: Any) -> _Prepared:
    """The choice is made before the transaction: each dossier is looked at again under its lock."""
    return Desk(office).read(_choose, slug, asked.get("action"), asked.get("against"))


@as_of_one_instant
def _choose(work: Work, slug: str, action: str | None, against: int | None) -> _Prepared:
    return _prepared(work, slug, action, against)


@preceded_by(_prepare)
def begin(
    work: Work,
    viewer: Viewer,
    slug: str,
    *,
    comment: str,
    action: str | None = None,
    against: int | None = None,
    expected: int | None = None,
) -> Campaign:
    """Begin to re-examine every refused dossier of a scheme; the worker goes on with it.

    `expected` is the number of newly eligible dossiers somebody has seen and agreed to. Raises NotFound, and Refused:
    which_action, not_yours, comment_missing, preview_changed, empty, campaign_running.
    """
    prepared: _Prepared = work.prepared
    found = prepared.preview
    roles = roles_in(viewer, slug)
    if not roles & set(found.action.by):
        raise Refused("not_yours", action=found.action.id, by=found.action.by)
    if found.action.comment == "required" and not comment.strip():
        raise Refused("comment_missing", action=found.action.id)
    if publication.current(work, slug).version_id != prepared.version_id:
        raise Refused("preview_changed", expected=expected, found=None)
    if expected is not None and expected != found.newly_eligible:
        raise Refused("preview_changed", expected=expected, found=found.newly_eligible)
    options: dict[str, Any] = {"action": found.action.id, "comment": comment.strip(), "roles": sorted(roles)}
    options |= {} if against is None else {"against": against}
    return campaigns.begin(
        work,
        "reexamination",
        slug,
        prepared.version_id,
        prepared.dossiers,
        by=actor_of(viewer, slug),
        options=options,
        preview=found.to_json(),
    )


def _prepared(work: Work, slug: str, action: str | None, against: int | None) -> _Prepared:
    found = publication.current(work, slug)
    chosen = action_of(found.scheme, action)
    renamed = found.scheme.migration.states if found.scheme.migration else {}
    states = {one for one in refused_states(found.scheme) if renamed.get(one, one) in chosen.sources}
    after = simulations.judge_of(work, simulations.Version(found.scheme, found.number))
    before = None if against is None else simulations.judge_of(work, simulations.version(work, slug, against))
    ids: list[int] = []

    def noted() -> Any:
        for id, one in received.received(work, slug, states):
            ids.append(id)
            yield one

    let_in = [one.after.cost for one in replay(noted(), after, before) if one.kind == "newly_eligible"]
    tells = bool(chosen.effects)
    figures = Preview(
        found.scheme, found.number, chosen, len(ids), len(let_in), sum(let_in, Decimal(0)), tells
    )
    return _Prepared(figures, found.version_id, tuple(ids))

"""Batches: one action of the workflow on many dossiers, asked for once, done one by one by the worker.

Each dossier is read again and judged again when its turn comes, by the service that does a single act (see batch_acts);
what somebody is shown before they confirm is only what it would come to now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dossiers.access import Viewer
from dossiers.database import Dossier
from dossiers.services import campaigns, casework, publication
from dossiers.services.campaign_views import Campaign
from dossiers.services.cases import load
from dossiers.services.chosen import Choice, chosen
from dossiers.services.desk import Work
from dossiers.services.fired import FormRejected
from dossiers.services.foreseeing import SHOWN, Foreseen, foresee
from dossiers.services.listing import listed
from dossiers.services.masking import hidden_ids
from dossiers.services.office_views import InboxRow
from dossiers.services.opened import by_id, roles_in
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from engine.language import Scheme
from engine.language.model import Action, Field
from workflows.lifecycle import Refusal


@dataclass(frozen=True, slots=True)
class Asked:
    """A batch about to be confirmed: the scheme in force, the action, what it would come to now.

    `askable`: the fields that may be named in a form which asks for some. `able`, `unable`: the first of the dossiers
    that may have it done and of those that can't, the latter each with its reason.
    """

    scheme: Scheme
    action: Action
    foreseen: Foreseen
    askable: tuple[Field, ...]
    able: tuple[InboxRow, ...]
    unable: tuple[tuple[InboxRow, Refused | Refusal], ...]


def actions(scheme: Scheme, roles: frozenset[str]) -> tuple[Action, ...]:
    """The actions somebody with these roles may ask for many dossiers at once, in the scheme's order."""
    return tuple(
        one
        for one in scheme.workflow.actions.values()
        if roles & set(one.by) and not (one.signs or one.batch)
    )


def ask(work: Work, viewer: Viewer, slug: str, action: str, choice: Choice) -> Asked:
    """What an action would come to on the dossiers chosen. Raises NotFound, Refused: nothing_chosen, too_many_chosen."""
    scheme, found = _action(work, viewer, slug, action)
    ids, roles = chosen(work, viewer, slug, choice), roles_in(viewer, slug)
    foreseen = foresee(work, actor_of(viewer, slug), action, ids, shown_to=roles)
    return asked(work, viewer, scheme, found, foreseen)


def asked(work: Work, viewer: Viewer, scheme: Scheme, action: Action, foreseen: Foreseen) -> Asked:
    """What was foreseen, with the names of the first dossiers of either sort: the viewer's lists show all those chosen."""
    able = _named(work, viewer, Dossier.id.in_(foreseen.able[:SHOWN]))
    unable = _named(work, viewer, Dossier.public_id.in_(foreseen.unable))
    told = tuple((row, foreseen.unable[row.public_id]) for row in unable)
    return Asked(scheme, action, foreseen, askable(scheme, roles_in(viewer, scheme.id)), able, told)


def _named(work: Work, viewer: Viewer, these: Any) -> tuple[InboxRow, ...]:
    return listed(work, viewer, [these], states=None, most=SHOWN).rows


def askable(scheme: Scheme, roles: frozenset[str]) -> tuple[Field, ...]:
    """The fields that may be named in a form which asks for some, by somebody with these roles."""
    hidden = hidden_ids(scheme, roles)
    return tuple(field for field in scheme.fields.values() if field.id not in hidden)


def begin(
    work: Work,
    viewer: Viewer,
    slug: str,
    action: str,
    choice: Choice,
    *,
    comment: str = "",
    form: Mapping[str, list[str]] | None = None,
    expected: int | None = None,
) -> Campaign | FormRejected:
    """Begin an action on the dossiers chosen; the worker goes on with it.

    `expected`: how many somebody has seen and agreed to. Raises NotFound, Refused: nothing_chosen, too_many_chosen,
    preview_changed, comment_missing.
    """
    _, found = _action(work, viewer, slug, action)
    ids = chosen(work, viewer, slug, choice)
    if expected is not None and expected != len(ids):
        raise Refused("preview_changed", expected=expected, found=len(ids))
    options = options_of(work, found, ids, comment, form or {})
    if isinstance(options, FormRejected):
        return options
    version, by = publication.current(work, slug).version_id, actor_of(viewer, slug)
    return campaigns.begin(
        work, "batch", slug, version, ids, by=by, options=options, preview={"chosen": len(ids)}
    )


def options_of(
    work: Work, action: Action, ids: Sequence[int], comment: str, form: Mapping[str, list[str]]
) -> Mapping[str, Any] | FormRejected:
    """What is asked once for all the dossiers, kept with the batch; or the slips in it. Raises Refused("comment_missing").

    It is judged with the first dossier from which the action goes, and again with each one when its turn comes.
    """
    for id in ids if action.form else ():
        opened = by_id(work, id, lock=False)
        if opened is None or opened.dossier.purged_at or opened.dossier.state not in action.sources:
            continue
        _, rejected = casework.read_action_form(load(work, opened), action, form)
        if rejected is not None:
            return rejected
        break
    if action.comment == "required" and not comment.strip():
        raise Refused("comment_missing", action=action.id)
    given = {name: list(values) for name, values in form.items()}
    return {"action": action.id, "comment": comment.strip(), "form": given}


def of_scheme(work: Work, viewer: Viewer, slug: str) -> tuple[Campaign, ...]:
    """The batches and lists of a scheme that the viewer may see, the last one first. Raises NotFound."""
    scheme = _served(work, viewer, slug)
    every = (one for one in campaigns.of_scheme(work, slug) if one.kind in ("batch", "list"))
    return tuple(one for one in every if _may_see(viewer, scheme, one))


def find(work: Work, viewer: Viewer, slug: str, public_id: str) -> Campaign:
    """A batch or a list the viewer may see: their own, or of an action that is theirs to do. Raises NotFound."""
    scheme, found = _served(work, viewer, slug), campaigns.find(work, public_id)
    if found.slug != slug or found.kind not in ("batch", "list") or not _may_see(viewer, scheme, found):
        raise NotFound("batch")
    return found


def stop(work: Work, viewer: Viewer, slug: str, public_id: str) -> None:
    """End a batch where it stands. Raises NotFound, Refused("campaign_over")."""
    campaigns.cancel(work, find(work, viewer, slug, public_id).public_id, by=actor_of(viewer, slug))


def _may_see(viewer: Viewer, scheme: Scheme, campaign: Campaign) -> bool:
    action = scheme.workflow.actions.get(str(campaign.options["action"]))
    if campaign.asked_by.id == str(viewer.account_id):
        return True
    concerned = {*action.by, *(action.listed_by if campaign.kind == "list" else ())} if action else set()
    return bool(roles_in(viewer, campaign.slug) & concerned)


def _served(work: Work, viewer: Viewer, slug: str) -> Scheme:
    if not roles_in(viewer, slug):
        raise NotFound("scheme")
    return publication.current(work, slug).scheme


def _action(work: Work, viewer: Viewer, slug: str, action: str) -> tuple[Scheme, Action]:
    scheme = _served(work, viewer, slug)
    found = next((one for one in actions(scheme, roles_in(viewer, slug)) if one.id == action), None)
    if found is None:
        raise NotFound("action")
    return scheme, found

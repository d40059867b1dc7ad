"""One message to the applicants of all the dossiers of a list: counted before, written by the worker one by one, once each.

A dossier is read again when its turn comes: where it stands then decides whether it may be written to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Dossier
from dossiers.services import campaigns, correspondence, publication
from dossiers.services.campaign_views import Campaign, Kind
from dossiers.services.desk import Work
from dossiers.services.opened import roles_in
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from dossiers.services.wanted import Wanted, conditions, served, states_wanted
from engine.language import Scheme

KIND: Kind = "message"
VERB = "message_all"
MOST = 10_000  # dossiers written to at once


@dataclass(frozen=True, slots=True)
class Counted:
    """Whom a message would go to: how many dossiers, and for how many of them no mail can tell that it is there."""

    scheme: Scheme
    total: int
    unmailed: int


def may_write_to_all(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether one of the viewer's roles lets them write to a whole list."""
    return access.may(viewer, VERB, scheme)


def count(work: Work, viewer: Viewer, slug: str, wanted: Wanted) -> Counted:
    """Whom a message to a list would go to now. Raises NotFound."""
    scheme, where = _where(work, viewer, slug, wanted)
    query = select(func.count(), func.count().filter(Dossier.email == "")).select_from(Dossier)
    total, unmailed = work.session.execute(query.where(*where)).one()
    return Counted(scheme, int(total), int(unmailed))


def begin(
    work: Work,
    viewer: Viewer,
    slug: str,
    wanted: Wanted,
    *,
    body: str,
    beforehand: str = "",
    expected: int | None = None,
) -> Campaign:
    """Write to all of a list: the same words to each, or a message of the scheme filled in for each in its language.

    `expected`: how many somebody has seen and agreed to. Raises NotFound, Refused: empty, too_long, too_many_chosen,
    preview_changed, campaign_running.
    """
    scheme, where = _where(work, viewer, slug, wanted)
    if beforehand and beforehand not in scheme.messages:
        raise NotFound("message")
    text = "" if beforehand else correspondence.worded(body)
    ids = list(work.session.scalars(select(Dossier.id).where(*where).order_by(Dossier.id).limit(MOST + 1)))
    if len(ids) > MOST:
        raise Refused("too_many_chosen", max=MOST)
    if expected is not None and expected != len(ids):
        raise Refused("preview_changed", expected=expected, found=len(ids))
    version, by = publication.current(work, slug).version_id, actor_of(viewer, slug)
    options, preview = {"body": text, "beforehand": beforehand}, {"chosen": len(ids)}
    return campaigns.begin(work, KIND, slug, version, ids, by=by, options=options, preview=preview)


def find(work: Work, viewer: Viewer, slug: str, public_id: str) -> Campaign:
    """A message to a list, for who may write one. Raises NotFound."""
    _served(work, viewer, slug)
    found = campaigns.find(work, public_id)
    if found.slug != slug or found.kind != KIND:
        raise NotFound("campaign")
    return found


def stop(work: Work, viewer: Viewer, slug: str, public_id: str) -> None:
    """Write to nobody else: what is sent stays sent. Raises NotFound, Refused("campaign_over")."""
    campaigns.cancel(work, find(work, viewer, slug, public_id).public_id, by=actor_of(viewer, slug))


def _where(work: Work, viewer: Viewer, slug: str, wanted: Wanted) -> tuple[Scheme, list[Any]]:
    """The scheme, and what its dossiers must meet: those the viewer's list shows, filed and not anonymised."""
    scheme, scheme_id = _served(work, viewer, slug)
    found = conditions(work, viewer, scheme, scheme_id, wanted)
    states = states_wanted(wanted, scheme, roles_in(viewer, slug))
    found += [] if states is None else [Dossier.state.in_(states)]
    return scheme, [*found, Dossier.filed_at.is_not(None), Dossier.purged_at.is_(None)]


def _served(work: Work, viewer: Viewer, slug: str) -> tuple[Scheme, int]:
    scheme, scheme_id = served(work, viewer, slug)
    if not may_write_to_all(viewer, scheme):
        raise NotFound("scheme")
    return scheme, scheme_id

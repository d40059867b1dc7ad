"""The dossiers of a batch, a list or a message to many, as far as the viewer may know of them: the others keep their line,
without what names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Dossier
from dossiers.services import campaign_reading, list_lines, perimeters, publication
from dossiers.services.campaign_views import Campaign, Item, ItemState
from dossiers.services.desk import Work
from dossiers.services.list_lines import Line


def items(
    work: Work,
    viewer: Viewer,
    campaign: Campaign,
    state: ItemState | None = None,
    most: int | None = None,
    beyond: int = 0,
) -> tuple[Item, ...]:
    """As `campaign_reading.items`; one the viewer may not know of has neither address nor reference."""
    found = campaign_reading.items(work, campaign.id, state, most, beyond)
    known = _known(work, viewer, campaign, (one.public_id for one in found))
    return tuple(
        one if one.public_id in known else replace(one, public_id="", reference=None) for one in found
    )


def lines(work: Work, viewer: Viewer, campaign: Campaign) -> tuple[Line, ...]:
    """As `list_lines.lines`, in the same way."""
    found = list_lines.lines(work, campaign)
    known = _known(work, viewer, campaign, (one.public_id for one in found))
    return tuple(
        one if one.public_id in known else replace(one, public_id="", reference="", applicant="")
        for one in found
    )


def _known(work: Work, viewer: Viewer, campaign: Campaign, ids: Iterable[str]) -> frozenset[str]:
    narrowed = perimeters.within(viewer, publication.current(work, campaign.slug).scheme)
    if not narrowed:
        return frozenset(ids)
    query = select(Dossier.public_id).where(Dossier.public_id.in_(list(ids)), *narrowed)
    return frozenset(work.session.scalars(query))

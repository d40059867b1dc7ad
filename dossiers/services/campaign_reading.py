"""What a campaign is and how far it has come, read back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select

from dossiers.database import CampaignItem, CampaignRow, Dossier, SchemeRow, SchemeVersion
from dossiers.services.campaign_views import Campaign, Item, ItemState, Progress
from dossiers.services.desk import Work
from dossiers.services.refusals import NotFound
from workflows.lifecycle import Actor

STATES: tuple[ItemState, ...] = ("pending", "done", "refused", "skipped")


def find(work: Work, public_id: str) -> Campaign:
    """A campaign by its public id. Raises NotFound."""
    return campaign_where(work, CampaignRow.public_id == public_id)


def of_scheme(work: Work, slug: str) -> tuple[Campaign, ...]:
    """The campaigns of a scheme, the last one first."""
    ids = select(CampaignRow.id).join(SchemeRow, SchemeRow.id == CampaignRow.scheme_id)
    found = work.session.scalars(ids.where(SchemeRow.slug == slug).order_by(CampaignRow.id.desc())).all()
    return tuple(campaign_where(work, CampaignRow.id == id) for id in found)


def progress(work: Work, campaign_id: int) -> Progress:
    """How far a campaign is."""
    query = select(CampaignItem.state, CampaignItem.code, func.count())
    query = query.where(CampaignItem.campaign_id == campaign_id)
    counts: dict[ItemState, int] = dict.fromkeys(STATES, 0)
    codes: dict[str, int] = {}
    rows: Any = work.session.execute(query.group_by(CampaignItem.state, CampaignItem.code))
    for state, code, count in rows:
        counts[state] += count
        if code is not None:
            codes[code] = codes.get(code, 0) + count
    return Progress(counts, codes)


def items(
    work: Work,
    campaign_id: int,
    state: ItemState | None = None,
    most: int | None = None,
    beyond: int = 0,
) -> tuple[Item, ...]:
    """What became of each dossier of a campaign, or of those in one state, in the order they are done; `most` of them,
    those `beyond` the first ones."""
    query = select(Dossier.public_id, Dossier.reference, CampaignItem).join(
        Dossier, Dossier.id == CampaignItem.dossier_id
    )
    query = query.where(CampaignItem.campaign_id == campaign_id).order_by(CampaignItem.id)
    query = query.limit(most).offset(beyond)
    rows: Any = work.session.execute(query if state is None else query.where(CampaignItem.state == state))
    return tuple(
        Item(id, reference, row.state, row.code, row.result or {}, row.at, row.proposed_cents)
        for id, reference, row in rows
    )


def campaign_where(work: Work, which: ColumnElement[bool]) -> Campaign:
    """The campaign a condition names, as it stands now. Raises NotFound."""
    query = (
        select(CampaignRow, SchemeRow.slug, SchemeVersion.number)
        .join(SchemeRow, SchemeRow.id == CampaignRow.scheme_id)
        .join(SchemeVersion, SchemeVersion.id == CampaignRow.version_id)
        .where(which)
        .execution_options(populate_existing=True)
    )
    found: Any = work.session.execute(query).first()
    if found is None:
        raise NotFound("campaign")
    row, slug, number = found
    return Campaign(
        id=row.id,
        public_id=row.public_id,
        kind=row.kind,
        slug=slug,
        version_id=row.version_id,
        number=number,
        asked_by=_staff(row.asked_by_id, row.asked_by),
        asked_at=row.asked_at,
        options=row.options,
        preview=row.preview,
        state=row.state,
        ended_at=row.ended_at,
        list_number=row.number,
        signed_by=None if row.signed_by is None else _staff(row.signed_by_id or "", row.signed_by),
        signed_at=row.signed_at,
        paper=row.paper,
    )


def _staff(id: str, name: str) -> Actor:
    return Actor("staff", id, name, frozenset())

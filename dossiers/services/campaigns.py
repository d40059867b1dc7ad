"""Campaigns: one administrative act over many dossiers, begun once, then done dossier by dossier.

The beginning is one entry of the scheme's journal, with every dossier chosen. Each step is one transaction: it locks a
dossier, reads it again, acts, and marks its item in the same breath, so that a death at any instant skips nothing and
does nothing twice. The worker steps through it, and so may the command line, both at once if need be.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, func, insert, select, update

from dossiers import jobs, journal
from dossiers.database import CampaignItem, CampaignRow, Dossier, SchemeRow, SchemeVersion
from dossiers.services.campaign_kinds import KINDS, PAUSES
from dossiers.services.campaign_views import Campaign, Happened, Item, ItemState, Kind, Progress
from dossiers.services.desk import Desk, Work
from dossiers.services.opened import by_id
from dossiers.services.refusals import NotFound, Refused
from workflows.lifecycle import SYSTEM, Actor

JOB = "campaign"
CHUNK = 500
STATES: tuple[ItemState, ...] = ("pending", "done", "refused", "skipped")


def begin(
    work: Work,
    kind: Kind,
    slug: str,
    version_id: int,
    dossier_ids: Iterable[int],
    *,
    by: Actor,
    options: Mapping[str, Any],
    preview: Mapping[str, Any],
) -> Campaign:
    """Begin a campaign over these dossiers of a scheme; the worker goes on with it.

    `options` and `preview` are JSON without floats, and hold nothing that somebody answered.
    Raises NotFound, Refused: empty (no dossier of the scheme among them), campaign_running (another one is).
    """
    scheme_id = work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug).with_for_update())
    if scheme_id is None:
        raise NotFound("scheme")
    running = select(CampaignRow.public_id).where(_running, CampaignRow.scheme_id == scheme_id)
    if (other := work.session.scalar(running)) is not None:
        raise Refused("campaign_running", campaign=other)
    chosen = _chosen(work, scheme_id, sorted(set(dossier_ids)))
    if not chosen:
        raise Refused("empty")
    row = {"public_id": secrets.token_urlsafe(16), "kind": kind, "scheme_id": scheme_id}
    row |= {"version_id": version_id, "asked_by": by.name, "asked_by_id": by.id, "asked_at": work.now}
    row |= {"options": dict(options), "preview": dict(preview), "state": "running"}
    id = work.session.scalars(insert(CampaignRow).values(row).returning(CampaignRow.id)).one()
    items = [{"campaign_id": id, "dossier_id": dossier, "state": "pending"} for dossier in chosen]
    work.session.execute(insert(CampaignItem), items)
    campaign = _campaign(work, CampaignRow.id == id)
    _note(work, campaign, by, "campaign_begun", _told(campaign, chosen.values()))
    jobs.add(work.session, JOB, key=f"{JOB}:{campaign.public_id}", options={"id": id}, run_at=work.now)
    return campaign


def step(work: Work, campaign_id: int) -> bool:
    """Do what a campaign does to its next dossier; False when there is none left, and the campaign is over."""
    waiting = select(CampaignItem.id, CampaignItem.dossier_id).where(
        CampaignItem.campaign_id == campaign_id, CampaignItem.state == "pending"
    )
    next_one = waiting.order_by(CampaignItem.id).limit(1)
    found = work.session.execute(next_one.with_for_update(skip_locked=True)).first()
    if found is None:
        return not _end(work, campaign_id)
    campaign = _campaign(work, CampaignRow.id == campaign_id)
    state, code, happened = _one(work, campaign, found.dossier_id)
    marked = {"state": state, "code": code, "result": dict(happened.result), "at": work.now}
    work.session.execute(update(CampaignItem).where(CampaignItem.id == found.id).values(marked))
    return True


def pause(work: Work, campaign_id: int) -> timedelta:
    """How long a campaign waits between two rounds: none, but where all at once would be too much."""
    kind = work.session.scalars(select(CampaignRow.kind).where(CampaignRow.id == campaign_id)).one()
    return PAUSES.get(cast("Kind", kind), timedelta())


def carry_out(desk: Desk, campaign_id: int) -> Iterator[Progress]:
    """Step through a campaign to its end, in the foreground; what is done so far after each step."""
    while desk.act(step, campaign_id):
        yield desk.read(progress, campaign_id)


def cancel(work: Work, public_id: str, *, by: Actor) -> Progress:
    """End a campaign where it stands: what is done stays done. Raises NotFound, Refused("campaign_over")."""
    campaign = find(work, public_id)
    running = update(CampaignRow).where(_running, CampaignRow.id == campaign.id)
    ended = running.values(state="cancelled", ended_at=work.now).returning(CampaignRow.id)
    if work.session.scalar(ended) is None:
        raise Refused("campaign_over")
    left = (CampaignItem.campaign_id == campaign.id, CampaignItem.state == "pending")
    skipped = {"state": "skipped", "code": "cancelled", "at": work.now}
    work.session.execute(update(CampaignItem).where(*left).values(skipped))
    found = progress(work, campaign.id)
    _note(work, campaign, by, "campaign_cancelled", {"counts": dict(found.counts)})
    return found


def find(work: Work, public_id: str) -> Campaign:
    """A campaign by its public id. Raises NotFound."""
    return _campaign(work, CampaignRow.public_id == public_id)


def of_scheme(work: Work, slug: str) -> tuple[Campaign, ...]:
    """The campaigns of a scheme, the last one first."""
    ids = select(CampaignRow.id).join(SchemeRow, SchemeRow.id == CampaignRow.scheme_id)
    found = work.session.scalars(ids.where(SchemeRow.slug == slug).order_by(CampaignRow.id.desc())).all()
    return tuple(_campaign(work, CampaignRow.id == id) for id in found)


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


def items(work: Work, campaign_id: int, state: ItemState | None = None) -> tuple[Item, ...]:
    """What became of each dossier of a campaign, or of those in one state, in the order they are done."""
    query = select(Dossier.public_id, Dossier.reference, CampaignItem).join(
        Dossier, Dossier.id == CampaignItem.dossier_id
    )
    query = query.where(CampaignItem.campaign_id == campaign_id).order_by(CampaignItem.id)
    rows: Any = work.session.execute(query if state is None else query.where(CampaignItem.state == state))
    return tuple(
        Item(id, reference, row.state, row.code, row.result or {}, row.at) for id, reference, row in rows
    )


_running: ColumnElement[bool] = CampaignRow.state == "running"


def _one(work: Work, campaign: Campaign, dossier_id: int) -> tuple[ItemState, str | None, Happened]:
    """Do it to one dossier; a refusal takes back whatever was written of it, the mark stays."""
    opened = by_id(work, dossier_id)
    if opened is None or opened.dossier.purged_at is not None:
        return "skipped", "anonymised", Happened()
    discarded = len(work.discarded)
    try:
        with work.session.begin_nested():
            happened = KINDS[campaign.kind](work, campaign, opened)
    except Refused as refused:
        del work.discarded[discarded:]
        return "refused", refused.code, Happened()
    return "skipped" if happened.skipped else "done", happened.skipped, happened


def _end(work: Work, campaign_id: int) -> bool:
    """Whether a campaign is over; the first to see it says so in the journal. An item another process holds is pending."""
    found = progress(work, campaign_id)
    if found.pending:
        return False
    running = update(CampaignRow).where(_running, CampaignRow.id == campaign_id)
    ended = running.values(state="done", ended_at=work.now).returning(CampaignRow.id)
    if work.session.scalar(ended) is not None:
        campaign = _campaign(work, CampaignRow.id == campaign_id)
        payload = {"counts": dict(found.counts), "codes": dict(found.codes)}
        _note(work, campaign, SYSTEM, "campaign_done", payload)
    return True


def _chosen(work: Work, scheme_id: int, ids: list[int]) -> dict[int, str]:
    """Those of the dossiers that are of the scheme: id → public id."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), CHUNK):
        among = Dossier.id.in_(ids[start : start + CHUNK])
        query = select(Dossier.id, Dossier.public_id).where(Dossier.scheme_id == scheme_id, among)
        for id, public_id in work.session.execute(query.order_by(Dossier.id)):
            found[id] = public_id
    return found


def _campaign(work: Work, which: ColumnElement[bool]) -> Campaign:
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
        asked_by=Actor("staff", row.asked_by_id, row.asked_by, frozenset()),
        asked_at=row.asked_at,
        options=row.options,
        preview=row.preview,
        state=row.state,
        ended_at=row.ended_at,
    )


def _told(campaign: Campaign, chosen: Iterable[str]) -> dict[str, Any]:
    told = {"kind": campaign.kind, "version": campaign.number, "dossiers": list(chosen)}
    return told | {"options": dict(campaign.options), "preview": dict(campaign.preview)}


def _note(work: Work, campaign: Campaign, by: Actor, action: str, payload: Mapping[str, Any]) -> None:
    journal.record(
        work.session,
        stream=f"scheme:{campaign.slug}",
        actor=by,
        action=action,
        at=work.now,
        payload={"campaign": campaign.public_id, **payload},
    )

"""Campaigns: one act over many dossiers, begun once, then done dossier by dossier.

The beginning is one entry of the scheme's journal, with every dossier chosen. Each step is one transaction: it locks a
dossier, reads it again, acts, and marks its item in the same breath, so that a death at any instant skips nothing and
does nothing twice. Several workers step through it at once, each taking an item that none of the others holds, and so may
the command line.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, insert, select, update

from dossiers import jobs, journal
from dossiers.database import CampaignItem, CampaignRow, Dossier, SchemeRow, core, savepoint, table_of
from dossiers.services.campaign_kinds import ALONE, KINDS, PAUSES, jobs_of, told_of
from dossiers.services.campaign_reading import campaign_where, find, items, of_scheme, progress
from dossiers.services.campaign_views import Campaign, Happened, ItemState, Kind, Progress, Stepped
from dossiers.services.desk import Desk, Work
from dossiers.services.opened import by_id
from dossiers.services.refusals import NotFound, Refused
from workflows.lifecycle import SYSTEM, Actor

__all__ = [
    "begin",
    "cancel",
    "carry_out",
    "find",
    "items",
    "known",
    "of_scheme",
    "progress",
    "set_going",
    "step",
]

JOB = "campaign"
CHUNK = 500
HELD_FOR = 1.0  # seconds left to others to do what they hold, before looking again
ITEMS = table_of(CampaignItem)
NEXT = (
    select(ITEMS.c.id, ITEMS.c.dossier_id)
    .where(ITEMS.c.campaign_id == bindparam("campaign"), ITEMS.c.state == "pending")
    .order_by(ITEMS.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
MARK = (
    update(ITEMS)
    .where(ITEMS.c.id == bindparam("item"))
    .values({name: bindparam(f"to_{name}") for name in ("state", "code", "result", "at")})
)


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
    waits: bool = False,
) -> Campaign:
    """Begin a campaign over these dossiers of a scheme; the worker goes on with it, unless it `waits` to be set going.

    `options` and `preview` are JSON without floats, and hold nothing that somebody answered.
    Raises NotFound, Refused: empty (no dossier of the scheme among them), campaign_running (another one is).
    """
    scheme_id = work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug).with_for_update())
    if scheme_id is None:
        raise NotFound("scheme")
    if kind in ALONE:
        _require_alone(work, scheme_id)
    chosen = _chosen(work, scheme_id, sorted(set(dossier_ids)))
    if not chosen:
        raise Refused("empty")
    row = {"public_id": secrets.token_urlsafe(16), "kind": kind, "scheme_id": scheme_id}
    row |= {"version_id": version_id, "asked_by": by.name, "asked_by_id": by.id, "asked_at": work.now}
    row |= {"options": dict(options), "preview": dict(preview)}
    row |= {"state": "waiting" if waits else "running"}
    id = work.session.scalars(insert(CampaignRow).values(row).returning(CampaignRow.id)).one()
    items = [{"campaign_id": id, "dossier_id": dossier, "state": "pending"} for dossier in chosen]
    work.session.execute(insert(CampaignItem), items)
    campaign = campaign_where(work, CampaignRow.id == id)
    _note(work, campaign, by, "campaign_begun", _told(campaign, chosen.values()))
    if not waits:
        set_going(work, campaign)
    return campaign


def set_going(work: Work, campaign: Campaign) -> None:
    """Hand a campaign that runs to the workers."""
    options = {"id": campaign.id}
    for number in range(jobs_of(work, campaign)):
        key = f"{JOB}:{campaign.public_id}:{number}"
        jobs.add(work.session, JOB, key=key, options=options, run_at=work.now)


def known(work: Work, campaign_id: int) -> Campaign:
    """The campaign of an id, to step through."""
    return campaign_where(work, CampaignRow.id == campaign_id)


def step(work: Work, campaign: Campaign) -> Stepped:
    """Do what a campaign does to the next dossier that nobody holds."""
    found = core(work.session).execute(NEXT, {"campaign": campaign.id}).first()
    if found is None:
        return _end(work, campaign)
    state, code, happened = _one(work, campaign, found.dossier_id)
    marked = {"to_state": state, "to_code": code, "to_result": dict(happened.result), "to_at": work.now}
    core(work.session).execute(MARK, {"item": found.id, **marked})
    return Stepped.DONE


def pause(campaign: Campaign, stepped: Stepped) -> timedelta:
    """How long a campaign waits between two rounds: none, but where all at once would be too much, or others have what is
    left in hand."""
    if stepped is Stepped.HELD:
        return timedelta(seconds=HELD_FOR)
    return PAUSES.get(campaign.kind, timedelta())


def carry_out(desk: Desk, campaign_id: int) -> Iterator[Progress]:
    """Step through a campaign to its end, in the foreground; what is done so far after each step."""
    campaign = desk.read(known, campaign_id)
    while (stepped := desk.act(step, campaign)) is not Stepped.OVER:
        if stepped is Stepped.HELD:
            time.sleep(HELD_FOR)
        else:
            yield desk.read(progress, campaign_id)


def cancel(work: Work, public_id: str, *, by: Actor) -> Progress:
    """End a campaign where it stands: what is done stays done. Raises NotFound, Refused("campaign_over")."""
    campaign = find(work, public_id)
    running = update(CampaignRow).where(_not_over, CampaignRow.id == campaign.id)
    ended = running.values(state="cancelled", ended_at=work.now).returning(CampaignRow.id)
    if work.session.scalar(ended) is None:
        raise Refused("campaign_over")
    left = (CampaignItem.campaign_id == campaign.id, CampaignItem.state == "pending")
    skipped = {"state": "skipped", "code": "cancelled", "at": work.now}
    work.session.execute(update(CampaignItem).where(*left).values(skipped))
    found = progress(work, campaign.id)
    _note(work, campaign, by, "campaign_cancelled", {"counts": dict(found.counts)})
    return found


_running: ColumnElement[bool] = CampaignRow.state == "running"
_not_over: ColumnElement[bool] = CampaignRow.state.in_(("waiting", "running"))


def _require_alone(work: Work, scheme_id: int) -> None:
    alone = (CampaignRow.scheme_id == scheme_id, CampaignRow.kind.in_(ALONE))
    other = work.session.scalar(select(CampaignRow.public_id).where(_running, *alone))
    if other is not None:
        raise Refused("campaign_running", campaign=other)


def _one(work: Work, campaign: Campaign, dossier_id: int) -> tuple[ItemState, str | None, Happened]:
    """Do it to one dossier; a refusal takes back whatever was written of it, the mark stays."""
    opened = by_id(work, dossier_id)
    if opened is None or opened.dossier.purged_at is not None:
        return "skipped", "anonymised", Happened()
    discarded = len(work.discarded)
    try:
        with savepoint(work.session):
            happened = KINDS[campaign.kind](work, campaign, opened)
    except Refused as refused:
        del work.discarded[discarded:]
        return "refused", refused.code, Happened(told_of(refused))
    return "skipped" if happened.skipped else "done", happened.skipped, happened


def _end(work: Work, campaign: Campaign) -> Stepped:
    """Whether a campaign is over; the first to see it says so in the journal. An item somebody holds is pending: it may come
    back when they die."""
    waiting = exists().where(ITEMS.c.campaign_id == campaign.id, ITEMS.c.state == "pending")
    if work.session.scalar(select(waiting)):
        return Stepped.HELD
    running = update(CampaignRow).where(_running, CampaignRow.id == campaign.id)
    ended = running.values(state="done", ended_at=work.now).returning(CampaignRow.id)
    if work.session.scalar(ended) is not None:
        found = progress(work, campaign.id)
        payload = {"counts": dict(found.counts), "codes": dict(found.codes)}
        _note(work, campaign, SYSTEM, "campaign_done", payload)
    return Stepped.OVER


def _chosen(work: Work, scheme_id: int, ids: list[int]) -> dict[int, str]:
    """Those of the dossiers that are of the scheme: id → public id."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), CHUNK):
        among = Dossier.id.in_(ids[start : start + CHUNK])
        query = select(Dossier.id, Dossier.public_id).where(Dossier.scheme_id == scheme_id, among)
        for id, public_id in work.session.execute(query.order_by(Dossier.id)):
            found[id] = public_id
    return found


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

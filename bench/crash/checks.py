"""What must hold afterwards, whatever was killed when: each promise with how many breaches of it were found."""

from __future__ import annotations

import email
import email.policy
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bench.crash.site import Place
from dossiers.database import AmountStep, CampaignItem, CampaignRow, Dossier, Job, JournalEntry, Mail
from dossiers.office import Office
from dossiers.services import audit, publication
from dossiers.services.desk import Desk
from engine.language import Scheme

GRANTED_CENTS = 70_055


@dataclass(frozen=True, slots=True)
class Check:
    """One promise: over how many things it was looked at, and what breaks it."""

    promise: str
    looked_at: int
    breaches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What is read once, for all the checks."""

    scheme: Scheme
    dossiers: list[Any]
    moves: dict[int, list[Any]]
    rows: dict[str, list[Any]]


def check(place: Place, office: Office) -> tuple[Check, ...]:
    """Every promise, looked at on the site as it is left."""
    desk = Desk(office)
    found = desk.read(_read)
    checks = (_states, _money, _numbers, _items, _acknowledged, _mails, _jobs)
    made = [one(found, place, office) for one in checks]
    verified = desk.read(audit.verify)
    return (
        *made,
        Check("the journal verifies", verified.entries, () if verified.whole else (verified.fault,)),
    )


def _read(work: Any) -> Found:
    session = work.session
    entries = session.execute(
        select(JournalEntry.dossier_id, JournalEntry.action, JournalEntry.source, JournalEntry.target)
        .add_columns(JournalEntry.payload)
        .where(JournalEntry.target.is_not(None))
        .order_by(JournalEntry.stream, JournalEntry.number)
    )
    moves: dict[int, list[Any]] = defaultdict(list)
    for entry in entries:
        moves[entry.dossier_id].append(entry)
    tables = (AmountStep, CampaignRow, CampaignItem, Job, Mail)
    rows = {table.__name__: list(session.scalars(select(table))) for table in tables}
    dossiers = list(session.scalars(select(Dossier).where(Dossier.filed_at.is_not(None))))
    return Found(publication.current(work, "crash-grant").scheme, dossiers, moves, rows)


def _states(found: Found, _place: Place, _office: Office) -> Check:
    actions, broken = found.scheme.workflow.actions, []
    for one in found.dossiers:
        here = "draft"
        for move in found.moves[one.id]:
            action = actions[move.action]
            if move.source != here or here not in action.sources or move.target != action.to:
                broken.append(f"{one.reference}: {move.action} from {move.source} after {here}")
            here = move.target
        if here != one.state:
            broken.append(f"{one.reference}: is {one.state}, its journal says {here}")
    return Check("each dossier is in the one state its journal leads to", len(found.dossiers), tuple(broken))


def _money(found: Found, _place: Place, _office: Office) -> Check:
    granted: Counter[int] = Counter()
    broken = []
    for step in found.rows["AmountStep"]:
        if step.kind == "granted":
            granted[step.dossier_id] += 1
            if step.cents != GRANTED_CENTS:
                broken.append(f"dossier {step.dossier_id}: {step.cents} cents granted")
    for one in found.dossiers:
        times = sum(move.action == "accept" for move in found.moves[one.id])
        if granted[one.id] != times or times > 1:
            broken.append(f"{one.reference}: accepted {times} times, granted {granted[one.id]} times")
    return Check("money is granted once for each acceptance", sum(granted.values()), tuple(broken))


def _numbers(found: Found, _place: Place, _office: Office) -> Check:
    lists = sorted(one.number for one in found.rows["CampaignRow"] if one.number)
    references = sorted(one.reference for one in found.dossiers)
    broken = []
    for given, pattern in ((references, "PL-2020-{:05}"), (lists, "B2020-{:04}")):
        wanted = [pattern.format(number) for number in range(1, len(given) + 1)]
        broken += [
            f"{one} where {other} was due" for one, other in zip(given, wanted, strict=True) if one != other
        ]
    return Check(
        "references and list numbers: each once, no gap", len(lists) + len(references), tuple(broken)
    )


def _items(found: Found, _place: Place, _office: Office) -> Check:
    """Done items and acts of a batch are the same, one to one; nothing is left in those that ended."""
    names = {one.id: one for one in found.rows["CampaignRow"]}
    done: Counter[tuple[str, int]] = Counter()
    broken = []
    for item in found.rows["CampaignItem"]:
        campaign = names[item.campaign_id]
        if item.state == "done":
            done[campaign.public_id, item.dossier_id] += 1
        if item.state == "pending" and campaign.state != "waiting":
            broken.append(f"batch {campaign.public_id} ({campaign.state}) left dossier {item.dossier_id} out")
    acts: Counter[tuple[str, int]] = Counter(
        (move.payload["batch"], id)
        for id, moves in found.moves.items()
        for move in moves
        if move.payload and "batch" in move.payload
    )
    broken += [
        f"batch {key[0]}, dossier {key[1]}: {done[key]} results, {acts[key]} acts"
        for key in done | acts
        if done[key] != acts[key] or acts[key] > 1
    ]
    running = [one.public_id for one in names.values() if one.state == "running"]
    broken += [f"batch {one} never ended" for one in running]
    return Check("batches skip nothing and double nothing", len(found.rows["CampaignItem"]), tuple(broken))


def _acknowledged(found: Found, place: Place, _office: Office) -> Check:
    ids = {one.public_id: one.id for one in found.dossiers}
    lines = place.acknowledged.read_text().splitlines() if place.acknowledged.exists() else []
    broken = []
    for line in lines:
        action, _, public_id = line.partition(" ")
        done = [move.action for move in found.moves.get(ids.get(public_id, 0), [])]
        if ("submit" if action == "filed" else action) not in done:
            broken.append(f"acknowledged and lost: {line}")
    return Check("what was acknowledged is there", len(lines), tuple(broken))


def _mails(found: Found, _place: Place, office: Office) -> Check:
    """The outbox folder holds one mail for each that an act promised: none lost, none twice."""
    promised = Counter(_promised(found))
    sent = Counter(_sent(office))
    names = promised | sent
    broken = [
        f"{one}: promised {promised[one]} times, sent {sent[one]}"
        for one in names
        if promised[one] != sent[one]
    ]
    return Check("mails: each once", sum(sent.values()), tuple(broken))


def _promised(found: Found) -> Iterator[str]:
    """What each act writes, and the links to drafts that were begun and left."""
    links = {job.id for job in found.rows["Job"] if job.kind == "resume_link" and job.done_at is not None}
    yield from (mail.subject for mail in found.rows["Mail"] if mail.job_id in links)
    for one in found.dossiers:
        for move in found.moves[one.id]:
            for effect in found.scheme.workflow.actions[move.action].effects:
                yield f"{effect.name} {one.reference}"


def _sent(office: Office) -> Iterator[str]:
    for path in office.settings.outbox.iterdir():
        if path.suffix == ".eml":
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            yield str(mail["Subject"])
        else:
            yield f"leftover {path.name}"


def _jobs(found: Found, _place: Place, _office: Office) -> Check:
    rows = found.rows["Job"]
    open_ones = [f"{one.key}: {one.error or 'not done'}" for one in rows if one.done_at is None]
    return Check("every job is done, none given up", len(rows), tuple(open_ones))

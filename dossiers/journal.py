"""The journal: facts, chained by SHA-256 per stream (a dossier, an account, a scheme), sealed together by the worker.

An entry is made of the digest of its salted payload, so that a lawful purge may erase payload and salt while the
chain still verifies; the purge leaves an entry of its own, the tombstone.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from dossiers.database import JournalEntry, Seal, core, lock_name, table_of, try_lock_name
from dossiers.database.types import to_text
from dossiers.outside.vault import Vault
from workflows.situation import Actor

GENESIS = "0" * 64
PURGED = "purged"  # the action of a tombstone
SEALER = "journal-sealer"
MOST_SEALED = 5000  # entries under one seal
CHUNK = 500

ENTRIES = table_of(JournalEntry)
ADD = insert(ENTRIES)
LAST = (
    select(ENTRIES.c.number, ENTRIES.c.hash)
    .where(ENTRIES.c.stream == bindparam("stream"))
    .order_by(ENTRIES.c.number.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class BadEntry:
    """The first place where the journal doesn't hold. `stream` is "seals" for a seal, `number` its own.

    `reason`: missing, altered, payload_altered, payload_erased (without a tombstone), seal_altered, seal_forged.
    """

    stream: str
    number: int
    reason: str


def record(
    session: Session,
    *,
    stream: str,
    actor: Actor,
    action: str,
    at: datetime,
    source: str | None = None,
    target: str | None = None,
    payload: Mapping[str, Any] | None = None,
    dossier_id: int | None = None,
) -> None:
    """Add an entry to a stream, which stays locked until the act ends. `payload` is JSON without floats."""
    lock_name(session, f"journal:{stream}")
    number, previous = _last(session, stream)
    salt = secrets.token_hex(16) if payload else None
    row: dict[str, Any] = {"stream": stream, "number": number + 1, "dossier_id": dossier_id, "at": at}
    row |= {"actor_kind": actor.kind, "actor_id": actor.id, "actor_name": actor.name, "action": action}
    row |= {"source": source, "target": target, "previous": previous}
    row["payload_digest"] = _payload_digest(salt, payload) if payload and salt else None
    row["hash"] = entry_hash(row)
    row |= {"payload": dict(payload) if payload else None, "salt": salt}
    core(session).execute(ADD, row)


def purge(session: Session, *, dossier_id: int, actor: Actor, at: datetime, why: str) -> int:
    """Erase the payloads of a dossier's entries, in every stream, each marked by a tombstone; returns how many."""
    held = (JournalEntry.dossier_id == dossier_id, JournalEntry.salt.is_not(None))
    query = select(JournalEntry.stream, func.count()).where(*held).group_by(JournalEntry.stream)
    rows = session.execute(query.order_by(JournalEntry.stream)).all()
    for stream, _ in rows:  # in one order for all, so that two purges don't wait for each other
        lock_name(session, f"journal:{stream}")
    session.execute(
        update(JournalEntry)
        .where(*held)
        .values(payload=None, salt=None)
        .execution_options(synchronize_session=False)
    )
    for stream, count in rows:
        payload = {"why": why, "entries": count}
        record(session, stream=stream, actor=actor, action=PURGED, at=at, payload=payload)
    return sum(count for _, count in rows)


def is_unsealed(session: Session) -> bool:
    """Whether an entry waits for a seal: a look without any lock."""
    return session.scalar(select(JournalEntry.id).where(JournalEntry.seal_id.is_(None)).limit(1)) is not None


def seal(session: Session, vault: Vault, now: datetime) -> int:
    """Seal the entries no seal holds yet, under one signature; returns how many. One process at a time does it.

    Entries are taken because they bear no seal, not because they are the last: an act may commit late.
    """
    if not try_lock_name(session, SEALER):
        return 0
    query = select(JournalEntry.id, JournalEntry.hash).where(JournalEntry.seal_id.is_(None))
    rows = session.execute(query.order_by(JournalEntry.id).limit(MOST_SEALED)).all()
    if not rows:
        return 0
    last = session.execute(select(Seal.number, Seal.hash).order_by(Seal.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    digest = _digest(row.hash for row in rows)
    hashed = _seal_hash(number, now, len(rows), digest, previous)
    values: dict[str, Any] = {
        "number": number,
        "at": now,
        "count": len(rows),
        "digest": digest,
        "previous": previous,
    }
    values |= {"hash": hashed, "signature": vault.sign(hashed.encode())}
    id = session.scalars(insert(Seal).values(values).returning(Seal.id)).one()
    ids = [row.id for row in rows]
    for start in range(0, len(ids), CHUNK):
        chosen = JournalEntry.id.in_(ids[start : start + CHUNK])
        session.execute(
            update(JournalEntry).where(chosen).values(seal_id=id).execution_options(synchronize_session=False)
        )
    return len(rows)


def verify(session: Session, vault: Vault | None = None) -> BadEntry | None:
    """The first bad entry or seal; None when every chain holds. Signatures are checked when the vault is given."""
    return _verify_streams(session) or _verify_seals(session, vault)


def entry_hash(row: Mapping[str, Any]) -> str:
    """What chains an entry to the one before: all of it but its payload, which is there by its digest."""
    kept = {key: row[key] for key in HASHED}
    return hashlib.sha256(_canonical({**kept, "at": to_text(row["at"])})).hexdigest()


HASHED = (
    "stream",
    "number",
    "dossier_id",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "action",
    "source",
    "target",
    "payload_digest",
    "previous",
)


def _last(session: Session, stream: str) -> tuple[int, str]:
    row = core(session).execute(LAST, {"stream": stream}).first()
    return (row.number, row.hash) if row else (0, GENESIS)


def _verify_streams(session: Session) -> BadEntry | None:
    columns = [getattr(JournalEntry, name) for name in (*HASHED, "payload", "salt", "hash")]
    query = select(*columns).order_by(JournalEntry.stream, JournalEntry.number)
    tombstones = _tombstones(session)
    stream, number, previous = "", 0, GENESIS
    with session.execute(query.execution_options(yield_per=1000)) as rows:
        for row in rows:
            if row.stream != stream:
                stream, number, previous = row.stream, 0, GENESIS
            reason = _fault(row, number + 1, previous, row.number < tombstones.get(stream, 0))
            if reason is not None:
                return BadEntry(stream, number + 1 if reason == "missing" else row.number, reason)
            number, previous = row.number, row.hash
    return None


def _tombstones(session: Session) -> dict[str, int]:
    """The last tombstone of each stream that has one."""
    query = select(JournalEntry.stream, func.max(JournalEntry.number).label("last")).where(
        JournalEntry.action == PURGED
    )
    return {row.stream: row.last for row in session.execute(query.group_by(JournalEntry.stream))}


def _fault(row: Row[Any], number: int, previous: str, is_purged: bool) -> str | None:
    if row.number != number:
        return "missing"
    if row.previous != previous or entry_hash(dict(row._mapping)) != row.hash:
        return "altered"
    if row.payload_digest is None:
        return "payload_altered" if row.payload is not None else None
    if row.salt is None or row.payload is None:
        return None if is_purged and row.salt is None and row.payload is None else "payload_erased"
    return None if _payload_digest(row.salt, row.payload) == row.payload_digest else "payload_altered"


def _verify_seals(session: Session, vault: Vault | None) -> BadEntry | None:
    previous = GENESIS
    for number, row in enumerate(session.scalars(select(Seal).order_by(Seal.number)), start=1):
        query = select(JournalEntry.hash).where(JournalEntry.seal_id == row.id).order_by(JournalEntry.id)
        hashes = session.scalars(query).all()
        digest = _digest(hashes)
        told = _seal_hash(row.number, row.at, row.count, row.digest, row.previous)
        if row.number != number:
            return BadEntry("seals", number, "missing")
        if row.previous != previous or told != row.hash or digest != row.digest or len(hashes) != row.count:
            return BadEntry("seals", number, "seal_altered")
        if vault is not None and not vault.is_signed(row.hash.encode(), row.signature):
            return BadEntry("seals", number, "seal_forged")
        previous = row.hash
    return None


def _seal_hash(number: int, at: datetime, count: int, digest: str, previous: str) -> str:
    return hashlib.sha256(_canonical([number, to_text(at), count, digest, previous])).hexdigest()


def _digest(hashes: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def _payload_digest(salt: str, payload: Mapping[str, Any]) -> str:
    return hashlib.sha256(salt.encode() + _canonical(payload)).hexdigest()


def _canonical(value: Any) -> bytes:
    """One way to write a JSON value, whatever the database did to it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()

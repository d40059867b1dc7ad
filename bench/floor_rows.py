"""The rows an application leaves, written by plain inserts: the same tables and about the same bytes as the services write."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bench.floor_store import TABLES, Version

DOSSIER, DRAFT, PARTY, SESSION = (TABLES[name] for name in ("dossier", "draft", "party", "session"))
FILING, VERDICT, AMOUNT, ENTRY = (
    TABLES[name] for name in ("filing", "verdict", "amount_step", "journal_entry")
)
JOB, SEARCHABLE, WORD, COUNTER = (TABLES[name] for name in ("job", "searchable", "search_word", "counter"))
LATER = timedelta(minutes=10)
RULES = {
    "eligible": True,
    "rules": [
        {"id": "low_income", "outcome": True, "severity": "refuse", "phrases": {}, "law": None, "reasons": []}
    ],
}


def begin(connection: sa.Connection, version: Version, public_id: str, email: str, now: datetime) -> None:
    """A draft, its applicant, a session, a mail for later."""
    row = {
        "public_id": public_id,
        "scheme_id": version.scheme_id,
        "version_id": version.version_id,
        "state": "draft",
    }
    row |= {"revision": 0, "email": email, "language": "fr", "created_at": now, "state_since": now}
    id = connection.execute(DOSSIER.insert().returning(DOSSIER.c.id), row).scalar_one()
    draft = {"dossier_id": id, "answers": {}, "seen": [], "revision": 1, "updated_at": now}
    connection.execute(DRAFT.insert(), draft)
    connection.execute(PARTY.insert(), {"dossier_id": id, "role": "applicant", "email": email})
    _job(connection, id, "resume_link", f"resume:{id}", {"language": "fr"}, now + LATER)
    session: dict[str, Any] = {
        "token_hash": secrets.token_hex(32),
        "kind": "applicant",
        "dossiers": [id],
        "language": "fr",
    }
    session |= {
        "csrf": secrets.token_urlsafe(16),
        "created_at": now,
        "last_seen": now,
        "expires_at": now + LATER,
    }
    connection.execute(SESSION.insert(), session)


def draft_query(public_id: str) -> Any:
    """The dossier with its draft."""
    query = sa.select(DOSSIER.c.id, DOSSIER.c.public_id, DOSSIER.c.version_id, DOSSIER.c.email)
    query = query.add_columns(DRAFT.c.answers, DRAFT.c.seen, DRAFT.c.revision)
    return query.join(DRAFT, DRAFT.c.dossier_id == DOSSIER.c.id).where(DOSSIER.c.public_id == public_id)


def drafted(connection: sa.Connection, public_id: str) -> Any:
    """The dossier with its draft, read."""
    return connection.execute(draft_query(public_id)).one()


def reference(connection: sa.Connection, public_id: str) -> str:
    """The number of a filed dossier."""
    return str(
        connection.execute(
            sa.select(DOSSIER.c.reference).where(DOSSIER.c.public_id == public_id)
        ).scalar_one()
    )


def save(connection: sa.Connection, query: Any, page: str, typed: dict[str, str], now: datetime) -> list[str]:
    """One page of answers; returns the pages saved so far."""
    row = connection.execute(query).one()
    seen = [*row.seen, page]
    values = {"answers": row.answers | typed, "seen": seen, "revision": row.revision + 1, "updated_at": now}
    connection.execute(DRAFT.update().where(DRAFT.c.dossier_id == row.id).values(values))
    return seen


def submit(connection: sa.Connection, query: Any, now: datetime) -> None:
    """The filing and all that goes with it."""
    row = connection.execute(query).one()
    filing = {"dossier_id": row.id, "number": 1, "version_id": row.version_id, "answers": row.answers}
    filing |= {"filed_at": now, "filed_by": "applicant"}
    filing_id = connection.execute(FILING.insert().returning(FILING.c.id), filing).scalar_one()
    _outcome(connection, row, filing_id, now)
    connection.execute(DRAFT.delete().where(DRAFT.c.dossier_id == row.id))
    connection.execute(PARTY.update().where(PARTY.c.dossier_id == row.id).values(name=row.answers["name"]))
    _index(connection, row)
    step = COUNTER.update().values(value=COUNTER.c.value + 1).returning(COUNTER.c.value)
    number = f"PAR-{now.year}-{connection.execute(step).scalar_one():06}"
    values = {"state": "submitted", "reference": number, "revision": 1, "state_since": now}
    values |= {"filed_at": now, "complete_at": now}
    connection.execute(DOSSIER.update().where(DOSSIER.c.id == row.id).values(values))
    _entry(connection, row, now)
    told = {
        "text": "acknowledgement",
        "to": row.email,
        "values": {"reference": number, "answers": row.answers},
    }
    _job(connection, row.id, "mail", f"mail:acknowledgement:{row.public_id}:1", told, now)
    _job(connection, row.id, "receipt", f"receipt:{row.public_id}:1", {"number": 1, "language": "fr"}, now)


def _outcome(connection: sa.Connection, row: Any, filing_id: int, now: datetime) -> None:
    verdict = {"dossier_id": row.id, "filing_id": filing_id, "version_id": row.version_id, "at": now}
    connection.execute(VERDICT.insert(), verdict | {"eligible": True, "rules": RULES, "amount_cents": 10_000})
    amount = {"dossier_id": row.id, "kind": "computed", "cents": 10_000, "currency": "EUR", "at": now}
    amount |= {"by": "system", "why": "award", "key": f"{row.public_id}/0/computed"}
    connection.execute(AMOUNT.insert(), amount)


def _index(connection: sa.Connection, row: Any) -> None:
    shown = [{"dossier_id": row.id, "field": id, "text": str(text)} for id, text in row.answers.items()]
    connection.execute(SEARCHABLE.insert(), shown)
    tokens = re.findall(r"\w\w+", f"{row.answers['name']} {row.email}".lower())
    words = dict.fromkeys(
        (*tokens, *(token.rstrip("es") for token in tokens))
    )  # about as many as words and stems
    connection.execute(WORD.insert(), [{"dossier_id": row.id, "word": word} for word in words])


def _entry(connection: sa.Connection, row: Any, now: datetime) -> None:
    entry = {
        "stream": f"dossier:{row.public_id}",
        "number": 1,
        "dossier_id": row.id,
        "at": now,
        "action": "submit",
    }
    entry |= {"actor_kind": "applicant", "actor_id": "applicant", "actor_name": "", "source": "draft"}
    entry |= {"target": "submitted", "payload": {"filing": 1}, "salt": secrets.token_hex(16)}
    entry |= {name: secrets.token_hex(32) for name in ("payload_digest", "previous", "hash")}
    connection.execute(ENTRY.insert(), entry)


def _job(
    connection: sa.Connection, id: int, kind: str, key: str, options: dict[str, Any], at: datetime
) -> None:
    row = {"kind": kind, "dossier_id": id, "options": options, "key": key, "run_at": at, "planned_at": at}
    row["attempts"] = 0
    connection.execute(JOB.insert(), row)

"""Sessions: a random token in a cookie, of which only the digest is kept here.

They end when unused for a while, and in any case after a fixed time.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from dossiers.database import SessionRow, core, table_of
from dossiers.office import Office

SESSIONS = table_of(SessionRow)
NAMES = (
    "token_hash",
    "kind",
    "account_id",
    "email",
    "dossiers",
    "csrf",
    "language",
    "last_seen",
    "expires_at",
)
KEPT = tuple(SESSIONS.c[name] for name in NAMES)
HASHED = SESSIONS.c.token_hash == bindparam("hashed")
FIND = select(*KEPT).where(HASHED)  # built once: every request finds its session
ADD = insert(SESSIONS)
TOUCHED_EVERY = timedelta(minutes=5)  # so that reading a page doesn't write
STAFF, APPLICANT = "staff", "applicant"


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just opened: the token is known this once."""

    token: str
    csrf: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """A session that is alive. `id` is the digest of its token; `stale`: it should be touched; `ends_at`: when it ends if
    nothing more is done in it."""

    id: str
    kind: str
    account_id: int | None
    email: str | None
    dossiers: frozenset[int]
    csrf: str
    language: str
    stale: bool
    ends_at: datetime


def open_staff(session: Session, office: Office, *, account_id: int, language: str, now: datetime) -> Opened:
    """Open a session for a member of staff whose password was right."""
    return _open(
        session, now, office.settings.staff_lifetime, kind=STAFF, account_id=account_id, language=language
    )


def open_applicant(
    session: Session,
    office: Office,
    *,
    email: str | None,
    dossiers: Iterable[int] = (),
    language: str,
    now: datetime,
) -> Opened:
    """Open an applicant's session: for the dossiers begun in it, and for all those of an address once it is proven."""
    about: dict[str, Any] = {"email": email, "dossiers": sorted(set(dossiers)), "language": language}
    return _open(session, now, office.settings.applicant_lifetime, kind=APPLICANT, **about)


def admit(session: Session, session_id: str | None, dossier_id: int) -> bool:
    """Let a live applicant's session see one dossier more; False when there is no such session."""
    query = select(SessionRow).where(SessionRow.token_hash == session_id, SessionRow.kind == APPLICANT)
    row = session.scalar(query.with_for_update())
    if row is None:
        return False
    row.dossiers = sorted({*row.dossiers, dossier_id})
    return True


def find(session: Session, office: Office, token: str | None, now: datetime) -> Known | None:
    """The session of a token; None when it is unknown or over."""
    if not token:
        return None
    return known(core(session).execute(FIND, {"hashed": digest(token)}).first(), office, now)


def known(row: Sequence[Any] | None, office: Office, now: datetime) -> Known | None:
    """The session of a row of `KEPT`; None for none, and for one that is over."""
    if row is None:
        return None
    id, kind, account_id, email, dossiers, csrf, language, last_seen, expires_at = row
    if expires_at <= now or last_seen + _idle(office, kind) <= now:
        return None
    stale = last_seen + TOUCHED_EVERY <= now
    ends_at = min(expires_at, (now if stale else last_seen) + _idle(office, kind))
    return Known(id, kind, account_id, email, frozenset(dossiers), csrf, language, stale, ends_at)


def touch(session: Session, token: str, now: datetime) -> None:
    """Note that a session is in use."""
    seen = update(SessionRow).where(SessionRow.token_hash == digest(token), SessionRow.last_seen < now)
    session.execute(seen.values(last_seen=now))


def extend(session: Session, office: Office, token: str, now: datetime) -> datetime | None:
    """Let somebody who says they are there go on; when it ends now, None for a session that isn't there.

    An applicant's session may so live twice as long as any other, never more.
    """
    row = session.scalar(select(SessionRow).where(SessionRow.token_hash == digest(token)).with_for_update())
    if row is None:
        return None
    idle, most = _idle(office, row.kind), row.created_at + 2 * office.settings.applicant_lifetime
    row.last_seen = now
    row.expires_at = max(row.expires_at, min(most, now + idle))
    return min(row.expires_at, now + idle)


def close(session: Session, token: str) -> None:
    """End a session; a token of none ends none."""
    session.execute(delete(SessionRow).where(SessionRow.token_hash == digest(token)))


def close_all(session: Session, *, account_id: int) -> None:
    """End all the sessions of an account."""
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))


def sweep(session: Session, now: datetime) -> None:
    """Forget the sessions that are over."""
    session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))


def shift(session: Session, span: timedelta) -> None:
    """Let every session live as long as before though the business clock was moved: nobody is put out by it."""
    for row in session.scalars(select(SessionRow)):
        row.created_at += span
        row.last_seen += span
        row.expires_at += span


def new_token() -> tuple[str, str]:
    """A token nobody can guess (256 bits), and the digest that is kept of it."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> str:
    """What is kept of a token; no salt is needed, since nobody can try 2^256 of them."""
    return hashlib.sha256(token.encode()).hexdigest()


def _open(session: Session, now: datetime, lifetime: timedelta, **values: Any) -> Opened:
    token, hashed = new_token()
    opened = Opened(token, secrets.token_urlsafe(16), now + lifetime)
    row = {
        "token_hash": hashed,
        "csrf": opened.csrf,
        "expires_at": opened.expires_at,
        "dossiers": [],
        **values,
    }
    core(session).execute(ADD, {**row, "created_at": now, "last_seen": now})
    return opened


def _idle(office: Office, kind: str) -> timedelta:
    return office.settings.staff_idle if kind == STAFF else office.settings.applicant_idle

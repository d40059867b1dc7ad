"""Who asks, and what they may do. What no rule allows is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dossiers.database import Account, RoleGrant, core, table_of
from engine.language import Scheme

ACCOUNTS, GRANTS = table_of(Account), table_of(RoleGrant)
STAFF = (
    select(
        ACCOUNTS.c.name,
        ACCOUNTS.c.email,
        ACCOUNTS.c.administrator,
        GRANTS.c.scheme_slug,
        GRANTS.c.role,
        GRANTS.c.groups,
    )
    .select_from(ACCOUNTS.outerjoin(GRANTS, GRANTS.c.account_id == ACCOUNTS.c.id))
    .where(ACCOUNTS.c.id == bindparam("account"), ACCOUNTS.c.disabled_at.is_(None))
)
Kind = Literal["anonymous", "applicant", "staff"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a request.

    `dossiers`: row ids begun in this session; `email`: the proven address of an applicant, or that of an account;
    `roles`: by scheme; `groups`: those they belong to, by scheme; `session`: what `sessions.admit` takes; `stale`: the session should be touched; `ends_at`:
    when it ends if nothing more is done in it.
    """

    kind: Kind
    account_id: int | None = None
    name: str = ""
    email: str = ""
    dossiers: frozenset[int] = frozenset()
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    administrator: bool = False
    language: str = "fr"
    csrf: str = ""
    session: str | None = None
    stale: bool = False
    ends_at: datetime | None = None


class Known(Protocol):
    """A live session, as `sessions.find` gives it."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def account_id(self) -> int | None: ...
    @property
    def email(self) -> str | None: ...
    @property
    def dossiers(self) -> frozenset[int]: ...
    @property
    def csrf(self) -> str: ...
    @property
    def stale(self) -> bool: ...
    @property
    def ends_at(self) -> datetime: ...


def anonymous(language: str = "fr") -> Viewer:
    """Somebody without a session."""
    return Viewer("anonymous", language=language)


def viewer(session: Session, known: Known | None, language: str) -> Viewer:
    """The person of a session; anonymous without one, and when the account was closed since."""
    if known is None:
        return anonymous(language)
    if known.kind == "applicant":
        return Viewer(
            "applicant",
            email=known.email or "",
            dossiers=known.dossiers,
            language=language,
            csrf=known.csrf,
            session=known.id,
            stale=known.stale,
            ends_at=known.ends_at,
        )
    return _staff(session, known, language)


def may(viewer: Viewer, verb: str, scheme: Scheme) -> bool:
    """Whether one of the viewer's roles in a scheme allows a verb (search, view, note, message, resend)."""
    if viewer.kind != "staff":
        return False
    held = viewer.roles.get(scheme.id, frozenset())
    return any(verb in scheme.roles[role].may for role in held if role in scheme.roles)


def staff(session: Session, account_id: int | None, language: str) -> Viewer:
    """The member of staff an account belongs to, without a session; anonymous when it is closed or isn't there."""
    session.flush()  # what this very act changed of an account counts
    rows = core(session).execute(STAFF, {"account": account_id}).all()
    if not rows:
        return anonymous(language)
    roles: dict[str, frozenset[str]] = {}
    groups: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.scheme_slug is not None:
            roles[row.scheme_slug] = roles.get(row.scheme_slug, frozenset()) | {row.role}
            groups[row.scheme_slug] = groups.get(row.scheme_slug, frozenset()) | {*(row.groups or ())}
    first = rows[0]
    return Viewer(
        "staff",
        account_id=account_id,
        name=first.name,
        email=first.email,
        roles=roles,
        groups=groups,
        administrator=first.administrator,
        language=language,
    )


def _staff(session: Session, known: Known, language: str) -> Viewer:
    found = staff(session, known.account_id, language)
    if found.kind != "staff":
        return found
    return replace(found, csrf=known.csrf, session=known.id, stale=known.stale)

"""Staff accounts: signing in and out, adding, listing, disabling; roles are given per scheme."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select

from dossiers import journal, sessions, throttle
from dossiers.access import Viewer
from dossiers.database import Account, RoleGrant
from dossiers.office import Office
from dossiers.services import passwords, publication
from dossiers.services.beginning import normal_email
from dossiers.services.desk import Work, preceded_by
from dossiers.services.office_views import AccountView, SignedIn
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.views import Session
from workflows.lifecycle import SYSTEM, Actor

ATTEMPTS, WINDOW = 10, timedelta(minutes=15)  # wrong passwords for one address


@dataclass(frozen=True, slots=True)
class Recognised:
    """The account whose password was right."""

    id: int
    public_id: str


def _recognise(
    office: Office, now: datetime, email: str, password: str, *, language: str = "fr"
) -> Recognised:
    """Count the attempt, then compare, with no transaction open: hashing takes long on purpose.

    Raises Refused: throttled, wrong_credentials (the same for an unknown address and a wrong password).
    """
    address = email.strip().casefold()
    if not throttle.allow(office, f"sign_in:{address}", limit=ATTEMPTS, window=WINDOW):
        raise Refused("throttled", retry_at=now + WINDOW)
    query = select(Account.id, Account.public_id, Account.password_hash).where(
        Account.email == address, Account.disabled_at.is_(None)
    )
    with office.database.reading() as session:
        row = session.execute(query).first()
    if not passwords.is_right(row.password_hash if row else None, password) or row is None:
        raise Refused("wrong_credentials")
    return Recognised(row.id, row.public_id)


@preceded_by(_recognise)
def sign_in(work: Work, email: str, password: str, *, language: str = "fr") -> SignedIn:
    """Open a session for a member of staff. Raises Refused: throttled, wrong_credentials."""
    found: Recognised = work.prepared
    session = sessions.open_staff(
        work.session, work.office, account_id=found.id, language=language, now=work.now
    )
    _note(work, found.public_id, Actor("staff", str(found.id), ""), "signed_in", {})
    account = next(view for view in _accounts(work, [found.id]))
    return SignedIn(Session(session.token, session.expires_at), account)


def sign_out(work: Work, viewer: Viewer, token: str) -> None:
    """End a session; a token of no session ends none."""
    sessions.close(work.session, token)


def _hash(office: Office, now: datetime, by: Viewer | None = None, *, password: str, **_: Any) -> str:
    """The password's hash, made while nothing is locked."""
    if len(password) < passwords.SHORTEST:
        raise Refused("weak_password", min=passwords.SHORTEST)
    return passwords.hash_password(password)


@preceded_by(_hash)
def add(
    work: Work,
    by: Viewer | None = None,
    *,
    email: str,
    name: str,
    password: str,
    roles: Mapping[str, Sequence[str]] | None = None,
    administrator: bool = False,
    language: str = "fr",
) -> AccountView:
    """Add an account; `roles` maps schemes to roles they declare. `by` is None from the command line.

    Raises NotFound unless an administrator asks, Refused: weak_password, not_an_email, email_taken, unknown_role.
    """
    _require_administrator(by)
    address = normal_email(email)
    if work.session.scalar(select(Account.id).where(Account.email == address)) is not None:
        raise Refused("email_taken", email=address)
    grants = _grants(work, roles or {})
    row: dict[str, Any] = {
        "public_id": secrets.token_urlsafe(16),
        "email": address,
        "name": name.strip() or address,
    }
    row |= {"password_hash": work.prepared, "created_at": work.now, "language": language}
    values = {**row, "administrator": administrator}
    id = work.session.scalars(insert(Account).values(values).returning(Account.id)).one()
    for slug, role in grants:
        work.session.execute(insert(RoleGrant).values(account_id=id, scheme_slug=slug, role=role))
    _note(work, row["public_id"], _actor(by), "account_added", {"roles": [list(grant) for grant in grants]})
    return _accounts(work, [id])[0]


def every(work: Work, viewer: Viewer | None = None) -> tuple[AccountView, ...]:
    """Every account by name. Raises NotFound unless an administrator asks."""
    _require_administrator(viewer)
    return _accounts(work, None)


def disable(work: Work, viewer: Viewer | None, public_id: str) -> None:
    """Close an account and its sessions; its past stays. Raises NotFound, Refused("last_administrator")."""
    _require_administrator(viewer)
    row = work.session.scalar(select(Account).where(Account.public_id == public_id).with_for_update())
    if row is None:
        raise NotFound("account")
    if row.disabled_at is not None:
        return
    if row.administrator and _administrators(work) == 1:
        raise Refused("last_administrator")
    row.disabled_at = work.now
    sessions.close_all(work.session, account_id=row.id)
    _note(work, public_id, _actor(viewer), "account_disabled", {})


def disable_by_email(work: Work, email: str, viewer: Viewer | None = None) -> None:
    """As `disable`, by the address. Raises NotFound, Refused("last_administrator")."""
    public_id = work.session.scalar(
        select(Account.public_id).where(Account.email == email.strip().casefold())
    )
    if public_id is None:
        raise NotFound("account")
    disable(work, viewer, public_id)


def grant(
    work: Work, viewer: Viewer | None, public_id: str, roles: Mapping[str, Sequence[str]]
) -> AccountView:
    """Replace an account's roles. Raises NotFound, Refused("unknown_role")."""
    _require_administrator(viewer)
    id = work.session.scalar(select(Account.id).where(Account.public_id == public_id).with_for_update())
    if id is None:
        raise NotFound("account")
    grants = _grants(work, roles)
    work.session.execute(delete(RoleGrant).where(RoleGrant.account_id == id))
    for slug, role in grants:
        work.session.execute(insert(RoleGrant).values(account_id=id, scheme_slug=slug, role=role))
    _note(work, public_id, _actor(viewer), "roles_granted", {"roles": [list(grant) for grant in grants]})
    return _accounts(work, [id])[0]


def _require_administrator(viewer: Viewer | None) -> None:
    """None stands for the command line, which has the keys of the house anyway."""
    if viewer is not None and not (viewer.kind == "staff" and viewer.administrator):
        raise NotFound("page")


def _grants(work: Work, roles: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    grants = [(slug, role) for slug, names in roles.items() for role in names]
    for slug, role in grants:
        if role not in publication.current(work, slug).scheme.roles:
            raise Refused("unknown_role", role=role, scheme=slug)
    return grants


def _administrators(work: Work) -> int:
    query = select(func.count()).where(Account.administrator.is_(True), Account.disabled_at.is_(None))
    return int(work.session.scalar(query) or 0)


def _accounts(work: Work, ids: Iterable[int] | None) -> tuple[AccountView, ...]:
    query = select(Account).order_by(Account.name, Account.id)
    grants = select(RoleGrant.account_id, RoleGrant.scheme_slug, RoleGrant.role).order_by(RoleGrant.role)
    if ids is not None:
        query, grants = query.where(Account.id.in_(ids)), grants.where(RoleGrant.account_id.in_(ids))
    roles: dict[int, dict[str, tuple[str, ...]]] = {}
    for id, slug, role in work.session.execute(grants):
        held = roles.setdefault(id, {})
        held[slug] = (*held.get(slug, ()), role)
    return tuple(_view(row, roles.get(row.id, {})) for row in work.session.scalars(query))


def _view(row: Account, roles: Mapping[str, tuple[str, ...]]) -> AccountView:
    return AccountView(
        public_id=row.public_id,
        email=row.email,
        name=row.name,
        administrator=row.administrator,
        language=row.language,
        roles=roles,
        disabled_at=row.disabled_at,
        created_at=row.created_at,
    )


def _actor(viewer: Viewer | None) -> Actor:
    return SYSTEM if viewer is None else Actor("staff", str(viewer.account_id), viewer.name)


def _note(work: Work, public_id: str, actor: Actor, action: str, payload: dict[str, Any]) -> None:
    journal.record(
        work.session, stream=f"account:{public_id}", actor=actor, action=action, at=work.now, payload=payload
    )

"""Staff accounts: signing in and out, adding, listing, disabling; roles are given per scheme."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from dossiers import journal, sessions, throttle
from dossiers.access import Viewer
from dossiers.database import Account, RoleGrant
from dossiers.office import Office
from dossiers.services import passwords, publication, recusals
from dossiers.services.beginning import normal_email
from dossiers.services.desk import Work, preceded_by
from dossiers.services.office_views import AccountView, SignedIn
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.views import Session
from workflows.lifecycle import SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to open; `roles` maps schemes to roles they declare."""

    email: str
    name: str
    roles: Mapping[str, Sequence[str]]
    administrator: bool = False
    language: str = "fr"


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
    made = NewAccount(email, name, roles or {}, administrator, language)
    return open_account(work, by, made, password_hash=work.prepared)


def open_account(work: Work, by: Viewer | None, new: NewAccount, *, password_hash: str) -> AccountView:
    """Open an account. Raises NotFound unless an administrator asks, Refused: not_an_email, email_taken, unknown_role."""
    require_administrator(by)
    address = normal_email(new.email)
    if work.session.scalar(select(Account.id).where(Account.email == address)) is not None:
        raise Refused("email_taken", email=address)
    grants = _grants(work, new.roles)
    row: dict[str, Any] = {
        "public_id": secrets.token_urlsafe(16),
        "email": address,
        "name": new.name.strip() or address,
    }
    row |= {"password_hash": password_hash, "created_at": work.now, "language": new.language}
    values = {**row, "administrator": new.administrator}
    id = work.session.scalars(insert(Account).values(values).returning(Account.id)).one()
    for slug, role in grants:
        work.session.execute(insert(RoleGrant).values(account_id=id, scheme_slug=slug, role=role))
    note(work, row["public_id"], by, "account_added", _granted(grants, new.administrator))
    return _accounts(work, [id])[0]


def one(work: Work, viewer: Viewer, public_id: str) -> AccountView:
    """One account. Raises NotFound, also unless an administrator asks."""
    require_administrator(viewer)
    id = work.session.scalar(select(Account.id).where(Account.public_id == public_id))
    if id is None:
        raise NotFound("account")
    return _accounts(work, [id])[0]


def every(work: Work, viewer: Viewer | None = None) -> tuple[AccountView, ...]:
    """Every account by name. Raises NotFound unless an administrator asks."""
    require_administrator(viewer)
    return _accounts(work, None)


def disable(work: Work, viewer: Viewer | None, public_id: str) -> None:
    """Close an account and its sessions; its past stays. Raises NotFound, Refused("last_administrator")."""
    require_administrator(viewer)
    administrators = _administrators(work)
    row = locked(work, public_id)
    if row.disabled_at is not None:
        return
    if administrators == [row.id]:
        raise Refused("last_administrator")
    row.disabled_at = work.now
    sessions.close_all(work.session, account_id=row.id)
    note(work, public_id, viewer, "account_disabled", {})


def enable(work: Work, viewer: Viewer, public_id: str) -> None:
    """Open a closed account again, with the roles and the password it had. Raises NotFound."""
    require_administrator(viewer)
    row = locked(work, public_id)
    if row.disabled_at is None:
        return
    row.disabled_at = None
    note(work, public_id, viewer, "account_enabled", {})


def locked(work: Work, public_id: str) -> Account:
    """An account's row, locked. Raises NotFound."""
    row = work.session.scalar(select(Account).where(Account.public_id == public_id).with_for_update())
    if row is None:
        raise NotFound("account")
    return row


def disable_by_email(work: Work, email: str, viewer: Viewer | None = None) -> None:
    """As `disable`, by the address. Raises NotFound, Refused("last_administrator")."""
    public_id = work.session.scalar(
        select(Account.public_id).where(Account.email == email.strip().casefold())
    )
    if public_id is None:
        raise NotFound("account")
    disable(work, viewer, public_id)


def grant(
    work: Work,
    viewer: Viewer | None,
    public_id: str,
    roles: Mapping[str, Sequence[str]],
    administrator: bool | None = None,
) -> AccountView:
    """Replace an account's roles, and say whether it administers the site (None: as before).

    A role it has already may stay, though the scheme in force no longer declares it: older dossiers may want it.
    Raises NotFound, Refused: unknown_role, last_administrator.
    """
    require_administrator(viewer)
    administrators = _administrators(work)
    row = locked(work, public_id)
    before, groups = [*row_grants(work, row.id)], _groups(work, row.id)
    grants = _grants(work, roles, before)
    administers = row.administrator if administrator is None else administrator
    if not administers and administrators == [row.id]:
        raise Refused("last_administrator")
    row.administrator = administers
    work.session.execute(delete(RoleGrant).where(RoleGrant.account_id == row.id))
    for slug, role in grants:
        held = {"account_id": row.id, "scheme_slug": slug, "role": role, "groups": groups.get(slug)}
        work.session.execute(insert(RoleGrant).values(held))
    note(work, public_id, viewer, "roles_granted", _granted(grants, administers))
    work.session.flush()
    recusals.again(work, row.id)
    return _accounts(work, [row.id])[0]


def row_grants(work: Work, account_id: int) -> Iterable[tuple[str, str]]:
    """The roles an account has, as (scheme, role)."""
    query = select(RoleGrant.scheme_slug, RoleGrant.role).where(RoleGrant.account_id == account_id)
    return ((slug, role) for slug, role in work.session.execute(query))


def _groups(work: Work, account_id: int) -> dict[str, list[str] | None]:
    """The groups an account belongs to, by scheme: they outlive a change of its roles there."""
    query = select(RoleGrant.scheme_slug, RoleGrant.groups).where(RoleGrant.account_id == account_id)
    return {slug: groups for slug, groups in work.session.execute(query) if groups}


def _granted(grants: Iterable[tuple[str, str]], administrator: bool) -> dict[str, Any]:
    return {"roles": [list(grant) for grant in grants], "administrator": administrator}


def require_administrator(viewer: Viewer | None) -> None:
    """None stands for the command line, which has the keys of the house anyway."""
    if viewer is not None and not (viewer.kind == "staff" and viewer.administrator):
        raise NotFound("page")


def _grants(
    work: Work, roles: Mapping[str, Sequence[str]], before: Sequence[tuple[str, str]] = ()
) -> list[tuple[str, str]]:
    grants = list(dict.fromkeys((slug, role) for slug, names in roles.items() for role in names))
    for slug, role in grants:
        if (slug, role) not in before and role not in publication.current(work, slug).scheme.roles:
            raise Refused("unknown_role", role=role, scheme=slug)
    return grants


def _administrators(work: Work) -> list[int]:
    """The administrators in office, locked: two who leave at once must not leave nobody."""
    query = select(Account.id).where(Account.administrator.is_(True), Account.disabled_at.is_(None))
    return list(work.session.scalars(query.order_by(Account.id).with_for_update()))


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
        invited=row.password_hash == passwords.NONE,
        interests=tuple(row.interests or ()),
    )


def _actor(viewer: Viewer | None) -> Actor:
    return SYSTEM if viewer is None else Actor("staff", str(viewer.account_id), viewer.name)


def note(work: Work, public_id: str, by: Viewer | None, action: str, payload: dict[str, Any]) -> None:
    """Journal what was done to an account, and by whom (None: the command line)."""
    _note(work, public_id, _actor(by), action, payload)


def _note(work: Work, public_id: str, actor: Actor, action: str, payload: dict[str, Any]) -> None:
    journal.record(
        work.session, stream=f"account:{public_id}", actor=actor, action=action, at=work.now, payload=payload
    )

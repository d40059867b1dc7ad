"""Passwords chosen by their owners: a link mailed to the account's own address, which works once and not for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from dossiers import jobs, sessions
from dossiers.access import Viewer
from dossiers.database import Account, Link
from dossiers.office import Office
from dossiers.services import accounts, passwords
from dossiers.services.accounts import NewAccount
from dossiers.services.desk import Work, preceded_by
from dossiers.services.links import PASSWORD
from dossiers.services.office_views import AccountView
from dossiers.services.refusals import Refused

INVITATION, RESET = "invitation", "new_password"  # the house's mails that carry the link


def invite(work: Work, viewer: Viewer, new: NewAccount) -> AccountView:
    """Open an account without a password and mail its owner the link to choose one.

    Raises NotFound unless an administrator asks, Refused: not_an_email, email_taken, unknown_role.
    """
    made = accounts.open_account(work, viewer, new, password_hash=passwords.NONE)
    _mail(work, made, INVITATION)
    return made


def mail_link(work: Work, viewer: Viewer, public_id: str) -> AccountView:
    """Mail the owner of an account the link to choose a new password; the old one holds until then.

    Raises NotFound, also unless an administrator asks; Refused("account_closed").
    """
    found = accounts.one(work, viewer, public_id)
    if found.disabled_at is not None:
        raise Refused("account_closed")
    _mail(work, found, INVITATION if found.invited else RESET)
    accounts.note(work, public_id, viewer, "password_link_sent", {})
    return found


def check(work: Work, token: str) -> None:
    """Raise Refused("link_expired") unless a password may be chosen with this link."""
    _owner(work, token)


def _hash(office: Office, now: datetime, token: str, password: str) -> str:
    """The password's hash, made while nothing is locked."""
    if len(password) < passwords.SHORTEST:
        raise Refused("weak_password", min=passwords.SHORTEST)
    return passwords.hash_password(password)


@preceded_by(_hash)
def choose(work: Work, token: str, password: str) -> None:
    """Set the password of the link's owner; every session of theirs ends, and every link of the kind.

    Raises Refused: weak_password, link_expired.
    """
    owner = _owner(work, token, lock=True)
    owner.password_hash = work.prepared
    used = update(Link).where(Link.email == owner.email, Link.purpose == PASSWORD, Link.used_at.is_(None))
    work.session.execute(used.values(used_at=work.now))
    sessions.close_all(work.session, account_id=owner.id)
    own = replace(Viewer("staff"), account_id=owner.id, name=owner.name)
    accounts.note(work, owner.public_id, own, "password_chosen", {})


def _owner(work: Work, token: str, *, lock: bool = False) -> Account:
    query: Any = (
        select(Account)
        .join(Link, Link.email == Account.email)
        .where(
            Link.token_hash == sessions.digest(token),
            Link.purpose == PASSWORD,
            Link.used_at.is_(None),
            Link.expires_at > work.now,
            Account.disabled_at.is_(None),
        )
    )
    found: Account | None = work.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise Refused("link_expired")
    return found


def _mail(work: Work, account: AccountView, template: str) -> None:
    options = {"to": account.email, "language": account.language, "template": template}
    key = f"password:{account.public_id}:{work.now.isoformat()}"
    jobs.add(work.session, PASSWORD, key=key, options=options, run_at=work.now)

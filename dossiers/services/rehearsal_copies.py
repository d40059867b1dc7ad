"""What a rehearsal takes from the real site when it opens: the people of the office and the schemes in force. Nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from dossiers.database import Account, SchemeRow, SchemeVersion
from dossiers.services import accounts, passwords, publication
from dossiers.services.accounts import NewAccount, row_grants
from dossiers.services.desk import Work, as_of_one_instant
from engine.language import Bundle


@dataclass(frozen=True, slots=True)
class CopiedAccount:
    """An account with the hash of its password: who signs in on the real site signs in at the rehearsal."""

    account: NewAccount
    password_hash: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What was taken; `bundles` by scheme."""

    accounts: tuple[CopiedAccount, ...]
    bundles: Mapping[str, Bundle]


@as_of_one_instant
def copied(work: Work) -> Copied:
    """The accounts that may sign in, and the version in force of each scheme. Nothing is written."""
    versions = (
        select(SchemeRow.slug, SchemeVersion.files)
        .join(SchemeVersion, SchemeVersion.scheme_id == SchemeRow.id)
        .where(SchemeVersion.retired_at.is_(None))
        .order_by(SchemeRow.id)
    )
    bundles = {slug: Bundle(files) for slug, files in work.session.execute(versions)}
    return Copied(_accounts(work), bundles)


def furnish(work: Work, found: Copied) -> None:
    """Open the copied accounts here, with those of their roles that the schemes here declare."""
    known = {
        (slug, role) for slug in _published(work) for role in publication.current(work, slug).scheme.roles
    }
    for one in found.accounts:
        held = {
            slug: [role for role in roles if (slug, role) in known]
            for slug, roles in one.account.roles.items()
        }
        accounts.open_account(work, None, replace(one.account, roles=held), password_hash=one.password_hash)


def _accounts(work: Work) -> tuple[CopiedAccount, ...]:
    may_sign_in = (Account.disabled_at.is_(None), Account.password_hash != passwords.NONE)
    found = []
    for row in work.session.scalars(select(Account).where(*may_sign_in).order_by(Account.id)):
        roles: dict[str, list[str]] = {}
        for slug, role in row_grants(work, row.id):
            roles.setdefault(slug, []).append(role)
        account = NewAccount(row.email, row.name, roles, row.administrator, row.language)
        found.append(CopiedAccount(account, row.password_hash))
    return tuple(found)


def _published(work: Work) -> tuple[str, ...]:
    return tuple(work.session.scalars(select(SchemeRow.slug).order_by(SchemeRow.id)))

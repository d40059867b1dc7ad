"""Roles of a scheme that nobody holds: what is theirs to do would wait for ever."""

from __future__ import annotations

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Account, RoleGrant
from dossiers.services import publication
from dossiers.services.accounts import require_administrator
from dossiers.services.desk import Work
from engine.language.model import Text


def unheld(work: Work, viewer: Viewer, slug: str) -> tuple[Text, ...]:
    """The labels of the roles of the version in force that no open account holds. Raises NotFound."""
    require_administrator(viewer)
    query = select(RoleGrant.role).join(Account, Account.id == RoleGrant.account_id)
    query = query.where(RoleGrant.scheme_slug == slug, Account.disabled_at.is_(None))
    held = set(work.session.scalars(query))
    roles = publication.current(work, slug).scheme.roles
    return tuple(role.label for name, role in roles.items() if name not in held)

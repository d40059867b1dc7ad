"""A member of staff at work on a dossier: under which roles, and with which verbs."""

from __future__ import annotations

from sqlalchemy import select

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Account
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, for_staff, roles_in
from dossiers.services.refusals import NotFound, Refused
from workflows.lifecycle import Actor

CHECK = "check"  # ticking the checklist belongs to who may do an action of the scheme


def actor_of(viewer: Viewer, slug: str) -> Actor:
    """Who acts, for the workflow and the journal; the account is named by its number, which never changes hands."""
    return Actor("staff", str(viewer.account_id), viewer.name, roles_in(viewer, slug))


def by_email(work: Work, email: str, language: str) -> Viewer:
    """The member of staff of an address, for who acts from the command line. Raises NotFound."""
    id = work.session.scalar(select(Account.id).where(Account.email == email.strip().casefold()))
    found = access.staff(work.session, id, language)
    if found.kind != "staff":
        raise NotFound("account")
    return found


def verbs(viewer: Viewer, opened: Opened) -> frozenset[str]:
    """What the viewer's roles may do with a dossier besides the workflow's actions."""
    roles = roles_in(viewer, opened.slug)
    scheme = opened.scheme
    found = {verb for id in roles if id in scheme.roles for verb in scheme.roles[id].may}
    if any(roles & set(action.by) for action in scheme.workflow.actions.values()):
        found.add(CHECK)
    return frozenset(found)


def require(viewer: Viewer, opened: Opened, verb: str) -> None:
    """Raise Refused("not_allowed") unless one of the viewer's roles may do this."""
    if verb not in verbs(viewer, opened):
        raise Refused("not_allowed", verb=verb)


def kept(work: Work, viewer: Viewer, public_id: str) -> Opened:
    """The dossier, locked. Raises NotFound, and Refused("anonymised") once there is nothing left to act on."""
    opened = for_staff(work, viewer, public_id, lock=True)
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    return opened


def permitted(work: Work, viewer: Viewer, public_id: str, verb: str) -> Opened:
    """The dossier, locked, for who may do this with it. Raises as `kept`, and Refused("not_allowed")."""
    opened = kept(work, viewer, public_id)
    require(viewer, opened, verb)
    return opened

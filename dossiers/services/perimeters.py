"""Which dossiers a member of staff may know of: all those of the scheme, or those of the groups they belong to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select

from dossiers.access import Viewer
from dossiers.database import Dossier, GroupMark, Recusal, core, table_of
from dossiers.services.desk import Work
from engine.language import Scheme
from workflows.distribution import sees_own_groups

ADD = insert(table_of(GroupMark))


def is_narrowed(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether a viewer sees but the dossiers of their own groups."""
    return sees_own_groups(scheme, viewer.roles.get(scheme.id, frozenset()))


def within(viewer: Viewer, scheme: Scheme) -> list[ColumnElement[bool]]:
    """What the dossiers a viewer may know of must meet: to be part of every list and every count of theirs. A member of a
    vote doesn't know of those they step aside from."""
    found: list[ColumnElement[bool]] = []
    if is_narrowed(viewer, scheme):
        theirs = viewer.groups.get(scheme.id, frozenset())
        found.append(Dossier.id.in_(select(GroupMark.dossier_id).where(GroupMark.group_id.in_(theirs))))
    if scheme.workflow.votes:
        aside = select(Recusal.dossier_id).where(Recusal.account_id == viewer.account_id)
        found.append(Dossier.id.not_in(aside))
    return found


def reaches(work: Work, viewer: Viewer, scheme: Scheme, dossier_id: int) -> bool:
    """Whether a viewer may know of one dossier."""
    narrowed = within(viewer, scheme)
    if not narrowed:
        return True
    return work.session.scalar(select(Dossier.id).where(Dossier.id == dossier_id, *narrowed)) is not None


def marks(work: Work, dossier_id: int) -> frozenset[str]:
    """The groups a dossier was found to belong to."""
    query = select(GroupMark.group_id).where(GroupMark.dossier_id == dossier_id)
    return frozenset(work.session.scalars(query))


def keep(work: Work, dossier_id: int, groups: frozenset[str]) -> None:
    """Write down the groups a dossier belongs to now."""
    work.session.execute(delete(GroupMark).where(GroupMark.dossier_id == dossier_id))
    rows: list[dict[str, Any]] = [{"dossier_id": dossier_id, "group_id": id} for id in sorted(groups)]
    if rows:
        core(work.session).execute(ADD, rows)

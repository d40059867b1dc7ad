"""The applications of somebody who comes back: drafts and dossiers, theirs alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Dossier, Party
from dossiers.services.desk import Work
from dossiers.services.draft_views import MineRow
from dossiers.services.filling import filling
from dossiers.services.opened import Opened, for_applicant
from dossiers.services.refusals import NotFound
from dossiers.services.submission import is_correcting
from dossiers.services.tracking import draft_until


def mine(work: Work, viewer: Viewer) -> tuple[MineRow, ...]:
    """The dossiers this applicant may follow, the latest first."""
    if viewer.kind != "applicant":
        return ()
    theirs: Any = Dossier.id.in_(viewer.dossiers)
    if viewer.email:
        invited = (Party.email == viewer.email, Party.invited_at.is_not(None), Party.declined_at.is_(None))
        named = select(Party.dossier_id).where(*invited)
        theirs = theirs | (Dossier.email == viewer.email) | Dossier.id.in_(named)
    query = select(Dossier.public_id).where(theirs, Dossier.purged_at.is_(None)).order_by(Dossier.id.desc())
    found = (_if_theirs(work, viewer, public_id) for public_id in work.session.scalars(query).all())
    return tuple(_mine_row(work, one) for one in found if one is not None)


def _if_theirs(work: Work, viewer: Viewer, public_id: str) -> Opened | None:
    """A dossier, unless the scheme doesn't know any more the party the viewer was."""
    try:
        return for_applicant(work, viewer, public_id)
    except NotFound:
        return None


def _mine_row(work: Work, opened: Opened) -> MineRow:
    row = opened.dossier
    if row.filed_at is None:
        return _draft_row(work, opened)
    return MineRow(
        public_id=row.public_id,
        title=opened.scheme.title,
        reference=row.reference,
        status=opened.scheme.workflow.public_of(row.state),
        draft=False,
        since=row.state_since,
        expected=is_correcting(work, opened),
    )


def _draft_row(work: Work, opened: Opened) -> MineRow:
    found, row = filling(work, opened), opened.dossier
    steps = found.journey.steps
    return MineRow(
        public_id=row.public_id,
        title=opened.scheme.title,
        reference=None,
        status=None,
        draft=True,
        since=row.created_at,
        expected=True,
        saved_at=found.draft.updated_at,
        done=sum(step.status == "done" for step in steps),
        total=len(steps),
        expires_on=draft_until(work, opened),
    )

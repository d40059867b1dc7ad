"""The applications of somebody who comes back: drafts and dossiers, theirs alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Dossier, Message, Party
from dossiers.services.desk import Work
from dossiers.services.draft_views import MineRow
from dossiers.services.filling import filling, later_of
from dossiers.services.opened import Opened, current_draft, for_applicant
from dossiers.services.party_lines import label_of
from dossiers.services.refusals import NotFound
from dossiers.services.signatures import missing
from dossiers.services.tracking import draft_until
from engine.language.model import APPLICANT
from workflows.signing import signed_in


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
    opened = [one for one in found if one is not None]
    unread = _unread(work, [one.dossier.id for one in opened])
    return tuple(_mine_row(work, one, one.dossier.id in unread) for one in opened)


def _unread(work: Work, dossiers: Sequence[int]) -> frozenset[int]:
    """Those with a message of the office that its applicant has not seen yet."""
    waiting = (Message.dossier_id.in_(dossiers), Message.direction == "out", Message.read_at.is_(None))
    return frozenset(work.session.scalars(select(Message.dossier_id).where(*waiting)))


def _if_theirs(work: Work, viewer: Viewer, public_id: str) -> Opened | None:
    """A dossier, unless the scheme doesn't know any more the party the viewer was."""
    try:
        return for_applicant(work, viewer, public_id)
    except NotFound:
        return None


def _mine_row(work: Work, opened: Opened, unread: bool) -> MineRow:
    row, workflow = opened.dossier, opened.scheme.workflow
    if row.filed_at is None:
        return _draft_row(work, opened)
    draft = current_draft(work, opened)
    asked = draft is not None and draft.reopened is not None
    signing = signed_in(workflow, row.state) if asked else None
    left = () if signing is None else missing(work, opened, filling(work, opened).reading, signing)
    later = workflow.filing(row.state) if draft is not None and asked and later_of(opened, draft) else signing
    return MineRow(
        public_id=row.public_id,
        title=opened.scheme.title,
        reference=row.reference,
        status=workflow.public_of(row.state),
        draft=False,
        since=row.state_since,
        expected=asked if signing is None else opened.party in left,
        awaited=None if later is None else later.label,
        signers=tuple(label_of(opened.scheme, party) for party in left),
        unread=unread and opened.party == APPLICANT,
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

"""Coming to a dossier somebody else began, or not: the invitation sent again, and the answer "this isn't me"."""

from __future__ import annotations

from datetime import timedelta

from dossiers.access import Viewer
from dossiers.services import correspondence
from dossiers.services.desk import Work
from dossiers.services.filling import filling, keep, read
from dossiers.services.invitations import answered_by, mail, note, rows
from dossiers.services.opened import for_applicant
from dossiers.services.refusals import NotFound, Refused
from engine.language.model import APPLICANT

AGAIN_AFTER = timedelta(minutes=15)  # between two invitations of one person


def invite_again(work: Work, viewer: Viewer, public_id: str, party: str) -> None:
    """Send the link anew, for the applicant. Raises NotFound, Refused("invited_lately")."""
    opened = for_applicant(work, viewer, public_id, lock=True)
    row = rows(work, opened).get(party) if opened.party == APPLICANT else None
    if row is None or row.invited_at is None:
        raise NotFound("party")
    if row.declined_at is None and row.invited_at + AGAIN_AFTER > work.now:
        raise Refused("invited_lately", retry_at=row.invited_at + AGAIN_AFTER)
    row.declined_at, row.invited_at = None, work.now
    mail(work, opened, row)
    note(work, opened, "party_invited", {"party": party})


def decline(work: Work, viewer: Viewer, public_id: str) -> None:
    """The viewer says that they are not concerned: they see nothing any more, and the applicant is told. Raises NotFound
    for the applicant, who gives up otherwise."""
    opened = for_applicant(work, viewer, public_id, lock=True)
    if opened.party == APPLICANT:
        raise NotFound("party")
    found = filling(work, opened)
    left = {**found.answers, **dict.fromkeys(answered_by(opened, opened.party))}
    row = rows(work, opened)[opened.party]
    row.declined_at, row.language = work.now, viewer.language
    keep(work, found, read(work, opened, left), [])
    note(work, opened, "party_declined", {"party": opened.party})
    dossier = opened.dossier
    correspondence.tell(
        work,
        dossier,
        "party_declined",
        about=int(work.now.timestamp()),
        to=dossier.email,
        language=dossier.language,
    )

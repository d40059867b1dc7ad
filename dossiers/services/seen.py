"""What a member of staff has seen of a dossier: told on its page and in lists."""

from __future__ import annotations

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Seen, upsert
from dossiers.services.cases import Case
from dossiers.services.desk import Work


def before(work: Work, viewer: Viewer, case: Case) -> int | None:
    """How many entries of its journal the viewer had been shown; None at their first visit."""
    mine = (Seen.account_id == viewer.account_id, Seen.dossier_id == case.dossier.id)
    return work.session.scalar(select(Seen.number).where(*mine))


def mark(work: Work, viewer: Viewer, case: Case, seen: int | None) -> None:
    """The viewer is being shown all of it; nothing is written when they had seen it all."""
    number = len(case.entries)
    if viewer.account_id is None or seen == number:
        return
    row = {"account_id": viewer.account_id, "dossier_id": case.dossier.id, "number": number, "at": work.now}
    work.session.execute(upsert(work.session, Seen, row, number=number, at=work.now))


def news(viewer: Viewer, case: Case, seen: int | None) -> int:
    """How many entries others have added since; none at a first visit, when all of it is new."""
    added = case.entries[seen:] if seen is not None else ()
    return sum(entry.actor_id != str(viewer.account_id) for entry in added)

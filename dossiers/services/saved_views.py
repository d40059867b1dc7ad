"""Lists kept under a name, for oneself or for all who serve the scheme."""

from __future__ import annotations

import secrets

from sqlalchemy import delete, insert, or_, select

from dossiers.access import Viewer
from dossiers.database import SavedView
from dossiers.services.desk import Work
from dossiers.services.office_views import KeptView
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.wanted import served

LONGEST_NAME, LONGEST_QUERY, MOST = 60, 1000, 40


def of(work: Work, viewer: Viewer, scheme_id: int) -> tuple[KeptView, ...]:
    """The lists a viewer finds in a scheme: their own, and those shared, by name."""
    theirs = SavedView.account_id == viewer.account_id
    query = (
        select(SavedView)
        .where(SavedView.scheme_id == scheme_id, or_(theirs, SavedView.shared))
        .order_by(SavedView.name, SavedView.id)
    )
    return tuple(
        KeptView(row.public_id, row.name, row.query, row.shared, row.account_id == viewer.account_id)
        for row in work.session.execute(query).scalars()
    )


def keep(work: Work, viewer: Viewer, slug: str, *, name: str, query: str, shared: bool) -> None:
    """Keep a list under a name; `query` is what its address asks. Raises NotFound, Refused: no_name, too_long, too_many_views."""
    _, scheme_id = served(work, viewer, slug)
    name = " ".join(name.split())
    if not name:
        raise Refused("no_name")
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise Refused("too_long", max=LONGEST_NAME)
    if sum(one.own for one in of(work, viewer, scheme_id)) >= MOST:
        raise Refused("too_many_views", max=MOST)
    row = {"public_id": secrets.token_urlsafe(12), "scheme_id": scheme_id, "account_id": viewer.account_id}
    row |= {"name": name, "query": query, "shared": shared, "saved_at": work.now}
    work.session.execute(insert(SavedView).values(row))


def take_off(work: Work, viewer: Viewer, slug: str, public_id: str) -> None:
    """Keep a list of one's own no longer. Raises NotFound, for somebody else's too."""
    mine = (SavedView.public_id == public_id, SavedView.account_id == viewer.account_id)
    _, scheme_id = served(work, viewer, slug)
    statement = delete(SavedView).where(*mine, SavedView.scheme_id == scheme_id).returning(SavedView.id)
    if work.session.execute(statement).first() is None:
        raise NotFound("view")

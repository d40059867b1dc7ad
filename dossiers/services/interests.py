"""The ties a member of staff declares, by which they step aside from dossiers."""

from __future__ import annotations

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Account, Dossier, SchemeRow
from dossiers.services import accounts, publication, recusals
from dossiers.services.cases import load
from dossiers.services.desk import Work
from dossiers.services.office_views import AccountView
from dossiers.services.opened import by_id
from dossiers.services.refusals import Refused

MOST, LONGEST = 50, 200  # interests of one account, characters of each


def declare(work: Work, viewer: Viewer, public_id: str, interests: str) -> AccountView:
    """Keep the ties of an account, one a line, and judge anew who steps aside from the dossiers at work.

    Raises NotFound unless an administrator asks, Refused: too_many, too_long.
    """
    accounts.require_administrator(viewer)
    row = accounts.locked(work, public_id)
    found = list(dict.fromkeys(line.strip() for line in interests.splitlines() if line.strip()))
    if len(found) > MOST:
        raise Refused("too_many", field="interests", max=MOST)
    if any(len(one) > LONGEST for one in found):
        raise Refused("too_long", max=LONGEST)
    row.interests = found
    work.session.flush()
    accounts.note(work, public_id, viewer, "interests_declared", {"number": len(found)})
    again(work, row)
    return accounts.one(work, viewer, public_id)


def again(work: Work, account: Account) -> None:
    """Judge anew the dossiers at work in the schemes in which an account may have to step aside."""
    slugs = {slug for slug, _ in accounts.row_grants(work, account.id)}
    for slug in sorted(slugs):
        if recusals.asks(publication.current(work, slug).scheme):
            for id in _at_work(work, slug):
                opened = by_id(work, id, lock=False)
                if opened is not None:
                    recusals.follow(work, load(work, opened))


def _at_work(work: Work, slug: str) -> list[int]:
    query = (
        select(Dossier.id)
        .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .where(
            SchemeRow.slug == slug,
            Dossier.filed_at.is_not(None),
            Dossier.purged_at.is_(None),
            Dossier.ended_at.is_(None),
        )
    )
    return list(work.session.scalars(query.order_by(Dossier.id)))

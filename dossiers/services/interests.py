"""The ties a member of staff declares, by which they step aside from dossiers."""

from __future__ import annotations

from dossiers.access import Viewer
from dossiers.services import accounts, recusals
from dossiers.services.desk import Work
from dossiers.services.office_views import AccountView
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
    recusals.again(work, row.id)
    return accounts.one(work, viewer, public_id)

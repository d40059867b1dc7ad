"""Change `assign`: who has a dossier in hand."""

from __future__ import annotations

from dossiers.changes.refusals import Refused
from dossiers.database import Dossier


def assign(dossier: Dossier, whom: str, account_id: int | None) -> None:
    """Put a dossier in somebody's hands: `me` is the account that acts. Refuses for who has no account."""
    if whom != "me" or account_id is None:
        raise Refused("not_allowed", verb="assign")
    dossier.assigned_to = account_id

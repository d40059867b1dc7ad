"""How many dossiers there are, and where."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from dossiers.database import Dossier, SchemeRow
from dossiers.services.desk import Work


def by_state(work: Work, slug: str) -> Mapping[str, int]:
    """The dossiers of a scheme by state, drafts included; those erased since are not counted."""
    query = (
        select(Dossier.state, func.count())
        .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .where(SchemeRow.slug == slug, Dossier.purged_at.is_(None))
        .group_by(Dossier.state)
    )
    return {row.state: row[1] for row in work.session.execute(query)}

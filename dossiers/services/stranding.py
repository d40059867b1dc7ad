"""Whether a version would take away a state in which dossiers stand, without a word on what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from dossiers.database import Dossier
from dossiers.services.desk import Work
from dossiers.services.refusals import Refused
from engine.language import Scheme


def require_none(work: Work, scheme_id: int, scheme: Scheme) -> None:
    """Raise Refused("stranded") with the states and how many dossiers stand in each. What has ended is not concerned: it
    goes nowhere."""
    found = stranded(work, scheme_id, scheme)
    if found:
        told = ", ".join(f"{state} ({count})" for state, count in found.items())
        raise Refused("stranded", states=told, number=sum(found.values()))


def stranded(work: Work, scheme_id: int, scheme: Scheme) -> Mapping[str, int]:
    """The states that are gone and not renamed, with how many dossiers stand in each."""
    mine = (Dossier.scheme_id == scheme_id, Dossier.filed_at.is_not(None))
    going_on = (Dossier.purged_at.is_(None), Dossier.ended_at.is_(None))
    query = select(Dossier.state, func.count()).where(*mine, *going_on).group_by(Dossier.state)
    called = scheme.migration.state if scheme.migration else str
    rows = work.session.execute(query.order_by(Dossier.state)).all()
    return {state: count for state, count in rows if called(state) not in scheme.workflow.states}

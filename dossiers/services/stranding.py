"""Whether a version would take away a state in which dossiers stand, or an envelope they wait for, without a word on what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from dossiers.database import Dossier, EnvelopeHold, EnvelopeRow
from dossiers.services.desk import Work
from dossiers.services.refusals import Refused
from engine.language import Scheme
from workflows.funding import budget_of

GONE = frozenset({"stranded", "envelope_gone"})  # what one may publish all the same


def require_none(work: Work, scheme_id: int, scheme: Scheme) -> None:
    """Raise Refused("stranded") with the states and how many dossiers stand in each (what has ended is not concerned: it goes
    nowhere), and "envelope_gone" with the envelopes and how many wait for their money."""
    found = stranded(work, scheme_id, scheme)
    if found:
        raise Refused("stranded", states=_told(found), number=sum(found.values()))
    if waiting := without_envelope(work, scheme_id, scheme):
        raise Refused("envelope_gone", envelopes=_told(waiting), number=sum(waiting.values()))


def _told(found: Mapping[str, int]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in found.items())


def without_envelope(work: Work, scheme_id: int, scheme: Scheme) -> Mapping[str, int]:
    """The envelopes that this version's budget no longer has, with how many dossiers wait in each, or have money set apart: no
    money would ever come in there again. A version without any budget leaves them to that of their own version."""
    budget = budget_of(scheme)
    if budget is None:
        return {}
    undecided = (EnvelopeHold.stage.in_(("waiting", "reserved")), EnvelopeRow.scheme_id == scheme_id)
    query = select(EnvelopeRow.name, func.count()).join(
        EnvelopeHold, EnvelopeHold.envelope_id == EnvelopeRow.id
    )
    rows = work.session.execute(query.where(*undecided).group_by(EnvelopeRow.name).order_by(EnvelopeRow.name))
    return {name: count for name, count in rows.all() if name not in budget.envelopes}


def stranded(work: Work, scheme_id: int, scheme: Scheme) -> Mapping[str, int]:
    """The states that are gone and not renamed, with how many dossiers stand in each."""
    mine = (Dossier.scheme_id == scheme_id, Dossier.filed_at.is_not(None))
    going_on = (Dossier.purged_at.is_(None), Dossier.ended_at.is_(None))
    query = select(Dossier.state, func.count()).where(*mine, *going_on).group_by(Dossier.state)
    called = scheme.migration.state if scheme.migration else str
    rows = work.session.execute(query.order_by(Dossier.state)).all()
    return {state: count for state, count in rows if called(state) not in scheme.workflow.states}

"""The dossiers of a scheme as they came in, for a simulation: read as a stream, in the order of their deposit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from authoring.simulation import Outcome, Received
from dossiers.changes import facts
from dossiers.changes.amounts import from_cents
from dossiers.changes.filing import filing_context
from dossiers.changes.sealing import open_answers
from dossiers.database import Dossier, Filing, SchemeRow, SchemeVersion, VerdictRow
from dossiers.services.desk import Work
from engine.facts import Kept

CHUNK = 500  # rows asked of the database at once


def received(work: Work, slug: str, states: Collection[str] | None = None) -> Iterator[tuple[int, Received]]:
    """The filed dossiers of a scheme, with the number of their row: all, or those in some states; none anonymised."""
    query = _query().where(SchemeRow.slug == slug, Dossier.purged_at.is_(None))
    if states is not None:
        query = query.where(Dossier.state.in_(states))
    ordered = query.order_by(Dossier.filed_at, Dossier.id).execution_options(yield_per=CHUNK)
    learnt = _Learnt(work, slug)
    with work.session.execute(ordered) as rows:
        for row in rows:
            yield row.id, _received(work, row, learnt(row.id, row.public_id))


def of_dossier(work: Work, dossier_id: int) -> Received:
    """One filed dossier, as it is within this act."""
    row = work.session.execute(_query().where(Dossier.id == dossier_id)).one()
    sealed = facts.sealed_of(work.session, [dossier_id]).get(dossier_id, {})
    return _received(work, row, facts.opened(work.office.vault, row.public_id, sealed))


def anonymised(work: Work, slug: str) -> int:
    """How many filed dossiers can't be replayed any more."""
    query = select(func.count()).select_from(Dossier).join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
    gone = (Dossier.filed_at.is_not(None), Dossier.purged_at.is_not(None))
    return int(work.session.scalar(query.where(SchemeRow.slug == slug, *gone)) or 0)


def _query() -> Select[Any]:
    filing, verdict, under = aliased(Filing), aliased(VerdictRow), aliased(SchemeVersion)
    filed = select(func.max(filing.number)).where(filing.dossier_id == Dossier.id)
    judged = select(func.max(verdict.id)).where(verdict.dossier_id == Dossier.id)
    last_filing = filed.correlate(Dossier).scalar_subquery()
    last_verdict = judged.correlate(Dossier).scalar_subquery()
    return (
        select(
            Dossier.id,
            Dossier.public_id,
            Dossier.reference,
            Dossier.state,
            Dossier.filed_at,
            SchemeVersion.number.label("version"),
            under.number.label("filed_under"),
            Filing.number,
            Filing.answers,
            Filing.sealed,
            VerdictRow.id.label("verdict_id"),
            VerdictRow.eligible,
            VerdictRow.rules,
            VerdictRow.amount_cents,
        )
        .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .join(SchemeVersion, SchemeVersion.id == Dossier.version_id)
        .join(Filing, (Filing.dossier_id == Dossier.id) & (Filing.number == last_filing))
        .join(under, under.id == Filing.version_id)
        .outerjoin(VerdictRow, VerdictRow.id == last_verdict)
    )


class _Learnt:
    """The facts kept beside the dossiers of a scheme, read at once: few rows, and none in most schemes."""

    def __init__(self, work: Work, slug: str) -> None:
        self._vault = work.office.vault
        ids = (
            select(Dossier.id)
            .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
            .where(SchemeRow.slug == slug)
        )
        self._sealed = facts.sealed_of(work.session, ids)

    def __call__(self, dossier_id: int, public_id: str) -> Mapping[str, Kept]:
        return facts.opened(self._vault, public_id, self._sealed.get(dossier_id, {}))


def _received(work: Work, row: Row[Any], learnt: Mapping[str, Kept]) -> Received:
    context = filing_context(row, row.number)
    return Received(
        public_id=row.public_id,
        answers=open_answers(work.office.vault, row.answers, row.sealed, context),
        deposited_on=work.office.organisation.local_date(row.filed_at),
        state=row.state,
        version=row.version,
        filed_under=row.filed_under,
        reference=row.reference or "",
        facts=learnt,
        kept=None if row.verdict_id is None else _kept(row),
    )


def _kept(row: Row[Any]) -> Outcome:
    """The short form of a verdict, without reading its explanations."""
    rules = row.rules["rules"]
    return Outcome(
        row.eligible,
        {rule["id"]: rule["outcome"] for rule in rules},
        frozenset(rule["id"] for rule in rules if rule["severity"] == "refuse"),
        None if row.amount_cents is None else from_cents(row.amount_cents),
    )

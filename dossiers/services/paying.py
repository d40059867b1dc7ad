"""The money of one step: its links in the chain, the instalments that fall due, what is to be paid to whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from dossiers.changes import amounts, payments
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.refusals import Refused
from dossiers.services.snapshot import Act, currency
from engine.language import Scheme
from engine.language.model import APPLICANT
from workflows import instalments, money
from workflows.instalments import Fallen, Moment, UnknownInstalment
from workflows.lifecycle import Step


def follow(work: Work, case: Case, step: Step, act: Act) -> None:
    """Write what a step means for the money of a dossier. Raises Refused: amount_unexplained, instalment_unknown."""
    session, scheme, dossier = work.session, case.scheme, case.dossier
    link = amounts.Link(
        by=act.actor.name or act.actor.kind, why=step.action, at=work.now, currency=currency(case)
    )
    amounts.follow(
        session, scheme, dossier, step, act.actor, link, act.form, reason=act.comment, paid=act.pays
    )
    if not tracks(scheme):
        return
    standing = amounts.standing(session, dossier)
    known = payments.kept(session, dossier)
    fallen = _fallen(work, case, step, standing, payments.done(known))
    amounts.fall_due(session, dossier, fallen, link)
    if money.pays(scheme, step, act.actor):
        payments.pay(session, known, act.payments, work.now)
    if fallen:
        standing = amounts.standing(session, dossier)
    payments.settle(session, dossier, known, standing, fallen, payees(case), work.now)


def tracks(scheme: Scheme) -> bool:
    """Whether payments of the scheme are kept one by one: it pays in instalments, or by batches."""
    by_batch = any(action.batch for action in scheme.workflow.actions.values())
    return scheme.award is not None and (bool(scheme.award.instalments) or by_batch)


def payees(case: Case) -> Mapping[str, Decimal]:
    """Who is paid, with their shares: those whose account is known, the applicant when none is."""
    award = case.scheme.award
    paid_to = award.paid_to if award else {}
    answers = case.reading.answers
    known = {
        who: Decimal(parts.get("share", "100"))
        for who, parts in paid_to.items()
        if answers.get(parts["iban"]) and case.reading.is_asked(parts["iban"])
    }
    return known or {APPLICANT: Decimal(100)}


def _fallen(
    work: Work, case: Case, step: Step, standing: money.Standing, done: Collection[str]
) -> tuple[Fallen, ...]:
    if case.scheme.award is None or not case.scheme.award.instalments:
        return ()
    verdict = case.verdict
    judged = {"eligible": verdict.eligible, "rules": dict(verdict.outcomes)} if verdict else {}
    moment = Moment({**case.reading.values, **judged}, work.now, work.office.organisation.zone)
    try:
        return instalments.fallen(case.scheme, step.target, standing, done, moment)
    except UnknownInstalment as unknown:
        raise Refused("instalment_unknown", action=step.action, instalment=unknown.id) from unknown

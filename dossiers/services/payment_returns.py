"""A payment that came back: due again, the dossier payable again, the beneficiary asked for another account."""

from __future__ import annotations

from dossiers import journal
from dossiers.changes import amounts, corrections, payments, requests, schedule
from dossiers.database import PaymentBatch, PaymentRow
from dossiers.services import correspondence, funding, invitations, payment_lines
from dossiers.services.cases import Case, stays
from dossiers.services.desk import Work
from dossiers.services.paying import payees
from dossiers.services.refusals import Refused
from dossiers.services.snapshot import currency
from dossiers.services.timeline import UNDONE
from engine.kinds.fields import Point
from engine.language.model import APPLICANT
from renderers.words.returns import reason_words
from workflows import legal_clock
from workflows.lifecycle import Actor
from workflows.returns import reason_of


def come_back(work: Work, case: Case, row: PaymentRow, reason: str, actor: Actor) -> None:
    """Note that a payment, made or on its way, came back from the bank for the reason of a code; the case is locked.

    What was paid is due again; where the account is to blame, another one is asked for.
    """
    session, dossier, now = work.session, case.dossier, work.now
    was_paid, then = row.state == "paid", reason_of(reason).then
    dossier.revision += 1
    session.flush()
    link = amounts.Link(by=actor.name or actor.kind, why="bank", at=now, currency=currency(case))
    if was_paid:
        amounts.record_returned(session, dossier, row.cents, link)
    account = None if then == "again" else _sent_to(work, row)
    payments.come_back(session, row, reason, account, now)
    known, standing = payments.kept(session, dossier), amounts.standing(session, dossier)
    payments.settle(session, dossier, known, standing, (), payees(case), now)
    _tell(work, case, actor, "payment_returned", {"payment": row.id, "cents": row.cents, "reason": reason})
    if was_paid:
        _go_back(work, case, actor)
        funding.recount(work, case)
    if then == "account" and can_ask(work, case, row.payee):
        ask_account(work, case, row, actor)


def ask_account(work: Work, case: Case, row: PaymentRow, actor: Actor) -> None:
    """Open the account of who was to be paid, and nothing else, for correction; they are told by mail.

    Raises Refused("already_asked") while another request is open, "no_such_item" when no question asks for the account.
    """
    requests.require_none_open(work.session, case.dossier)
    field = _field(case, row.payee)
    if field is None:
        raise Refused("no_such_item", item=row.payee)
    vault, dossier = work.office.vault, case.dossier
    corrections.reopen(work.session, vault, case.scheme, dossier, case.filed.answers, [field], work.now)
    remark = reason_words(row.reason or "", dossier.language)
    by = actor.name or actor.kind
    points = [Point(field=field, remark=remark)]
    requests.ask(work.session, dossier, points, by=by, until=None, now=work.now, about=requests.ACCOUNT)
    to, language = _address(work, case, field)
    correspondence.tell(work, dossier, "account_refused", about=row.id, to=to, language=language)
    _tell(work, case, actor, "account_asked", {"payment": row.id})


def can_ask(work: Work, case: Case, payee: str) -> bool:
    """Whether the account may be asked for now: a question asks for it, and no other request is open."""
    try:
        requests.require_none_open(work.session, case.dossier)
    except Refused:
        return False
    return _field(case, payee) is not None


def repaid(work: Work, case: Case, cents: int, comment: str, actor: Actor) -> None:
    """Note that who had too much has paid back. Raises Refused("more_than_claimed") beyond what is claimed."""
    session, dossier = work.session, case.dossier
    claimed = amounts.standing(session, dossier).overpaid
    if not 0 < cents <= claimed:
        raise Refused("more_than_claimed", claimed=amounts.from_cents(claimed))
    dossier.revision += 1
    session.flush()
    link = amounts.Link(by=actor.name, why="repayment", at=work.now, currency=currency(case))
    amounts.record_returned(session, dossier, cents, link)
    _tell(work, case, actor, "repayment", {"cents": cents, "comment": comment})
    funding.recount(work, case)


def _go_back(work: Work, case: Case, actor: Actor) -> None:
    """A dossier that the payment has ended goes back to where it was payable, if nothing has happened to it since."""
    dossier, workflow, last = case.dossier, case.scheme.workflow, case.moves[-1]
    paying = workflow.actions.get(last.action)
    ends = workflow.states[dossier.state].kind == "end"
    if paying is None or not paying.batch or last.target != dossier.state or last.source is None or not ends:
        return
    _tell(work, case, actor, UNDONE, {}, moved=(dossier.state, last.source))
    dossier.state, dossier.state_since, dossier.ended_at = last.source, work.now, None
    here, organisation = legal_clock.Stay(work.now, last.source), work.office.organisation
    been = (*stays(case.entries, case.scheme), here)
    filed_at = dossier.filed_at or work.now
    clock = legal_clock.of_stays(case.scheme, organisation, filed_at, been)
    schedule.cancel(work.session, dossier, work.now)
    schedule.arrive(work.session, case.scheme, dossier, organisation, clock, None)


def _sent_to(work: Work, row: PaymentRow) -> str | None:
    """A digest of the account a payment was sent to."""
    batch = work.session.get(PaymentBatch, row.batch_id) if row.batch_id is not None else None
    lines = payment_lines.frozen(work, batch) if batch is not None else ()
    found = next((line.iban for line in lines if line.payment == row.id), None)
    return None if found is None else payment_lines.account_digest(work, found)


def _field(case: Case, payee: str) -> str | None:
    award = case.scheme.award
    parts = award.paid_to.get(payee) if award else None
    return parts["iban"] if parts and parts["iban"] in case.scheme.fields else None


def _address(work: Work, case: Case, field: str) -> tuple[str, str]:
    """Who is asked: the party whose page asks for the account."""
    dossier, party = case.dossier, case.scheme.page_of(field).asked_of
    row = invitations.rows(work, case.opened).get(party) if party != APPLICANT else None
    if row is None:
        return dossier.email, dossier.language
    return row.email or "", row.language or dossier.language


def _tell(
    work: Work,
    case: Case,
    actor: Actor,
    action: str,
    payload: dict[str, object],
    moved: tuple[str | None, str | None] = (None, None),
) -> None:
    journal.record(
        work.session,
        stream=case.opened.stream,
        actor=actor,
        action=action,
        at=work.now,
        source=moved[0],
        target=moved[1],
        payload=payload,
        dossier_id=case.dossier.id,
    )

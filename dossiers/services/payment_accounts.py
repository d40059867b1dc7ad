"""The payments of one dossier as the accountant treats them by hand: sent back, another account, the same one, paid back."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select, update

from dossiers import journal
from dossiers.access import Viewer
from dossiers.changes.amounts import from_cents, standing, to_cents
from dossiers.changes.requests import ACCOUNT
from dossiers.database import PaymentBatch, PaymentRow, Request
from dossiers.services import payment_returns
from dossiers.services.bank_views import DossierPayments, PaymentView
from dossiers.services.cases import Case, load
from dossiers.services.desk import Work
from dossiers.services.opened import for_staff
from dossiers.services.payment_batches import may_pay
from dossiers.services.payment_lines import account_digest
from dossiers.services.payment_noting import close
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.snapshot import applicant_name, currency
from dossiers.services.staff import actor_of
from dossiers.services.tracking import require_fresh
from workflows.returns import reasons


def of_dossier(work: Work, viewer: Viewer, public_id: str) -> DossierPayments:
    """The payments of a dossier, oldest first. Raises NotFound for who may not pay."""
    case = _case(work, viewer, public_id, lock=False)
    rows = _rows(work, case)
    batches = _batches(work, rows)
    asked = select(Request.id).where(
        Request.dossier_id == case.dossier.id, Request.closed_at.is_(None), Request.about == ACCOUNT
    )
    return DossierPayments(
        case.scheme,
        public_id,
        case.dossier.reference or "",
        applicant_name(case),
        currency(case),
        tuple(_view(work, case, row, rows, batches) for row in rows if row.cents),
        from_cents(standing(work.session, case.dossier).overpaid),
        work.session.scalar(asked) is not None,
        case.dossier.revision,
    )


def reject(work: Work, viewer: Viewer, public_id: str, payment: int, reason: str, *, revision: int) -> None:
    """Note by hand that a payment came back. Raises NotFound, Refused: changed, batch_over (it isn't at the bank)."""
    case, row = _payment(work, viewer, public_id, payment, revision)
    if reason not in reasons():
        raise NotFound("reason")
    batch = work.session.get(PaymentBatch, row.batch_id) if row.batch_id else None
    if not _is_sent(row, batch):
        raise Refused("batch_over")
    payment_returns.come_back(work, case, row, reason, actor_of(viewer, case.opened.slug))
    work.session.flush()
    close(work, row.batch_id or 0, viewer.account_id)


def ask_account(work: Work, viewer: Viewer, public_id: str, payment: int, *, revision: int) -> None:
    """Ask for another account than the one a payment came back from. Raises NotFound, Refused: changed, batch_over,
    already_asked, no_such_item."""
    case, row = _payment(work, viewer, public_id, payment, revision)
    _require_due(work, case, row)
    case.dossier.revision += 1
    payment_returns.ask_account(work, case, row, actor_of(viewer, case.opened.slug))


def same_account(work: Work, viewer: Viewer, public_id: str, payment: int, *, revision: int) -> None:
    """Let the next batch pay on the account a payment came back from. Raises NotFound, Refused: changed, batch_over."""
    case, row = _payment(work, viewer, public_id, payment, revision)
    _require_due(work, case, row)
    case.dossier.revision += 1
    theirs = (PaymentRow.dossier_id == row.dossier_id, PaymentRow.payee == row.payee)
    work.session.execute(update(PaymentRow).where(*theirs).values(refused_account=None))
    _tell(work, viewer, case, "account_kept", {"payment": payment})


def repaid(
    work: Work, viewer: Viewer, public_id: str, amount: Decimal, comment: str, *, revision: int
) -> None:
    """Note that too much that was paid has come in again. Raises NotFound, Refused: changed, more_than_claimed."""
    case = _case(work, viewer, public_id, lock=True)
    require_fresh(case, revision)
    try:
        cents = to_cents(amount)
    except ValueError:
        cents = 0
    payment_returns.repaid(work, case, cents, comment.strip(), actor_of(viewer, case.opened.slug))


def _case(work: Work, viewer: Viewer, public_id: str, *, lock: bool) -> Case:
    opened = for_staff(work, viewer, public_id, lock=lock)
    if not may_pay(viewer, opened.scheme) or opened.dossier.purged_at is not None:
        raise NotFound("payments")
    return load(work, opened)


def _payment(
    work: Work, viewer: Viewer, public_id: str, payment: int, revision: int
) -> tuple[Case, PaymentRow]:
    case = _case(work, viewer, public_id, lock=True)
    require_fresh(case, revision)
    query = select(PaymentRow).where(PaymentRow.id == payment, PaymentRow.dossier_id == case.dossier.id)
    row = work.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound("payment")
    return case, row


def _rows(work: Work, case: Case) -> list[PaymentRow]:
    shown = (PaymentRow.dossier_id == case.dossier.id, PaymentRow.state.in_(("due", "paid", "rejected")))
    return list(work.session.scalars(select(PaymentRow).where(*shown).order_by(PaymentRow.id)))


def _batches(work: Work, rows: list[PaymentRow]) -> dict[int, PaymentBatch]:
    wanted = select(PaymentBatch).where(PaymentBatch.id.in_([one.batch_id for one in rows if one.batch_id]))
    return {row.id: row for row in work.session.scalars(wanted)}


def _require_due(work: Work, case: Case, row: PaymentRow) -> None:
    rows = _rows(work, case)
    if row.state != "rejected" or not _is_still_due(row, rows, _batches(work, rows)):
        raise Refused("batch_over")


def _is_still_due(row: PaymentRow, rows: list[PaymentRow], batches: dict[int, PaymentBatch]) -> bool:
    """Whether something is to be paid to the same payee and not at the bank yet: only then does the account matter. It is asked
    about once, beside what came back last."""
    if any(one.state == "rejected" and one.payee == row.payee and one.id > row.id for one in rows):
        return False
    due = (one for one in rows if one.state == "due" and one.payee == row.payee)
    return any(not _is_sent(one, batches.get(one.batch_id or 0)) for one in due)


def _view(
    work: Work, case: Case, row: PaymentRow, rows: list[PaymentRow], batches: dict[int, PaymentBatch]
) -> PaymentView:
    award, batch = case.scheme.award, batches.get(row.batch_id or 0)
    declared = award.instalments.get(row.instalment) if award else None
    is_held = row.state == "due" and _digest(work, case, row) in {
        one.refused_account for one in rows if one.state == "rejected" and one.payee == row.payee
    }
    is_refused = row.state == "rejected" and row.refused_account is not None
    is_refused = is_refused and _is_still_due(row, rows, batches)
    return PaymentView(
        row.id,
        declared.label if declared else None,
        from_cents(row.cents),
        row.state,
        row.reason or "",
        row.due_at,
        row.paid_at,
        (batch.public_id, batch.number) if batch else None,
        is_held,
        is_refused and payment_returns.can_ask(work, case, row.payee),
        is_refused,
        _is_sent(row, batch),
    )


def _digest(work: Work, case: Case, row: PaymentRow) -> str | None:
    award = case.scheme.award
    parts = award.paid_to.get(row.payee) if award else None
    iban = case.reading.answers.get(parts["iban"]) if parts else None
    return account_digest(work, str(iban).replace(" ", "")) if iban else ""


def _is_sent(row: PaymentRow, batch: PaymentBatch | None) -> bool:
    """Whether the bank has it: it may come back."""
    return row.state in ("due", "paid") and batch is not None and batch.state in ("validated", "paid")


def _tell(work: Work, viewer: Viewer, case: Case, action: str, payload: dict[str, object]) -> None:
    journal.record(
        work.session,
        stream=case.opened.stream,
        actor=actor_of(viewer, case.opened.slug),
        action=action,
        at=work.now,
        payload=payload,
        dossier_id=case.dossier.id,
    )

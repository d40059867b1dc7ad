"""What each dossier has still to be paid, to whom: kept equal to the chain of amounts. Only for schemes that pay in
instalments or by batches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dossiers.database import Dossier, PaymentBatch, PaymentRow
from workflows.instalments import Fallen, shared
from workflows.money import Standing

KEPT = (
    select(PaymentRow)
    .where(PaymentRow.dossier_id == bindparam("dossier"), PaymentRow.state != "cancelled")
    .order_by(PaymentRow.id)
)


def kept(session: Session, dossier: Dossier) -> list[PaymentRow]:
    """The payments of a dossier, made or to be made, that nothing took the place of; oldest first."""
    return list(session.scalars(KEPT, {"dossier": dossier.id}, execution_options={"populate_existing": True}))


def done(known: Iterable[PaymentRow]) -> frozenset[str]:
    """The instalments that fell due, and were not taken back since."""
    return frozenset(row.instalment for row in known)


def settle(
    session: Session,
    dossier: Dossier,
    known: Iterable[PaymentRow],
    standing: Standing,
    fallen: Iterable[Fallen],
    shares: Mapping[str, Decimal],
    now: datetime,
) -> None:
    """Make what is to be paid what the chain says; what a validated batch holds is on its way, and left alone. `known`: the
    payments there were before."""
    rows = [row for row in known if row.state == "due"]
    sent = _sent(session, rows)
    open_rows = [row for row in rows if row.id not in sent]
    wanted = standing.payable - sum(row.cents for row in rows if row.id in sent)
    names = [one.id for one in fallen] or [open_rows[-1].instalment if open_rows else ""]
    for one in fallen:
        if not one.due:
            _add(session, dossier, one.id, "", 0, "nothing", now)
    if wanted == sum(row.cents for row in open_rows):
        return
    again = {row.payee: row.instead_of for row in open_rows}
    for row in open_rows:
        row.state, row.batch_id = "cancelled", None
    for payee, cents in shared(max(0, wanted), shares).items():
        if cents:
            _add(session, dossier, names[-1], payee, cents, "due", now).instead_of = again.get(payee)
    session.flush()


def pay(session: Session, known: Iterable[PaymentRow], ids: Collection[int] | None, now: datetime) -> None:
    """Note these of the payments that are due as made; all, when not said."""
    for row in known:
        if row.state == "due" and (ids is None or row.id in ids):
            row.state, row.paid_at = "paid", now
    session.flush()


def come_back(
    session: Session, row: PaymentRow, reason: str, refused_account: str | None, now: datetime
) -> PaymentRow:
    """Note that a payment came back, and make another one due instead of it."""
    row.state, row.reason, row.refused_account = "rejected", reason, refused_account
    again = PaymentRow(dossier_id=row.dossier_id, instalment=row.instalment, payee=row.payee, cents=row.cents)
    again.state, again.due_at, again.instead_of = "due", now, row.id
    session.add(again)
    session.flush()
    return again


def _sent(session: Session, rows: Iterable[PaymentRow]) -> frozenset[int]:
    """Those that stand in a validated batch, whether the bank has paid it or not."""
    batches = {row.batch_id for row in rows if row.batch_id is not None}
    if not batches:
        return frozenset()
    validated = set(
        session.scalars(
            select(PaymentBatch.id).where(
                PaymentBatch.id.in_(batches), PaymentBatch.state.in_(("validated", "paid"))
            )
        )
    )
    return frozenset(row.id for row in rows if row.batch_id in validated)


def _add(
    session: Session, dossier: Dossier, instalment: str, payee: str, cents: int, state: str, now: datetime
) -> PaymentRow:
    row = PaymentRow(dossier_id=dossier.id, instalment=instalment, payee=payee, cents=cents, state=state)
    row.due_at = now
    session.add(row)
    return row

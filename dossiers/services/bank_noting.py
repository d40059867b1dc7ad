"""Noting what the bank says, one line an act: whatever stops it, it goes on where it was, and a line acts once.

What came of a line (`outcome`): "noted"; "again", it was known already; "pending", the bank hasn't decided; and what
somebody must look at: "unknown" (no payment of ours bears this number), "amount" (another sum than ours), "not_sent" (it
stands in no batch that left), "gone" (its dossier was anonymised since).
"""

from __future__ import annotations

from sqlalchemy import select

from dossiers import access
from dossiers.database import BankFile, BankLine, PaymentBatch, PaymentRow
from dossiers.services.cases import load
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, by_id
from dossiers.services.payment_noting import close, note_paid
from dossiers.services.payment_returns import come_back
from dossiers.services.staff import actor_of

TO_SEE = ("unknown", "amount", "not_sent", "gone")


def note_next(work: Work, file_id: int) -> bool:
    """Note the next line of a file; False when none is left."""
    waiting = select(BankLine).where(BankLine.file_id == file_id, BankLine.outcome.is_(None))
    line = work.session.scalars(waiting.order_by(BankLine.id).limit(1)).first()
    if line is None:
        return False
    if line.payment_id is None:
        line.outcome = "unknown"
        return True
    row = work.session.get_one(PaymentRow, line.payment_id)
    opened = by_id(work, row.dossier_id, lock=True)
    assert opened is not None
    work.session.refresh(row)  # as it stands now that the dossier is locked
    work.session.refresh(line)
    if line.outcome is None:  # or another worker has done it meanwhile
        line.outcome = _known(work, line, row)
        if line.outcome is None:
            line.outcome = "gone" if opened.dossier.purged_at is not None else "noted"
        if line.outcome == "noted":
            _note(work, line, row, opened)
    return True


def _known(work: Work, line: BankLine, row: PaymentRow) -> str | None:
    """What can be said of a line without doing anything; None when there is something to do."""
    batch = work.session.get(PaymentBatch, row.batch_id) if row.batch_id is not None else None
    if batch is None or batch.state not in ("validated", "paid"):
        return "not_sent"
    if line.cents is not None and line.cents != row.cents:
        return "amount"
    if line.verdict in ("accepted", "pending"):
        return "noted" if line.verdict == "accepted" else "pending"
    done = {"paid": ("paid", "rejected"), "rejected": ("rejected",)}[line.verdict]
    return "again" if row.state in done else None


def _note(work: Work, line: BankLine, row: PaymentRow, opened: Opened) -> None:
    """Do what a line says of a payment that is due or paid."""
    if line.verdict not in ("paid", "rejected"):
        return
    file = work.session.get_one(BankFile, line.file_id)
    payer = access.staff(work.session, file.received_by_id, "fr")
    assert row.batch_id is not None
    case, batch_id = load(work, opened), row.batch_id
    if line.verdict == "paid":
        note_paid(work, case, [row], payer)
    else:
        come_back(work, case, row, line.reason, actor_of(payer, opened.slug))
    work.session.flush()
    close(work, batch_id, payer)

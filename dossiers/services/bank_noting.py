"""Noting what the bank says, one line an act: whatever stops it, it goes on where it was, and a line acts once.

What came of a line (`outcome`): "noted"; "again", it was known already; "pending", the bank hasn't decided; and what
somebody must look at: "unknown" (no payment of ours bears this number), "amount" (another sum than ours), "currency" (in another currency), "not_sent" (it
stands in no batch that left), "gone" (its dossier was anonymised since).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select, update

from dossiers import access
from dossiers.database import BankFile, BankLine, PaymentBatch, PaymentRow, core, table_of
from dossiers.services.cases import load
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, by_id
from dossiers.services.payment_noting import close, note_paid
from dossiers.services.payment_returns import come_back
from dossiers.services.staff import actor_of

CURRENCY = "currency"
TO_SEE = ("unknown", "amount", CURRENCY, "not_sent", "gone")
LINES, PAYMENTS, BATCHES, FILES = map(table_of, (BankLine, PaymentRow, PaymentBatch, BankFile))
OF_FILE = LINES.c.file_id == bindparam("file")
NEXT = (
    select(LINES.c.id, LINES.c.verdict, LINES.c.payment_id, PAYMENTS.c.dossier_id)
    .select_from(LINES.outerjoin(PAYMENTS, PAYMENTS.c.id == LINES.c.payment_id))
    .where(OF_FILE, LINES.c.outcome.is_(None))
    .where(func.coalesce(LINES.c.payment_id, 0) % bindparam("of") == bindparam("share"))
    .order_by(LINES.c.id)
    .limit(1)
)
STANDING = (
    select(LINES.c.verdict, LINES.c.reason, LINES.c.cents, LINES.c.outcome, LINES.c.payment_id)
    .add_columns(PAYMENTS.c.state, PAYMENTS.c.cents.label("ours"), BATCHES.c.state.label("batch"))
    .add_columns(FILES.c.received_by_id)
    .select_from(
        LINES.join(PAYMENTS, PAYMENTS.c.id == LINES.c.payment_id)
        .join(FILES, FILES.c.id == LINES.c.file_id)
        .outerjoin(BATCHES, BATCHES.c.id == PAYMENTS.c.batch_id)
    )
    .where(LINES.c.id == bindparam("line"))
)
MARK = update(LINES).where(LINES.c.id == bindparam("line")).values(outcome=bindparam("came"))
SENT = (
    select(PAYMENTS.c.batch_id, FILES.c.received_by_id)
    .select_from(
        LINES.join(PAYMENTS, PAYMENTS.c.id == LINES.c.payment_id).join(FILES, FILES.c.id == LINES.c.file_id)
    )
    .where(OF_FILE, PAYMENTS.c.batch_id.is_not(None))
    .distinct()
    .order_by(PAYMENTS.c.batch_id)
)


def note_next(work: Work, file_id: int, share: int = 0, of: int = 1) -> bool:
    """Note the next line of a file, among the payments that fall to one `share` `of` so many: all that is said of a payment is
    noted in order. False when none is left."""
    line = core(work.session).execute(NEXT, {"file": file_id, "share": share, "of": of}).first()
    if line is None:
        _close(work, file_id)
        return False
    outcome = "unknown" if line.payment_id is None else _noted(work, line)
    if outcome is not None:
        core(work.session).execute(MARK, {"line": line.id, "came": outcome})
    return True


def _noted(work: Work, line: Any) -> str | None:
    """Do what a line says of a payment of ours: what came of it, or None when another worker has noted it meanwhile."""
    acts = line.verdict in ("paid", "rejected")
    opened = by_id(work, line.dossier_id, lock=True) if acts else None
    found = core(work.session).execute(STANDING, {"line": line.id}).one()
    if found.outcome is not None:
        return None
    known = _known(found)
    if known is not None or opened is None:
        return known
    if opened.dossier.purged_at is not None:
        return "gone"
    _note(work, found, opened)
    return "noted"


def _known(found: Any) -> str | None:
    """What can be said of a line without doing anything; None when there is something to do."""
    if found.batch not in ("validated", "paid"):
        return "not_sent"
    if found.cents is not None and found.cents != found.ours:
        return "amount"
    if found.verdict in ("accepted", "pending"):
        return "noted" if found.verdict == "accepted" else "pending"
    done = {"paid": ("paid", "rejected"), "rejected": ("rejected",)}[found.verdict]
    return "again" if found.state in done else None


def _note(work: Work, found: Any, opened: Opened) -> None:
    """Do what a line says of a payment that is due or paid."""
    payer = access.staff(work.session, found.received_by_id, "fr")
    case, id = load(work, opened), found.payment_id
    if found.verdict == "paid":
        note_paid(work, case, found.ours, frozenset({id}), payer)
    else:
        row = work.session.get_one(PaymentRow, id, populate_existing=True)
        come_back(work, case, row, found.reason, actor_of(payer, opened.slug))


def _close(work: Work, file_id: int) -> None:
    """The batches a file speaks of are over when nothing of them is awaited: seen once its lines are noted and committed, since of
    two lines noted at once neither sees the other."""
    for batch_id, by in core(work.session).execute(SENT, {"file": file_id}).all():
        close(work, batch_id, by)

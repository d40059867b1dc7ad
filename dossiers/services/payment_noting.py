"""Noting payments as made, one dossier an act: whatever stops a batch, it goes on where it was."""

from __future__ import annotations

from sqlalchemy import exists, select, update

from dossiers import access, journal
from dossiers.access import Viewer
from dossiers.changes import amounts, payments
from dossiers.database import PaymentBatch, PaymentRow
from dossiers.services import funding
from dossiers.services.cases import Case, load
from dossiers.services.desk import Work
from dossiers.services.opened import by_id
from dossiers.services.payment_lines import paying_action
from dossiers.services.progress import advance, attempt
from dossiers.services.snapshot import Act, currency
from dossiers.services.staff import actor_of
from workflows.lifecycle import Actor


def pay_next(work: Work, batch_id: int, share: int = 0, of: int = 1) -> bool:
    """Note the payments of the next dossier of a paid batch, among those that fall to one `share` `of` so many; False when
    none is left."""
    due = select(PaymentRow).where(PaymentRow.batch_id == batch_id, PaymentRow.state == "due")
    falls_here = PaymentRow.dossier_id % of == share
    first = work.session.scalars(due.where(falls_here).order_by(PaymentRow.id).limit(1)).first()
    batch = work.session.get(PaymentBatch, batch_id)
    if first is None or batch is None or batch.state != "paid":
        return False
    opened = by_id(work, first.dossier_id, lock=True)
    assert opened is not None
    mine = due.where(PaymentRow.dossier_id == first.dossier_id).execution_options(populate_existing=True)
    rows = work.session.scalars(mine).all()
    if rows:  # or another worker has done it meanwhile
        cents, ids = sum(row.cents for row in rows), frozenset(row.id for row in rows)
        note_paid(work, load(work, opened), cents, ids, access.staff(work.session, batch.paid_by_id, "fr"))
    return True


def note_paid(work: Work, case: Case, cents: int, ids: frozenset[int], payer: Viewer) -> None:
    """Note payments of a dossier as made, in the name of who says so; the case is locked. `cents`: what they come to."""
    actor = actor_of(payer, case.opened.slug)
    action = paying_action(work, case, actor)
    if action is None:
        _pay_apart(work, case, actor, cents, ids)
        return
    act = Act(actor, payer.account_id, pays=cents, payments=ids)
    advance(work, case, attempt(work, case, action, act), act)


def close(work: Work, batch_id: int, by: int | None) -> None:
    """A batch of which nothing is awaited any more is over, as the account of who says so shows."""
    waiting = exists().where(PaymentRow.batch_id == batch_id, PaymentRow.state == "due")
    over = update(PaymentBatch).where(
        PaymentBatch.id == batch_id, PaymentBatch.state == "validated", ~waiting
    )
    done = over.values(state="paid", paid_at=work.now, paid_by_id=by)
    work.session.execute(done.execution_options(synchronize_session=False))


def _pay_apart(work: Work, case: Case, actor: Actor, cents: int, ids: frozenset[int]) -> None:
    """The bank has paid, but the dossier moved on meanwhile: the money is noted, the dossier stays where it is."""
    case.dossier.revision += 1
    work.session.flush()
    link = amounts.Link(by=actor.name or actor.kind, why="batch", at=work.now, currency=currency(case))
    amounts.record_paid(work.session, case.dossier, cents, link)
    payments.pay(work.session, payments.kept(work.session, case.dossier), ids, work.now)
    funding.recount(work, case)
    journal.record(
        work.session,
        stream=case.opened.stream,
        actor=actor,
        action="paid_apart",
        at=work.now,
        payload={"cents": cents},
        dossier_id=case.dossier.id,
    )

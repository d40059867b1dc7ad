"""Payment batches: prepared by one person, validated by another, frozen under a number, noted as paid dossier by dossier."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select, update

from dossiers import jobs, journal
from dossiers.access import Viewer
from dossiers.changes.amounts import from_cents
from dossiers.database import Dossier, JournalEntry, PaymentBatch, PaymentRow, SchemeRow
from dossiers.services import perimeters, publication
from dossiers.services.case_view import READ_AGAIN
from dossiers.services.desk import Work
from dossiers.services.hands import hands
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import roles_in
from dossiers.services.payment_batch_views import BatchPage, BatchView, Fate, Line, PaymentsPage
from dossiers.services.payment_lines import frozen, lines_of, sealed
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from dossiers.services.voucher_lines import VoucherLines
from engine.language import Scheme
from workflows.lifecycle import Actor

JOB = "pay_batch"
MASK = "••••"
LATEST = timedelta(days=365)  # from the day a batch is validated to the one it is paid on
OPEN = (PaymentRow.state == "due", PaymentRow.batch_id.is_(None))


def payments(work: Work, viewer: Viewer, slug: str) -> PaymentsPage:
    """The payments of a scheme. Raises NotFound for who may not pay, and for a scheme that doesn't pay by batches."""
    scheme = payable(work, viewer, slug)
    within = perimeters.within(viewer, scheme)
    count, cents = work.session.execute(
        _due(slug, func.count(), func.sum(PaymentRow.cents)).where(*within)
    ).one()
    rows = work.session.scalars(
        select(PaymentBatch)
        .join(SchemeRow, SchemeRow.id == PaymentBatch.scheme_id)
        .where(SchemeRow.slug == slug)
        .order_by(PaymentBatch.id.desc())
    )
    found = [(row, frozen(work, row)) for row in rows]
    shown = tuple(_view(row, lines) for row, lines in found if _reaches(work, viewer, scheme, lines))
    return PaymentsPage(scheme, count, from_cents(int(cents or 0)), shown)


def batch(work: Work, viewer: Viewer, slug: str, public_id: str) -> BatchPage:
    """One batch, accounts masked for who may not read them. Raises NotFound."""
    scheme, row = payable(work, viewer, slug), _row(work, slug, public_id)
    lines = _standing(work, row) if row.state == "prepared" else frozen(work, row)
    if not _reaches(work, viewer, scheme, lines):
        raise NotFound("batch")
    hidden = hides_accounts(viewer, scheme)
    lines = tuple(replace(line, iban=MASK) for line in lines) if hidden else lines
    query = select(func.count()).where(PaymentRow.batch_id == row.id, PaymentRow.state == "due")
    left = work.session.scalar(query) or 0
    mine = row.prepared_by_id == viewer.account_id
    return BatchPage(scheme, _view(row, lines), lines, mine, left, _fates(work, row), hidden)


def read_batch(work: Work, viewer: Viewer, slug: str, public_id: str) -> BatchPage:
    """One batch as somebody looks at it: the journal keeps that they have read its accounts, once an hour."""
    page = batch(work, viewer, slug, public_id)
    stream = f"account:{viewer.account_id}"
    lately = select(JournalEntry.payload).where(
        JournalEntry.stream == stream,
        JournalEntry.action == "read_batch",
        JournalEntry.at > work.now - READ_AGAIN,
    )
    known = any((payload or {}).get("batch") == public_id for payload in work.session.scalars(lately))
    if not page.hides_accounts and not known:
        actor, told = actor_of(viewer, slug), {"batch": public_id}
        journal.record(
            work.session, stream=stream, actor=actor, action="read_batch", at=work.now, payload=told
        )
    return page


def taken_out(work: Work, viewer: Viewer, slug: str, public_id: str, *, form: str) -> BatchPage:
    """One validated batch, to be handed out as a file; the journal keeps who took it. Raises NotFound, also for who may not
    read accounts: every file holds them. Of one given up only the statement is: what pays would pay twice."""
    page = batch(work, viewer, slug, public_id)
    is_dead = page.batch.state == "cancelled" and form not in ("csv", "pdf")
    if page.batch.number is None or page.hides_accounts or is_dead:
        raise NotFound("batch")
    told = {"batch": public_id, "form": form}
    actor = actor_of(viewer, slug)
    journal.record(
        work.session,
        stream=f"scheme:{slug}",
        actor=actor,
        action="batch_taken_out",
        at=work.now,
        payload=told,
    )
    return page


def prepare(work: Work, viewer: Viewer, slug: str) -> str:
    """Put all that may be paid now into a batch; its public id. Raises NotFound, Refused("empty")."""
    within = perimeters.within(viewer, payable(work, viewer, slug))
    scheme_id = work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug).with_for_update())
    actor = actor_of(viewer, slug)
    lines = lines_of(work, actor, list(work.session.scalars(_due(slug, PaymentRow).where(*within))))
    if not lines:
        raise Refused("empty")
    public_id = secrets.token_urlsafe(16)
    row: dict[str, Any] = {"public_id": public_id, "scheme_id": scheme_id, "state": "prepared"}
    row |= {"prepared_at": work.now, "prepared_by": actor.name, "prepared_by_id": viewer.account_id}
    row |= {"frozen": sealed(work, public_id, lines)}
    id = work.session.scalars(insert(PaymentBatch).values(row).returning(PaymentBatch.id)).one()
    chosen = PaymentRow.id.in_([line.payment for line in lines])
    work.session.execute(update(PaymentRow).where(chosen).values(batch_id=id))
    _note(work, slug, actor, "batch_prepared", public_id, lines)
    return public_id


def validate(work: Work, viewer: Viewer, slug: str, public_id: str, *, pay_on: date | None = None) -> int:
    """Freeze a batch under the next number of its scheme. What is no longer due, may not be paid now or goes to another
    account than the one shown leaves it, for the next one.

    Raises NotFound, Refused: bad_pay_day, same_person_batch (who prepared it), batch_over, empty.
    """
    scheme = payable(work, viewer, slug)
    today = work.office.organisation.local_date(work.now)
    if pay_on is not None and not today <= pay_on <= today + LATEST:
        raise Refused("bad_pay_day", first=today, last=today + LATEST)
    work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug).with_for_update())
    row = _taken_up(work, viewer, scheme, slug, public_id)
    if row.state != "prepared":
        raise Refused("batch_over")
    if row.prepared_by_id == viewer.account_id:
        raise Refused("same_person_batch")
    last = select(func.max(PaymentBatch.number)).where(PaymentBatch.scheme_id == row.scheme_id)
    row.number = (work.session.scalar(last) or 0) + 1
    row.pay_on = pay_on or today
    lines = _still_payable(work, viewer, slug, row)
    if not lines:
        raise Refused("empty")
    row.state, row.validated_at, row.validated_by = "validated", work.now, viewer.name
    row.frozen = sealed(work, public_id, lines)
    _note(work, slug, actor_of(viewer, slug), "batch_validated", public_id, lines, number=row.number)
    return row.number


def cancel(work: Work, viewer: Viewer, slug: str, public_id: str, *, seen: str = "") -> None:
    """Give up a batch of which nothing is paid, nor came back: its payments may be put into another one.

    `seen`: its state on the page shown. Raises NotFound, Refused("batch_over"), also when it was validated since then:
    its file may be at the bank.
    """
    row = _taken_up(work, viewer, payable(work, viewer, slug), slug, public_id)
    done = select(PaymentRow.id).where(PaymentRow.batch_id == row.id, PaymentRow.state != "due").limit(1)
    is_stale = seen not in ("", row.state)
    if is_stale or row.state not in ("prepared", "validated") or work.session.scalar(done) is not None:
        raise Refused("batch_over")
    row.state = "cancelled"
    work.session.execute(update(PaymentRow).where(PaymentRow.batch_id == row.id).values(batch_id=None))
    _note(work, slug, actor_of(viewer, slug), "batch_cancelled", public_id, ())


def mark_paid(work: Work, viewer: Viewer, slug: str, public_id: str) -> None:
    """Note that the bank has paid: the worker brings each dossier to what follows. Raises NotFound, Refused("batch_over")."""
    row = _taken_up(work, viewer, payable(work, viewer, slug), slug, public_id)
    if row.state != "validated":
        raise Refused("batch_over")
    row.state, row.paid_at, row.paid_by_id = "paid", work.now, viewer.account_id
    for share in range(of := hands(work)):
        options = {"batch_id": row.id, "share": share, "of": of}
        jobs.add(work.session, JOB, key=f"{JOB}:{public_id}:{share}", options=options, run_at=work.now)
    _note(work, slug, actor_of(viewer, slug), "batch_paid", public_id, frozen(work, row))


def payable(work: Work, viewer: Viewer, slug: str) -> Scheme:
    """The scheme, for who may pay in it. Raises NotFound."""
    scheme = publication.current(work, slug).scheme
    if not may_pay(viewer, scheme):
        raise NotFound("payments")
    return scheme


def may_pay(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether somebody may pay in a scheme, and the scheme pays by batches."""
    mine = viewer.roles.get(scheme.id, frozenset())
    by_batch = any(action.batch for action in scheme.workflow.actions.values())
    return by_batch and any("pay" in scheme.roles[id].may for id in mine if id in scheme.roles)


def _due(slug: str, *what: Any) -> Any:
    """What is to be paid in a scheme and stands in no batch, oldest first."""
    of = select(SchemeRow.id).where(SchemeRow.slug == slug).scalar_subquery()
    query = select(*what).select_from(PaymentRow).join(Dossier, Dossier.id == PaymentRow.dossier_id)
    found = query.where(Dossier.scheme_id == of, *OPEN)
    return found if len(what) > 1 else found.order_by(PaymentRow.id)


def _taken_up(work: Work, viewer: Viewer, scheme: Scheme, slug: str, public_id: str) -> PaymentBatch:
    """A batch to do something with, locked. Raises NotFound, also for who may not know of all its dossiers."""
    row = _row(work, slug, public_id, lock=True)
    if perimeters.within(viewer, scheme) and not _reaches(work, viewer, scheme, frozen(work, row)):
        raise NotFound("batch")
    return row


def _row(work: Work, slug: str, public_id: str, *, lock: bool = False) -> PaymentBatch:
    query = select(PaymentBatch).join(SchemeRow, SchemeRow.id == PaymentBatch.scheme_id)
    query = query.where(SchemeRow.slug == slug, PaymentBatch.public_id == public_id)
    if lock:
        query = query.with_for_update(of=PaymentBatch).execution_options(populate_existing=True)
    found = work.session.scalar(query)
    if found is None:
        raise NotFound("batch")
    return found


def _standing(work: Work, row: PaymentBatch) -> tuple[Line, ...]:
    """The lines of a prepared batch that are still due in it."""
    due = select(PaymentRow.id).where(PaymentRow.batch_id == row.id, PaymentRow.state == "due")
    still = set(work.session.scalars(due))
    return tuple(line for line in frozen(work, row) if line.payment in still)


def _still_payable(work: Work, viewer: Viewer, slug: str, row: PaymentBatch) -> tuple[Line, ...]:
    """The lines of a prepared batch that may be paid now, as they were shown; the others leave the batch."""
    shown = _standing(work, row)
    rows = select(PaymentRow).where(PaymentRow.id.in_([line.payment for line in shown]))
    written = VoucherLines(work, row, shown)
    due = work.session.scalars(rows.order_by(PaymentRow.id))
    now = {replace(line, cells=()): line for line in lines_of(work, actor_of(viewer, slug), due, written)}
    kept = tuple(now[line] for line in shown if line in now)
    gone = PaymentRow.id.in_([line.payment for line in shown if line not in now])
    work.session.execute(update(PaymentRow).where(gone).values(batch_id=None))
    return kept


def _fates(work: Work, row: PaymentBatch) -> dict[int, Fate]:
    """What became of each payment of a batch."""
    query = select(PaymentRow.id, PaymentRow.state, PaymentRow.reason).where(PaymentRow.batch_id == row.id)
    return {id: Fate(state, reason or "") for id, state, reason in work.session.execute(query)}


def hides_accounts(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether the accounts that are paid are kept from somebody."""
    asked = {parts["iban"] for parts in scheme.award.paid_to.values()} if scheme.award else set()
    return bool(asked & hidden_ids(scheme, roles_in(viewer, scheme.id)))


def _reaches(work: Work, viewer: Viewer, scheme: Scheme, lines: Iterable[Line]) -> bool:
    """Whether somebody may know of all the dossiers of a batch."""
    within = perimeters.within(viewer, scheme)
    wanted = {line.dossier for line in lines}
    if not within or not wanted:
        return not within or not perimeters.is_narrowed(viewer, scheme)
    query = select(func.count()).select_from(Dossier).where(Dossier.public_id.in_(wanted), *within)
    return work.session.scalar(query) == len(wanted)


def _view(row: PaymentBatch, lines: Iterable[Line]) -> BatchView:
    found = BatchView(
        row.public_id,
        row.number,
        row.state,
        row.prepared_at,
        row.prepared_by,
        row.validated_at,
        row.validated_by,
        row.paid_at,
        row.pay_on,
        0,
        Decimal(0),
    )
    amounts = [line.amount for line in lines]
    return replace(found, count=len(amounts), total=sum(amounts, Decimal(0)))


def _note(
    work: Work, slug: str, actor: Actor, action: str, public_id: str, lines: Iterable[Line], **more: Any
) -> None:
    found = list(lines)
    told: dict[str, Any] = {"batch": public_id, "payments": [line.payment for line in found], **more}
    told["cents"] = sum(line.cents for line in found)
    journal.record(
        work.session, stream=f"scheme:{slug}", actor=actor, action=action, at=work.now, payload=told
    )

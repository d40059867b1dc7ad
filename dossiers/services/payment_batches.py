"""Payment batches: prepared by one person, validated by another, frozen under a number, noted as paid dossier by dossier."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select, update

from dossiers import jobs, journal
from dossiers.access import Viewer
from dossiers.changes.amounts import from_cents
from dossiers.database import Dossier, PaymentBatch, PaymentRow, SchemeRow
from dossiers.services import publication
from dossiers.services.desk import Work
from dossiers.services.payment_batch_views import BatchPage, BatchView, Line, PaymentsPage
from dossiers.services.payment_lines import lines_of
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from engine.language import Scheme
from workflows.lifecycle import Actor

JOB = "pay_batch"
OPEN = (PaymentRow.state == "due", PaymentRow.batch_id.is_(None))


def payments(work: Work, viewer: Viewer, slug: str) -> PaymentsPage:
    """The payments of a scheme. Raises NotFound for who may not pay, and for a scheme that doesn't pay by batches."""
    scheme = _payable(work, viewer, slug)
    count, cents = work.session.execute(_due(slug, func.count(), func.sum(PaymentRow.cents))).one()
    rows = work.session.scalars(
        select(PaymentBatch)
        .join(SchemeRow, SchemeRow.id == PaymentBatch.scheme_id)
        .where(SchemeRow.slug == slug)
        .order_by(PaymentBatch.id.desc())
    )
    found = tuple(_view(row, _frozen(work, row)) for row in rows)
    return PaymentsPage(scheme, count, from_cents(int(cents or 0)), found)


def batch(work: Work, viewer: Viewer, slug: str, public_id: str) -> BatchPage:
    """One batch. Raises NotFound."""
    scheme, row = _payable(work, viewer, slug), _row(work, slug, public_id)
    lines = _standing(work, row) if row.state == "prepared" else _frozen(work, row)
    query = select(func.count()).where(PaymentRow.batch_id == row.id, PaymentRow.state == "due")
    left = work.session.scalar(query) or 0
    return BatchPage(scheme, _view(row, lines), lines, row.prepared_by_id == viewer.account_id, left)


def taken_out(work: Work, viewer: Viewer, slug: str, public_id: str, *, form: str) -> BatchPage:
    """One validated batch, to be handed out as a file; the journal keeps who took it. Raises NotFound."""
    page = batch(work, viewer, slug, public_id)
    if page.batch.number is None:
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
    _payable(work, viewer, slug)
    scheme_id = work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug).with_for_update())
    actor = actor_of(viewer, slug)
    lines = lines_of(work, actor, list(work.session.scalars(_due(slug, PaymentRow))))
    if not lines:
        raise Refused("empty")
    public_id = secrets.token_urlsafe(16)
    row: dict[str, Any] = {"public_id": public_id, "scheme_id": scheme_id, "state": "prepared"}
    row |= {"prepared_at": work.now, "prepared_by": actor.name, "prepared_by_id": viewer.account_id}
    row |= {"frozen": _sealed(work, public_id, lines)}
    id = work.session.scalars(insert(PaymentBatch).values(row).returning(PaymentBatch.id)).one()
    chosen = PaymentRow.id.in_([line.payment for line in lines])
    work.session.execute(update(PaymentRow).where(chosen).values(batch_id=id))
    _note(work, slug, actor, "batch_prepared", public_id, lines)
    return public_id


def validate(work: Work, viewer: Viewer, slug: str, public_id: str, *, pay_on: date | None = None) -> int:
    """Freeze a batch under the next number of its scheme. What is no longer due has left it.

    Raises NotFound, Refused: same_person_batch (who prepared it), batch_over, empty.
    """
    _payable(work, viewer, slug)
    work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug).with_for_update())
    row = _row(work, slug, public_id, lock=True)
    if row.state != "prepared":
        raise Refused("batch_over")
    if row.prepared_by_id == viewer.account_id:
        raise Refused("same_person_batch")
    lines = _standing(work, row)
    if not lines:
        raise Refused("empty")
    last = select(func.max(PaymentBatch.number)).where(PaymentBatch.scheme_id == row.scheme_id)
    row.number = (work.session.scalar(last) or 0) + 1
    row.state, row.validated_at, row.validated_by = "validated", work.now, viewer.name
    row.pay_on = pay_on or work.office.organisation.local_date(work.now)
    row.frozen = _sealed(work, public_id, lines)
    _note(work, slug, actor_of(viewer, slug), "batch_validated", public_id, lines, number=row.number)
    return row.number


def cancel(work: Work, viewer: Viewer, slug: str, public_id: str) -> None:
    """Give up a batch that isn't paid: its payments may be put into another one. Raises NotFound, Refused("batch_over")."""
    _payable(work, viewer, slug)
    row = _row(work, slug, public_id, lock=True)
    if row.state not in ("prepared", "validated"):
        raise Refused("batch_over")
    row.state = "cancelled"
    work.session.execute(update(PaymentRow).where(PaymentRow.batch_id == row.id).values(batch_id=None))
    _note(work, slug, actor_of(viewer, slug), "batch_cancelled", public_id, ())


def mark_paid(work: Work, viewer: Viewer, slug: str, public_id: str) -> None:
    """Note that the bank has paid: the worker brings each dossier to what follows. Raises NotFound, Refused("batch_over")."""
    _payable(work, viewer, slug)
    row = _row(work, slug, public_id, lock=True)
    if row.state != "validated":
        raise Refused("batch_over")
    row.state, row.paid_at, row.paid_by_id = "paid", work.now, viewer.account_id
    jobs.add(work.session, JOB, key=f"{JOB}:{public_id}", options={"batch_id": row.id}, run_at=work.now)
    _note(work, slug, actor_of(viewer, slug), "batch_paid", public_id, _frozen(work, row))


def _payable(work: Work, viewer: Viewer, slug: str) -> Scheme:
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
    return tuple(line for line in _frozen(work, row) if line.payment in still)


def _sealed(work: Work, public_id: str, lines: Iterable[Line]) -> bytes:
    text = json.dumps([asdict(line) for line in lines], ensure_ascii=False)
    return work.office.vault.seal(text.encode(), f"batch/{public_id}")


def _frozen(work: Work, row: PaymentBatch) -> tuple[Line, ...]:
    content = work.office.vault.open(row.frozen or b"", f"batch/{row.public_id}")
    return tuple(Line(**one) for one in json.loads(content))


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

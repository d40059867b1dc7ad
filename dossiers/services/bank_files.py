"""The files of a bank, taken in whole or refused; the worker then notes them line by line (see bank_noting)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import aliased

from dossiers import jobs, journal
from dossiers.access import Viewer
from dossiers.changes.amounts import from_cents
from dossiers.database import BankFile, BankLine, Dossier, PaymentBatch, PaymentRow, SchemeRow, core, table_of
from dossiers.office import Office
from dossiers.services import perimeters
from dossiers.services.bank_noting import CURRENCY, TO_SEE
from dossiers.services.bank_views import BankFilePage, BankFileView, BankLineView, CameBack
from dossiers.services.desk import Work, preceded_by
from dossiers.services.hands import hands
from dossiers.services.line_pages import Part, Place, part_of
from dossiers.services.payment_batches import payable
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from engine.language import Scheme
from workflows.returns import message_number, payment_number, payment_of

JOB = "bank_file"
SENT = ("validated", "paid")  # the batches a bank may answer about
CAME_BACK = 50  # payments told one by one
AT_ONCE = 1000  # payments asked of the database at once
LINES = table_of(BankLine)
FOREIGN: dict[str, Any] = {"cents": None, "outcome": CURRENCY}


def _read(office: Office, now: Any, viewer: Viewer, slug: str, content: bytes) -> Any:
    from dossiers.outside import bank_file

    try:
        return bank_file.read(content)
    except bank_file.Unread as error:
        raise Refused(f"bank_{error.code}") from error


@preceded_by(_read)
def take(work: Work, viewer: Viewer, slug: str, content: bytes) -> str:
    """Take in a file of the bank, all its lines at once; its public id. The worker goes on with it.

    Raises NotFound, Refused: bank_too_big, bank_not_xml, bank_not_a_return, bank_no_number, bank_too_many_lines,
    bank_again (this file, or this message of the bank, was taken before), bank_empty.
    """
    scheme = payable(work, viewer, slug)
    scheme_id = work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug).with_for_update())
    message, digest = work.prepared, hashlib.sha256(content).hexdigest()
    same = (BankFile.digest == digest) | (BankFile.message_id == message.id)
    before = select(BankFile.received_at).where(BankFile.scheme_id == scheme_id, same)
    if (at := work.session.scalar(before)) is not None:
        raise Refused("bank_again", at=at)
    public_id = secrets.token_urlsafe(16)
    row: dict[str, Any] = {"public_id": public_id, "scheme_id": scheme_id, "form": message.form}
    row |= {"message_id": message.id, "digest": digest, "received_at": work.now}
    row |= {"received_by": viewer.name, "received_by_id": viewer.account_id}
    id = work.session.scalars(insert(BankFile).values(row).returning(BankFile.id)).one()
    lines = [{**one, "file_id": id} for one in _lines(work, scheme, message.told)]
    if not lines:
        raise Refused("bank_empty")
    core(work.session).execute(insert(LINES), lines)
    for share in range(of := hands(work)):
        options = {"file_id": id, "share": share, "of": of}
        jobs.add(work.session, JOB, key=f"{JOB}:{public_id}:{share}", options=options, run_at=work.now)
    told = {"file": public_id, "message": message.id, "lines": len(lines)}
    actor = actor_of(viewer, slug)
    journal.record(
        work.session, stream=f"scheme:{slug}", actor=actor, action="bank_file", at=work.now, payload=told
    )
    return public_id


def files(work: Work, viewer: Viewer, slug: str) -> tuple[BankFileView, ...]:
    """The files of the bank that were taken in, the last one first. Raises NotFound."""
    payable(work, viewer, slug)
    query = select(BankFile).join(SchemeRow, SchemeRow.id == BankFile.scheme_id)
    rows = work.session.scalars(query.where(SchemeRow.slug == slug).order_by(BankFile.id.desc())).all()
    counts = _counts(work, [row.id for row in rows])
    return tuple(_view(row, counts.get(row.id, (0, 0, 0))) for row in rows)


def file(
    work: Work,
    viewer: Viewer,
    slug: str,
    public_id: str,
    *,
    place: Place | None = None,
    to_see: bool = False,
) -> BankFilePage:
    """One file, line by line, a page at a time; `to_see`: only the lines somebody must look at. Raises NotFound."""
    scheme = payable(work, viewer, slug)
    query = select(BankFile).join(SchemeRow, SchemeRow.id == BankFile.scheme_id)
    row = work.session.scalar(query.where(SchemeRow.slug == slug, BankFile.public_id == public_id))
    if row is None:
        raise NotFound("bank_file")
    wanted = select(BankLine).where(BankLine.file_id == row.id).order_by(BankLine.id)
    wanted = wanted.where(BankLine.outcome.in_(TO_SEE)) if to_see else wanted
    part = part_of(work.session.scalars(wanted).all(), lambda line: line.id, place)
    known = _dossiers(work, viewer, scheme, [line.payment_id for line in part.lines])
    shown = tuple(_line(one, known.get(one.payment_id or 0, ("", ""))) for one in part.lines)
    counts = _counts(work, [row.id]).get(row.id, (0, 0, 0))
    return BankFilePage(scheme, _view(row, counts), Part(shown, part.earlier, part.later))


def came_back(work: Work, viewer: Viewer, slug: str) -> tuple[CameBack, ...]:
    """The payments that came back and stand in no batch again yet, those that came first; at most CAME_BACK. Raises NotFound."""
    scheme = payable(work, viewer, slug)
    mine = select(SchemeRow.id).where(SchemeRow.slug == slug).scalar_subquery()
    refused: Any = aliased(PaymentRow)
    query = (
        select(Dossier.public_id, Dossier.reference, PaymentRow.cents, refused.reason)
        .join(Dossier, Dossier.id == PaymentRow.dossier_id)
        .join(refused, refused.id == PaymentRow.instead_of)
        .where(Dossier.scheme_id == mine, PaymentRow.state == "due", PaymentRow.batch_id.is_(None))
        .where(*perimeters.within(viewer, scheme))
    )
    rows = work.session.execute(query.order_by(PaymentRow.id).limit(CAME_BACK))
    return tuple(CameBack(id, name or "", from_cents(cents), why or "") for id, name, cents, why in rows)


def _line(row: BankLine, known: tuple[str, str]) -> BankLineView:
    amount = None if row.cents is None else from_cents(row.cents)
    return BankLineView(row.told, row.verdict, row.reason, amount, row.outcome or "", *known)


def _dossiers(
    work: Work, viewer: Viewer, scheme: Any, payments: Iterable[int | None]
) -> dict[int, tuple[str, str]]:
    """The dossiers of some payments, by payment, as far as the viewer may know of them."""
    query = (
        select(PaymentRow.id, Dossier.public_id, Dossier.reference)
        .join(Dossier, Dossier.id == PaymentRow.dossier_id)
        .where(
            PaymentRow.id.in_([one for one in payments if one is not None]),
            *perimeters.within(viewer, scheme),
        )
    )
    return {id: (public_id, reference or "") for id, public_id, reference in work.session.execute(query)}


def _lines(work: Work, scheme: Scheme, told: Iterable[Any]) -> list[dict[str, Any]]:
    """A row for each payment the bank speaks of; what it says of a whole order, for each payment it doesn't name. A sum in another
    currency than ours is told as such, and nothing is done by it."""
    every, slug = list(told), scheme.id
    ours_is = scheme.award.currency if scheme.award else ""
    named = {one.number for one in every if one.number}
    found: list[dict[str, Any]] = []
    for one in every:
        numbers = (
            [one.number]
            if one.number
            else [number for number in _numbers(work, slug, one.order) if number not in named]
        )
        if not numbers and not one.number and not named:
            numbers = [one.order or "-"]  # another's order: told as it stands, and known to nobody
        found += [
            {"told": number, "verdict": one.verdict, "reason": one.reason}
            | ({"cents": one.cents, "outcome": None} if one.currency in ("", ours_is) else FOREIGN)
            for number in numbers
        ]
    ours = _ours(work, slug, [row["told"] for row in found])
    return [{**row, "payment_id": ours.get(row["told"])} for row in found]


def _numbers(work: Work, slug: str, order: str) -> list[str]:
    """The numbers of the payments of an order of ours."""
    query = (
        select(PaymentBatch.id, PaymentBatch.number, PaymentBatch.public_id)
        .join(SchemeRow, SchemeRow.id == PaymentBatch.scheme_id)
        .where(SchemeRow.slug == slug, PaymentBatch.state.in_(SENT))
    )
    rows = work.session.execute(query)
    batch = next((id for id, number, public in rows if message_number(slug, number, public) == order), None)
    if batch is None:
        return []
    paid = select(Dossier.reference, PaymentRow.id).join(Dossier, Dossier.id == PaymentRow.dossier_id)
    lines = work.session.execute(paid.where(PaymentRow.batch_id == batch).order_by(PaymentRow.id))
    return [payment_number(reference or "", id) for reference, id in lines]


def _ours(work: Work, slug: str, numbers: Iterable[str]) -> dict[str, int]:
    """The payments of the scheme that bear these numbers."""
    wanted = {number: id for number in numbers if (id := payment_of(number)) is not None}
    mine = select(SchemeRow.id).where(SchemeRow.slug == slug).scalar_subquery()
    query = select(PaymentRow.id, Dossier.reference).join(Dossier, Dossier.id == PaymentRow.dossier_id)
    ours: dict[int, str] = {}
    ids = sorted({id for id in wanted.values() if id < 2**62})
    for start in range(0, len(ids), AT_ONCE):
        part = query.where(Dossier.scheme_id == mine, PaymentRow.id.in_(ids[start : start + AT_ONCE]))
        for id, reference in work.session.execute(part):
            ours[id] = payment_number(reference or "", id)
    return {number: id for number, id in wanted.items() if ours.get(id) == number}


def _counts(work: Work, ids: list[int]) -> dict[int, tuple[int, int, int]]:
    """By file: how many lines, how many wait, how many are to be seen by somebody."""
    waiting = func.count().filter(BankLine.outcome.is_(None))
    to_see = func.count().filter(BankLine.outcome.in_(TO_SEE))
    query = select(BankLine.file_id, func.count(), waiting, to_see).where(BankLine.file_id.in_(ids))
    rows = work.session.execute(query.group_by(BankLine.file_id)) if ids else ()
    return {id: (lines, wait, see) for id, lines, wait, see in rows}


def _view(row: BankFile, counts: tuple[int, int, int]) -> BankFileView:
    return BankFileView(row.public_id, row.form, row.message_id, row.received_at, row.received_by, *counts)

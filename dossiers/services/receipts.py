"""Proof of deposit: what the receipt page and its PDF show, from the filing, never from what came after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select

from dossiers.access import Viewer
from dossiers.changes import filing
from dossiers.changes.sealing import sensitive_ids
from dossiers.database import Document, core, table_of
from dossiers.services import older
from dossiers.services.cases import Case, Entry, entries
from dossiers.services.decisions import decided
from dossiers.services.desk import Work
from dossiers.services.filling import UNAVAILABLE, read
from dossiers.services.opened import Opened, by_id, for_applicant
from dossiers.services.refusals import NotFound
from dossiers.services.signatures import address
from dossiers.services.snapshot import silence_on
from dossiers.services.timeline import filing_kind
from dossiers.services.views import DepositView, Receipt, ReceiptView
from engine.asked.parties import hidden_from_some
from workflows.signing import signed_in

PAPERS = table_of(Document)
PRINTED = (
    select(PAPERS.c.id)
    .where(
        PAPERS.c.dossier_id == bindparam("dossier"),
        PAPERS.c.origin == "receipt",
        PAPERS.c.purged_at.is_(None),
        PAPERS.c.scan.not_in(UNAVAILABLE),
    )
    .limit(1)
)


def receipt(work: Work, opened: Opened, number: int | None = None) -> Receipt:
    """The receipt of a dossier's last filing, or of an earlier one. Raises NotFound for a draft."""
    deposit = filing.deposit(work.session, opened.dossier, number)
    if deposit is None:
        raise NotFound("receipt")
    return _receipt(work, opened, deposit.number, deposit.at, entries(work, opened))


def page(work: Work, viewer: Viewer, public_id: str) -> DepositView:
    """What the applicant sees once it is filed. Raises NotFound, for a draft too."""
    opened = for_applicant(work, viewer, public_id)
    deposit = filing.deposit(work.session, opened.dossier)
    if deposit is None:
        raise NotFound("receipt")
    told = entries(work, opened)
    decision = decided(work, opened, told)
    return DepositView(
        receipt=_receipt(work, opened, deposit.number, deposit.at, told),
        scheme=opened.scheme,
        printed=core(work.session).scalar(PRINTED, {"dossier": opened.dossier.id}) is not None,
        decided_at=decision.entry.at if decision else None,
        kind=_kind(opened, told, deposit.number),
    )


def _kind(opened: Opened, told: Sequence[Entry], number: int) -> str:
    """What the filing of this number is to who filed."""
    moves = (entry.move for entry in told if entry.payload.get("filing") == number)
    move = next(moves, None)
    return filing_kind(opened.scheme.workflow, move) if move else "filed"


def kind_of_filing(work: Work, dossier_id: int, number: int) -> str:
    """What a filing is to who filed, as the timeline tells it. Raises NotFound."""
    opened = by_id(work, dossier_id, lock=False)
    if opened is None:
        raise NotFound("receipt")
    return _kind(opened, entries(work, opened), number)


def of(work: Work, case: Case) -> Receipt:
    """The receipt of the filing a case is about, without another look. Raises NotFound for a draft."""
    if case.filed.by_office:  # what stands is not what was deposited
        return receipt(work, case.opened)
    return _receipt(work, case.opened, case.filed.number, case.filed.filed_at, case.entries)


def _receipt(work: Work, opened: Opened, number: int, filed_at: datetime, told: Sequence[Entry]) -> Receipt:
    dossier = opened.dossier
    if dossier.reference is None:
        raise NotFound("receipt")
    return Receipt(
        public_id=dossier.public_id,
        reference=dossier.reference,
        filed_at=filed_at,
        number=number,
        email=address(work, opened, opened.party)[0],
        scheme=opened.scheme,
        silence_on=silence_on(work, opened, told),
        channel=dossier.channel,
        to_sign=signed_in(opened.scheme.workflow, dossier.state) is not None,
    )


def pdf_view(work: Work, dossier_id: int, number: int | None = None) -> ReceiptView:
    """What the PDF of a filing's receipt prints (the last one's when no number is given), without sensitive answers.

    Raises NotFound for a draft.
    """
    opened = by_id(work, dossier_id, lock=False)
    if opened is None:
        raise NotFound("receipt")
    told = receipt(work, opened, number)
    filed = filing.numbered(work.session, work.office.vault, opened.dossier, told.number)
    if filed is None:
        raise NotFound("receipt")
    # as it was filed, whatever version the dossier follows since
    asked = older.scheme_at(work, filed.version_id)
    reading = read(work, replace(opened, scheme=asked), filed.answers)
    hidden = sensitive_ids(asked) | hidden_from_some(asked)
    return ReceiptView(told, reading, opened.dossier.language, hidden)

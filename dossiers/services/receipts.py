"""Proof of deposit: what the receipt page and its PDF show, from the filing, never from what came after."""

from __future__ import annotations

from sqlalchemy import select

from dossiers.changes import filing
from dossiers.changes.sealing import sensitive_ids
from dossiers.database import Filing
from dossiers.services.cases import entries
from dossiers.services.desk import Work
from dossiers.services.filling import read
from dossiers.services.opened import Opened, by_id
from dossiers.services.refusals import NotFound
from dossiers.services.snapshot import silence_on
from dossiers.services.views import Receipt, ReceiptView


def receipt(work: Work, opened: Opened, number: int | None = None) -> Receipt:
    """The receipt of a dossier's last filing, or of an earlier one. Raises NotFound for a draft."""
    dossier = opened.dossier
    query = select(Filing.number, Filing.filed_at).where(Filing.dossier_id == dossier.id)
    if number is not None:
        query = query.where(Filing.number == number)
    filed = work.session.execute(query.order_by(Filing.number.desc()).limit(1)).first()
    if filed is None or dossier.reference is None:
        raise NotFound("receipt")
    return Receipt(
        public_id=dossier.public_id,
        reference=dossier.reference,
        filed_at=filed.filed_at,
        number=filed.number,
        email=dossier.email,
        scheme=opened.scheme,
        silence_on=silence_on(work, opened, entries(work, opened)),
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
    return ReceiptView(
        told, read(work, opened, filed.answers), opened.dossier.language, sensitive_ids(opened.scheme)
    )

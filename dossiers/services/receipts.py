"""Proof of deposit: what the receipt page and its PDF show, from the filing, never from what came after."""

from __future__ import annotations

from sqlalchemy import select

from dossiers.changes import filing
from dossiers.changes.sealing import sensitive_ids
from dossiers.database import Filing
from dossiers.services.cases import load
from dossiers.services.desk import Work
from dossiers.services.filling import read
from dossiers.services.opened import Opened, by_id
from dossiers.services.refusals import NotFound
from dossiers.services.snapshot import silence_on
from dossiers.services.views import Receipt, ReceiptView


def receipt(work: Work, opened: Opened) -> Receipt:
    """The receipt of a dossier's last filing. Raises NotFound for a draft."""
    dossier = opened.dossier
    query = select(Filing.number, Filing.filed_at).where(Filing.dossier_id == dossier.id)
    last = work.session.execute(query.order_by(Filing.number.desc()).limit(1)).first()
    if last is None or dossier.reference is None:
        raise NotFound("receipt")
    return Receipt(
        public_id=dossier.public_id,
        reference=dossier.reference,
        filed_at=last.filed_at,
        number=last.number,
        email=dossier.email,
        scheme=opened.scheme,
        silence_on=silence_on(work, load(work, opened)),
    )


def pdf_view(work: Work, dossier_id: int) -> ReceiptView:
    """What the receipt's PDF prints; answers the scheme calls sensitive are left out. Raises NotFound for a draft."""
    opened = by_id(work, dossier_id, lock=False)
    filed = None if opened is None else filing.latest(work.session, work.office.vault, opened.dossier)
    if opened is None or filed is None:
        raise NotFound("receipt")
    reading = read(work, opened, filed.answers)
    hidden = sensitive_ids(opened.scheme)
    return ReceiptView(receipt(work, opened), reading, opened.dossier.language, hidden)

"""The chain of amounts of a dossier, read for screens."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from dossiers.changes import amounts
from dossiers.database import AmountStep
from dossiers.services.cases import Entry
from dossiers.services.desk import Work
from dossiers.services.money_views import AmountView


def amount_views(work: Work, dossier_id: int, told: Iterable[Entry] = ()) -> tuple[AmountView, ...]:
    """Every link, oldest first; what was said of each act stands in the journal (`told`), under the same instant."""
    reasons = {(entry.at, entry.action): str(entry.payload.get("comment") or "") for entry in told}
    query = select(
        AmountStep.kind, AmountStep.cents, AmountStep.currency, AmountStep.at, AmountStep.by, AmountStep.why
    )
    rows = work.session.execute(query.where(AmountStep.dossier_id == dossier_id).order_by(AmountStep.id))
    return tuple(
        AmountView(kind, amounts.from_cents(cents), currency, at, by, why, reasons.get((at, why), ""))
        for kind, cents, currency, at, by, why in rows
    )

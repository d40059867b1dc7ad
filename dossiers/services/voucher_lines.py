"""The lines of the vouchers of a batch, written once when it is validated: later answers don't change them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from dossiers.database import PaymentBatch
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.payment_batch_views import Line
from renderers import vouchers


class VoucherLines:
    """Writes the cells of each line that stays in a batch, one after the other."""

    def __init__(self, work: Work, batch: PaymentBatch, shown: Collection[Line]) -> None:
        """`shown`: the lines somebody has seen and validates; others leave the batch, and take no number."""
        self._work, self._batch, self._shown = work, batch, frozenset(shown)
        self._number = 0

    def __call__(self, case: Case, line: Line) -> Line:
        """The line with its cells, where the scheme of its dossier declares vouchers."""
        declared = case.scheme.award.vouchers if case.scheme.award else None
        if declared is None or line not in self._shown:
            return line
        self._number += 1
        verdict = case.verdict
        judged = {"eligible": verdict.eligible, "rules": dict(verdict.outcomes)} if verdict else {}
        values = {**case.reading.values, **judged, "payment": self._payment(line)}
        zone = self._work.office.organisation.zone
        return replace(line, cells=vouchers.cells(declared, values, self._work.now, zone))

    def _payment(self, line: Line) -> dict[str, object]:
        return {
            "number": Decimal(self._number),
            "batch": Decimal(self._batch.number or 0),
            "reference": line.reference,
            "name": line.name,
            "iban": line.iban,
            "amount": line.amount,
            "instalment": line.instalment,
            "paid_on": self._batch.pay_on,
        }

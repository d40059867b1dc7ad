"""What screens read of payments and of the batches they are made in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from engine.language import Scheme
from engine.language.model import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One payment of a batch: which one, of which dossier, to whom, on which account, how many cents; `cells`: its line in
    the vouchers, once the batch is validated."""

    payment: int
    dossier: str
    reference: str
    name: str
    iban: str
    cents: int
    instalment: str
    cells: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The amount in the currency."""
        return Decimal(self.cents).scaleb(-2)


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch in short."""

    public_id: str
    number: int | None
    state: str
    prepared_at: datetime
    prepared_by: str
    validated_at: datetime | None
    validated_by: str | None
    paid_at: datetime | None
    pay_on: date | None
    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a payment: "due", "paid" or "rejected", the bank's code for why."""

    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One batch whole. `mine`: the viewer prepared it, so that another validates it; `open`: payments still to be noted;
    `fates`: what became of each; `hides_accounts`: they are kept from the viewer."""

    scheme: Scheme
    batch: BatchView
    lines: tuple[Line, ...]
    mine: bool
    open: int
    fates: Mapping[int, Fate] = field(default_factory=dict)
    hides_accounts: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the bank, or somebody, has said of a payment what became of it: the batch can't be given up any more."""
        return any(one.state != "due" for one in self.fates.values())

    @property
    def vouchers(self) -> bool:
        """Whether it has vouchers: the scheme declared these columns when it was validated."""
        declared = self.scheme.award.vouchers if self.scheme.award else None
        return declared is not None and all(len(one.cells) == len(declared.columns) for one in self.lines)

    def about(self, line: Line) -> Text | None:
        """What the line pays: the name of its instalment, when it has one."""
        award = self.scheme.award
        found = award.instalments.get(line.instalment) if award else None
        return found.label if found else None


@dataclass(frozen=True, slots=True)
class PaymentsPage:
    """The payments of a scheme: what may be put into a batch now, and the batches, the newest first."""

    scheme: Scheme
    due: int
    due_total: Decimal
    batches: tuple[BatchView, ...]

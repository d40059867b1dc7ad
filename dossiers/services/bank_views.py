"""What screens read of the files of a bank, and of the payments of one dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from dossiers.services.line_pages import Part
from engine.language import Scheme
from engine.language.model import Text


@dataclass(frozen=True, slots=True)
class CameBack:
    """A payment the bank sent back, to be made again: of which dossier, how much, the bank's code for why."""

    dossier: str
    reference: str
    amount: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class BankFileView:
    """A file of the bank in short: how many lines, how many wait for the worker, how many need somebody's eye."""

    public_id: str
    form: str
    message_id: str
    received_at: datetime
    received_by: str
    lines: int
    waiting: int
    to_see: int


@dataclass(frozen=True, slots=True)
class BankLineView:
    """What the bank says of one payment (`verdict`, `reason`) and what came of it here (`outcome`, "" while it waits);
    `dossier` and `reference` where the payment is known to who looks."""

    told: str
    verdict: str
    reason: str
    amount: Decimal | None
    outcome: str
    dossier: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class BankFilePage:
    """A file of the bank, and a page of its lines."""

    scheme: Scheme
    file: BankFileView
    part: Part[BankLineView]


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One payment of a dossier. `batch`: the public id and the number of its batch; `is_held`: the bank refused its account,
    and no other one was given; `can_ask`: another account may be asked for now; `can_keep`: the same one may be paid on again; `is_sent`: the bank may have sent it back."""

    id: int
    about: Text | None
    amount: Decimal
    state: str
    reason: str
    due_at: datetime
    paid_at: datetime | None
    batch: tuple[str, int | None] | None
    is_held: bool
    can_ask: bool
    can_keep: bool
    is_sent: bool


@dataclass(frozen=True, slots=True)
class DossierPayments:
    """The payments of one dossier; `claimed`: what is to be paid back; `is_asked`: the applicant has an account to give."""

    scheme: Scheme
    public_id: str
    reference: str
    name: str
    currency: str
    payments: tuple[PaymentView, ...]
    claimed: Decimal
    is_asked: bool
    revision: int

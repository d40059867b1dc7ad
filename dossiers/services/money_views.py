"""What screens read of the money of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AmountView:
    """One link of the chain of amounts: "computed", "granted", "due", "paid"…; `why` is an action, or what else wrote it,
    `reason` the comment of who acted."""

    kind: str
    amount: Decimal
    currency: str
    at: datetime
    by: str
    why: str
    reason: str = ""


SHOWN_TO_APPLICANTS = ("requested", "granted", "paid", "returned", "reversed")


def for_applicants(chain: Iterable[AmountView]) -> tuple[AmountView, ...]:
    """What applicants read of a chain: what they asked for, what was decided and paid; not who did it, nor what the
    office thought of on the way."""
    shown = (one for one in chain if one.kind in SHOWN_TO_APPLICANTS)
    return tuple(replace(one, by="", reason="") for one in shown)


def held(chain: Iterable[AmountView]) -> Decimal:
    """What is granted and was not taken back."""
    signs = {"granted": 1, "reversed": -1}
    return sum((one.amount * signs.get(one.kind, 0) for one in chain), Decimal(0))


def overpaid(chain: Iterable[AmountView]) -> Decimal:
    """What was paid and is granted no more."""
    links = tuple(chain)
    return max(Decimal(0), paid(links) - held(links))


def paid(chain: Iterable[AmountView]) -> Decimal:
    """What was paid and didn't come back."""
    signs = {"paid": 1, "returned": -1}
    return sum((one.amount * signs.get(one.kind, 0) for one in chain), Decimal(0))

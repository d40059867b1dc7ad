"""How much an aid is, as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.language.budget_model import Budget
from engine.language.expressions import Expression
from engine.language.payment_model import Instalment, PaidFrom, Vouchers


@dataclass(frozen=True, slots=True)
class Award:
    """How much: `round` is (mode, decimals), applied once at the end; `paid_to` who → part → field id;
    `requested` the field in which applicants say what they ask for."""

    currency: str
    amount: Expression
    round: tuple[str, int] = ("half up", 2)
    at_least: Expression | None = None
    at_most: Expression | None = None
    paid_to: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    requested: str | None = None
    budget: Budget | None = None
    instalments: Mapping[str, Instalment] = field(default_factory=dict)
    paid_from: PaidFrom | None = None
    vouchers: Vouchers | None = None

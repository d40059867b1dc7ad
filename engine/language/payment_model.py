"""How an award is paid: in which parts, to whom, from which account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.language.expressions import Expression, Text


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the payment, due when a dossier reaches one of `pay_on`: a `share` in percent of what is granted, or an
    `amount`. `below_zero`: "claim" when less than nothing is to be claimed back."""

    id: str
    pay_on: tuple[str, ...]
    label: Text | None = None
    share: Expression | None = None
    amount: Expression | None = None
    below_zero: Literal["claim"] | None = None


@dataclass(frozen=True, slots=True)
class PaidFrom:
    """The account payments leave from."""

    iban: str
    bic: str = ""

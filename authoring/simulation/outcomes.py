"""What rules said of one dossier, kept short: enough to compare two versions of them, without the explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from engine.eligibility import Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """`rules` has the outcome of every rule, `refusing` the ids of those that refuse (the others only warn).

    `amount` is what the award comes to, None when it comes to nothing.
    """

    eligible: bool | None
    rules: Mapping[str, bool | None] = field(default_factory=dict)
    refusing: frozenset[str] = frozenset()
    amount: Decimal | None = None

    @staticmethod
    def of(verdict: Verdict, amount: Decimal | None) -> Outcome:
        """The short form of a verdict and of the amount beside it."""
        refusing = frozenset(rule.id for rule in verdict.rules if rule.severity == "refuse")
        return Outcome(verdict.eligible, verdict.outcomes, refusing, amount)

    @property
    def because(self) -> tuple[str, ...]:
        """The refusing rules that don't hold."""
        return tuple(id for id, outcome in self.rules.items() if outcome is False and id in self.refusing)

    @property
    def open(self) -> tuple[str, ...]:
        """The refusing rules that are not established."""
        return tuple(id for id, outcome in self.rules.items() if outcome is None and id in self.refusing)

    @property
    def deciding(self) -> tuple[str, ...]:
        """The rules that decided: those that refuse, else those that leave it open; none for who is let in."""
        return self.because or self.open

    @property
    def cost(self) -> Decimal:
        """What is spent on the dossier: nothing for who is not known to be eligible."""
        return self.amount or Decimal(0) if self.eligible else Decimal(0)

"""Computing the amount of an award: exact decimals, bounds, then one rounding at the very end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from typing import Protocol

from engine.asked import Reading
from engine.asked.decided import Decided, decided
from engine.asked.used import UsedValue, leaves, used_values
from engine.kinds.kind import items, members
from engine.language.model import Award, Expression

ROUNDING: Mapping[str, str] = {  # DMN 1.5, 10.3.4.5
    "half up": ROUND_HALF_UP,
    "half down": ROUND_HALF_DOWN,
    "half even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "ceiling": ROUND_CEILING,
    "floor": ROUND_FLOOR,
}
PRECISE = Context(prec=60)  # an amount of 34 digits may still be quantised


class Judged(Protocol):
    """What the award knows of the verdict."""

    @property
    def eligible(self) -> bool | None:
        """Whether the rules let the application in."""
        ...

    @property
    def outcomes(self) -> Mapping[str, bool | None]:
        """The outcome of each rule by its id."""
        ...


@dataclass(frozen=True, slots=True)
class Computation:
    """What the award comes to: None when not eligible, or when something it reads isn't known."""

    amount: Decimal | None
    currency: str
    source: str
    used: tuple[UsedValue, ...]

    def to_json(self) -> dict[str, object]:
        """As plain JSON; the amount is a text."""
        amount = None if self.amount is None else f"{self.amount:f}"
        used = [one.to_json() for one in self.used]
        return {"amount": amount, "currency": self.currency, "source": self.source, "used": used}

    @staticmethod
    def from_json(data: object) -> Computation:
        """The computation written by `to_json`."""
        found = members(data)
        amount = None if found["amount"] is None else Decimal(str(found["amount"]))
        used = tuple(UsedValue.from_json(one) for one in items(found["used"]))
        return Computation(amount, str(found["currency"]), str(found["source"]), used)


def compute(reading: Reading, verdict: Judged) -> Computation:
    """The amount for a reading; without an award in the scheme, no amount."""
    award = reading.scheme.award
    if award is None:
        return Computation(None, reading.organisation.currency, "", ())
    values = _values(reading, verdict)
    clause = award.amount.explain(values, reading.now, reading.zone)
    used = used_values(reading, leaves(clause))
    amount = None
    if verdict.eligible is not False:
        amount = figure(award, lambda expression: expression.value(values, reading.now, reading.zone))
    return Computation(amount, award.currency, award.amount.text, used)


def requested(reading: Reading) -> Decimal | None:
    """The amount the applicant asks for, where the scheme asks how much; None when it isn't known."""
    award = reading.scheme.award
    found = reading.values.get(award.requested) if award and award.requested else None
    return found if isinstance(found, Decimal) else None


def decisions(reading: Reading, verdict: Judged) -> tuple[Decided, ...]:
    """The decision tables behind the amount, with the rows that hit; none for who is not eligible."""
    award = reading.scheme.award
    if award is None or verdict.eligible is False:
        return ()
    return decided(reading, award.amount, _values(reading, verdict), "money")


def _values(reading: Reading, verdict: Judged) -> Mapping[str, object]:
    return {**reading.values, "eligible": verdict.eligible, "rules": dict(verdict.outcomes)}


def figure(award: Award, value: Callable[[Expression], object]) -> Decimal | None:
    """The amount between its bounds, rounded; `value` gives what each expression of the award comes to."""
    amount = value(award.amount)
    if not isinstance(amount, Decimal):
        return None
    for bound, choose in ((award.at_least, max), (award.at_most, min)):
        if bound is not None:
            figure = value(bound)
            if not isinstance(figure, Decimal):
                return None  # a bound that isn't known is no licence to pay without it
            amount = choose(amount, figure)
    mode, decimals = award.round
    return rounded(amount, mode, decimals)


def rounded(amount: Decimal, mode: str, decimals: int) -> Decimal:
    """The amount with so many decimals; modes are FEEL's ("half up", "floor"…)."""
    return amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUNDING[mode], context=PRECISE)

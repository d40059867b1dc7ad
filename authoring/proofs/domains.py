"""What a value may be, as far as it is known: an interval, some texts, true or false; and whether it may be null.

A domain may hold more than what is possible, never less.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal, TypeAlias

Relation: TypeAlias = Literal["<", "=", ">"]
RELATIONS: frozenset[Relation] = frozenset({"<", "=", ">"})
TRUTH, TEXT = "truth", "text"


@dataclass(frozen=True, slots=True)
class Ordered:
    """Numbers, or days as their number, between two ends; an end that is None is open to infinity."""

    sort: Literal["number", "date"]
    low: Decimal | None = None
    high: Decimal | None = None
    low_in: bool = True
    high_in: bool = True
    whole: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies between the ends."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    @property
    def only(self) -> Decimal | None:
        """The one value, when there is just one."""
        return self.low if self.low is not None and self.low == self.high and not self.is_empty else None

    def above(self, low: Decimal | None, included: bool) -> Ordered:
        """What of it is greater."""
        if low is None or (self.low is not None and (self.low, not self.low_in) >= (low, not included)):
            return self
        return replace(self, low=low, low_in=included).tidy()

    def below(self, high: Decimal | None, included: bool) -> Ordered:
        """What of it is smaller."""
        if high is None or (self.high is not None and (self.high, self.high_in) <= (high, included)):
            return self
        return replace(self, high=high, high_in=included).tidy()

    def tidy(self) -> Ordered:
        """With ends that are whole and included, when only whole values count."""
        if not self.whole:
            return self
        low, high = self.low, self.high
        if low is not None:
            rounded = low.to_integral_value(ROUND_CEILING)
            low = rounded + 1 if rounded == low and not self.low_in else rounded
        if high is not None:
            rounded = high.to_integral_value(ROUND_FLOOR)
            high = rounded - 1 if rounded == high and not self.high_in else rounded
        return replace(self, low=low, high=high, low_in=True, high_in=True)

    def without(self, value: Decimal) -> Ordered:
        """Without one value, which only matters at an end."""
        if self.only == value:
            return replace(self, low=value, high=value, low_in=False)
        if value == self.low:
            return replace(self, low_in=False).tidy()
        return replace(self, high_in=False).tidy() if value == self.high else self


@dataclass(frozen=True, slots=True)
class Among:
    """One of some texts or truth values; all but these, when `others`."""

    sort: str
    values: frozenset[object]
    others: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return not self.values and not self.others

    @property
    def only(self) -> object | None:
        """The one value, when there is just one."""
        return next(iter(self.values)) if len(self.values) == 1 and not self.others else None

    def within(self, other: Among) -> Among:
        """What both hold."""
        if self.others and other.others:
            return replace(self, values=self.values | other.values)
        if self.others:
            return replace(other, values=other.values - self.values)
        kept = self.values - other.values if other.others else self.values & other.values
        return replace(self, values=kept)


Some: TypeAlias = Ordered | Among | None  # None: any value at all


@dataclass(frozen=True, slots=True)
class Domain:
    """The values other than null, and whether null is one."""

    some: Some
    null: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is no value, null included."""
        return not self.null and self.is_null_only

    @property
    def is_null_only(self) -> bool:
        """Whether nothing but null is possible (nothing at all, when null isn't either)."""
        return self.some is not None and self.some.is_empty

    def known(self) -> Domain:
        """Without null."""
        return Domain(self.some, False)

    def unknown(self) -> Domain:
        """Null alone, if it is possible."""
        return Domain(NOTHING, self.null)


NOTHING = Among(TEXT, frozenset())
UNKNOWN = Domain(None, True)
TRUTHS = Among(TRUTH, frozenset({True, False}))
TEXTS = Among(TEXT, frozenset(), others=True)
NUMBERS = Ordered("number")
DATES = Ordered("date", whole=True)


def exactly(value: object) -> Domain:
    """The domain of one FEEL value."""
    if value is None:
        return Domain(NOTHING, True)
    if isinstance(value, bool):
        return Domain(Among(TRUTH, frozenset({value})), False)
    if isinstance(value, str):
        return Domain(Among(TEXT, frozenset({value})), False)
    if isinstance(value, Decimal):
        return Domain(Ordered("number", value, value), False)
    if isinstance(value, date) and not isinstance(value, datetime):
        day = Decimal(value.toordinal())
        return Domain(Ordered("date", day, day, whole=True), False)
    return Domain(None, False)


def union(domains: Iterable[Domain]) -> Domain:
    """Whatever one of them holds."""
    found = list(domains)
    null = any(domain.null for domain in found)
    parts = [domain.some for domain in found if not domain.is_null_only]
    if not parts:
        return Domain(NOTHING, null)
    ordered = [part for part in parts if isinstance(part, Ordered)]
    if len(ordered) == len(parts) and len({part.sort for part in ordered}) == 1:
        return Domain(_hull(ordered), null)
    among = [part for part in parts if isinstance(part, Among)]
    if len(among) == len(parts) and len({part.sort for part in among}) == 1:
        return Domain(_either(among), null)
    return Domain(None, null)


def _hull(parts: list[Ordered]) -> Ordered:
    lows = [part.low for part in parts if part.low is not None]
    highs = [part.high for part in parts if part.high is not None]
    low = min(lows) if len(lows) == len(parts) else None
    high = max(highs) if len(highs) == len(parts) else None
    return Ordered(parts[0].sort, low, high, whole=all(part.whole for part in parts))


def _either(parts: list[Among]) -> Among:
    if not any(part.others for part in parts):
        return Among(parts[0].sort, frozenset().union(*(part.values for part in parts)))
    return Among(parts[0].sort, frozenset(), others=True)


def compared(
    left: Some, right: Some, relations: frozenset[Relation]
) -> tuple[frozenset[Relation], Some, Some]:
    """Which of the relations are possible, and what is left of both sides (neither of them null).

    No relation is possible between values of different types: comparing them gives null.
    """
    if left is None or right is None:
        return relations, left, right
    if type(left) is not type(right) or left.sort != right.sort:
        return frozenset(), left, right
    if isinstance(left, Among) and isinstance(right, Among):
        return _compared_texts(left, right, relations)
    assert isinstance(left, Ordered) and isinstance(right, Ordered)
    possible = frozenset(one for one in relations if _is_possible(left, right, one))
    return possible, _related(left, right, possible), _related(right, left, _turned(possible))


def _turned(relations: frozenset[Relation]) -> frozenset[Relation]:
    turns: dict[Relation, Relation] = {"<": ">", "=": "=", ">": "<"}
    return frozenset(turns[relation] for relation in relations)


def _is_possible(left: Ordered, right: Ordered, relation: Relation) -> bool:
    return not _related(left, right, frozenset({relation})).is_empty


def _related(left: Ordered, right: Ordered, relations: frozenset[Relation]) -> Ordered:
    """What of the left side stands in one of these relations to something on the right."""
    if relations == {"<", ">"} and right.only is not None:
        return left.without(right.only)
    found = left
    if "<" not in relations:
        found = found.above(right.low, right.low_in and "=" in relations)
    if ">" not in relations:
        found = found.below(right.high, right.high_in and "=" in relations)
    return found


def _compared_texts(
    left: Among, right: Among, relations: frozenset[Relation]
) -> tuple[frozenset[Relation], Some, Some]:
    shared = left.within(right)
    possible = relations - {"="} if shared.is_empty else relations
    if left.only is not None and left.only == right.only:
        possible &= {"="}
    if possible == {"="}:
        return possible, shared, shared
    if "=" not in possible:
        return possible, _unlike(left, right), _unlike(right, left)
    return possible, left, right


def _unlike(left: Among, right: Among) -> Among:
    """The left side without the one value on the right."""
    only = right.only
    return left if only is None else left.within(Among(left.sort, frozenset({only}), others=True))

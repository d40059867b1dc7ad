"""Whether two evaluations gave the same: type, digits and all."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel import FeelError, RangeValue


def outcome(evaluate: Callable[[], Any]) -> Any:
    """What an evaluation gives: its value, or the code of the bound it passes."""
    try:
        return evaluate()
    except FeelError as error:
        return error


def same(one: Any, other: Any, seen: set[tuple[int, int]] | None = None) -> bool:
    """Whether two outcomes are the same: 1.0 is not 1.00, true is not 1; a function is a function.

    One list may stand many times inside another (`partial`): a pair that is `seen` is not walked through again.
    """
    seen = set() if seen is None else seen
    if (id(one), id(other)) in seen:
        return True
    seen.add((id(one), id(other)))
    if isinstance(one, FeelError) or isinstance(other, FeelError):
        return type(one) is type(other) and one.code == other.code
    if callable(one) and callable(other):
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(same(a, b, seen) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key], seen) for key in one)
    if isinstance(one, RangeValue):
        return all(
            same(getattr(one, name), getattr(other, name), seen)
            for name in ("low", "high", "low_included", "high_included")
        )
    if isinstance(one, Decimal):
        return one.as_tuple() == other.as_tuple()
    return bool(one == other)

"""Functions on numbers."""

from __future__ import annotations

from collections.abc import Callable
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
from typing import Any

from engine.feel.arithmetic import negate
from engine.feel.values import DECIMALS, Value, finite, kind_of

SMALLEST_SCALE, LARGEST_SCALE = -6111, 6176
# A quotient of modulo may have more digits than a number can keep.
_EXACT = Context(prec=12_400, Emin=-999_999, Emax=999_999, traps=[])


def rounding(mode: str) -> Callable[..., Decimal | None]:
    """A function that rounds a number to a scale in one of the modes of `decimal`."""

    def rounded(number: Decimal, scale: Decimal = Decimal(0)) -> Decimal | None:
        places = int(scale)
        if not SMALLEST_SCALE <= places <= LARGEST_SCALE:
            return None
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= -places:
            return number  # it has no more places than that
        return finite(DECIMALS.plus(number.quantize(Decimal(1).scaleb(-places), mode, _EXACT)))

    return rounded


def absolute(n: Value) -> Value:
    """A number or a duration without its sign."""
    if kind_of(n) == "number":
        return n.copy_abs()  # abs() would round to the 28 digits of Python's own context
    nothing = type(n)(0)
    return negate(n) if n < nothing else n


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """dividend - divisor * floor(dividend / divisor): it has the sign of the divisor."""
    if not divisor:
        return None
    rest = _EXACT.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = _EXACT.add(rest, divisor)
    return finite(DECIMALS.plus(rest))


def square_root(number: Decimal) -> Decimal | None:
    """The square root; null of a negative number."""
    return finite(DECIMALS.sqrt(number))


def logarithm(number: Decimal) -> Decimal | None:
    """The natural logarithm; null of what is not above 0."""
    return finite(DECIMALS.ln(number)) if number > 0 else None


def exponential(number: Decimal) -> Decimal | None:
    """e to that power."""
    return finite(DECIMALS.exp(number))


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


def odd(number: Decimal) -> bool | None:
    """Whether a whole number is odd."""
    return modulo(number, Decimal(2)) == 1 if _is_whole(number) else None


def even(number: Decimal) -> bool | None:
    """Whether a whole number is even."""
    return modulo(number, Decimal(2)) == 0 if _is_whole(number) else None


TABLE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("decimal(n: number, scale: number): same", rounding(ROUND_HALF_EVEN)),
    ("floor(n: number, scale?: number): same", rounding(ROUND_FLOOR)),
    ("ceiling(n: number, scale?: number): same", rounding(ROUND_CEILING)),
    ("round up(n: number, scale: number): same", rounding(ROUND_UP)),
    ("round down(n: number, scale: number): same", rounding(ROUND_DOWN)),
    ("round half up(n: number, scale: number): same", rounding(ROUND_HALF_UP)),
    ("round half down(n: number, scale: number): same", rounding(ROUND_HALF_DOWN)),
    ("abs(n: number | days and time duration | years and months duration): same", absolute),
    ("modulo(dividend: number, divisor: number): number", modulo),
    ("sqrt(number: number): number", square_root),
    ("log(number: number): number", logarithm),
    ("exp(number: number): number", exponential),
    ("odd(number: number): boolean", odd),
    ("even(number: number): boolean", even),
)

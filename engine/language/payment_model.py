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
class VoucherColumn:
    """A column of the vouchers: its head, and the same `text` in each line or the `value` of each payment."""

    id: str
    header: str
    text: str | None = None
    value: Expression | None = None


@dataclass(frozen=True, slots=True)
class Vouchers:
    """The file for finance software: its columns, and how it writes days and amounts."""

    columns: tuple[VoucherColumn, ...]
    separator: Literal["semicolon", "comma", "tab"] = "semicolon"
    decimals: Literal["comma", "point"] = "comma"
    dates: Literal["day/month/year", "year-month-day", "yearmonthday"] = "day/month/year"
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"


@dataclass(frozen=True, slots=True)
class PaidFrom:
    """The account payments leave from."""

    iban: str
    bic: str = ""

"""The vouchers of a payment batch, for finance software: the columns the scheme declares, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal

from engine.language.payment_model import Vouchers
from renderers.statement import inert

SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t"}
DATES = {"day/month/year": "%d/%m/%Y", "year-month-day": "%Y-%m-%d", "yearmonthday": "%Y%m%d"}


def cells(vouchers: Vouchers, values: Mapping[str, object], now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """The cells of one payment, in the order of the columns; what isn't known is left empty."""
    return tuple(
        column.text or ""
        if column.value is None
        else _written(column.value.value(values, now, zone), vouchers)
        for column in vouchers.columns
    )


def as_csv(vouchers: Vouchers, rows: Iterable[Sequence[str]]) -> bytes:
    """The whole file, its heads first; a sign the character set hasn't is written as a question mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=SEPARATORS[vouchers.separator], lineterminator="\r\n")
    writer.writerow([column.header for column in vouchers.columns])
    writer.writerows(rows)
    return text.getvalue().encode(vouchers.encoding, "replace")


def _written(value: object, vouchers: Vouchers) -> str:
    if isinstance(value, Decimal):
        sign = "," if vouchers.decimals == "comma" else "."
        return f"{value:f}".replace(".", sign)
    if isinstance(value, date):
        return value.strftime(DATES[vouchers.dates])
    return inert(value) if isinstance(value, str) else ""

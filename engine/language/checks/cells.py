"""Cells that don't say what their author meant: `400-800` is a subtraction, not a range."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.language.loader.loading import Loading
from engine.problems import Path, Severity

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_SPAN = re.compile(rf"\s*(?:(?:de|from|entre|between) )?{_NUMBER}\s*(-|–|—|à|to|et|and)\s*{_NUMBER}\s*")
_BOTH = re.compile(rf"\s*(>=?|≥)\s*{_NUMBER}\s*(?:et|and|&&)\s*(<=?|≤)\s*{_NUMBER}\s*")


def is_span(load: Loading, raw: object, path: Path, *, at_key: bool = False) -> bool:
    """Whether a test is written as a span of figures; told, as an error where FEEL can't read it at all."""
    if not isinstance(raw, str):
        return False
    if found := _SPAN.fullmatch(raw):
        first, low, last, high = "[", found[1], "]", found[3]
        is_read = found[2] == "-" and raw.strip()[0].isdigit()
    elif (found := _BOTH.fullmatch(raw)) and "," not in raw:
        first, low = "(" if found[1] == ">" else "[", found[2]
        last, high = ")" if found[3] == "<" else "]", found[4]
        is_read = False
    else:
        return False
    low, high = low.replace(",", "."), high.replace(",", ".")
    if Decimal(low) >= Decimal(high):
        return False
    severity: Severity = "warning" if is_read and "," not in raw else "error"
    params = {"found": raw.strip(), "low": low, "high": high, "instead": f"{first}{low}..{high}{last}"}
    load.report("row_span", path, at_key=at_key, severity=severity, **params)
    return True

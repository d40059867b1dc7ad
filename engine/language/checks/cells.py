"""Cells that don't say what their author meant: `400-800` is a subtraction, not a range."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.language.loader.loading import Loading
from engine.problems import Path, Severity

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_SPAN = re.compile(rf"\s*(?:de |from )?{_NUMBER}\s*(-|–|—|à|to)\s*{_NUMBER}\s*")


def is_span(load: Loading, raw: object, path: Path, *, at_key: bool = False) -> bool:
    """Whether a test is written as a span of figures; told, as an error where FEEL can't read it at all."""
    found = _SPAN.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        return False
    low, high = found[1].replace(",", "."), found[3].replace(",", ".")
    if Decimal(low) >= Decimal(high):
        return False
    severity: Severity = "warning" if found[2] == "-" and "," not in found[0] else "error"
    params = {"found": found[0].strip(), "low": low, "high": high, "instead": f"[{low}..{high}]"}
    load.report("row_span", path, at_key=at_key, severity=severity, **params)
    return True

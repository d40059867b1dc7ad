"""Days as people type them in an expression, where FEEL reads a division or a subtraction: `01/09/2026`, `2026-09-01`."""

from __future__ import annotations

import re

from engine.feel.temporal_texts import read_date

_ISO = re.compile(r"\s*([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\s*")
_FRENCH = re.compile(r"\s*([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?([0-9]{4})\s*")


def day_written(text: str) -> str | None:
    """The day as it should be written, `2026-09-01` (day first, as in France); None for what is no day."""
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _FRENCH.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    written = f"{year}-{month:>02}-{day:>02}"
    return written if read_date(written) else None


def day_meant(text: str) -> str | None:
    """The day as an expression: `date("2026-09-01")`."""
    written = day_written(text)
    return f'date("{written}")' if written else None

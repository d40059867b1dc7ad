"""The built-in functions of FEEL (DMN 1.5, 10.3.4), one module a family, each with its table."""

from __future__ import annotations

from engine.feel.builtins import clock, contexts, conversions, days, lists, matching, numbers, ranges, strings
from engine.feel.signatures import Signature, declared

FAMILIES = (conversions, strings, matching, lists, numbers, days, ranges, contexts, clock)


def _table() -> dict[str, tuple[Signature, ...]]:
    """All ways to call each function, by its name."""
    table: dict[str, tuple[Signature, ...]] = {}
    for family in FAMILIES:
        for text, run in family.TABLE:
            signature = declared(text, run)
            table[signature.name] = (*table.get(signature.name, ()), signature)
    return table


BUILTINS = _table()
CLOCK_READERS = frozenset(declared(text, run).name for text, run in clock.TABLE)
# Their functions take the evaluation under way first: its clock, or what it may still spend.
RUN_TAKERS = CLOCK_READERS | {declared(text, run).name for text, run in matching.TABLE}

__all__ = ["BUILTINS", "CLOCK_READERS", "RUN_TAKERS"]

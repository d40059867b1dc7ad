"""A million dossiers against five clauses: columns against a loop written by hand, with the same unknowns in both.

The loop knows what a programmer would know: which answers are numbers, and that any of them may be missing. Its results
are those of the expressions, unknown (`None`) included; the bench compares all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from statistics import median
from time import process_time
from typing import Any

from engine.feel import compile_rows

CLAUSES = (
    "is_resident",
    "income <= 19074 * household_size",
    "requested_on - bought_on <= 180 days",
    "price between 200 and 5000",
    'not(has_other_grant) or town in ("Annecy", "Cluses")',
)
WHOLE = " and ".join(f"({clause})" for clause in CLAUSES)
MISSING = 0.05  # of the answers of each column
MOST = 3.0
Columns = dict[str, list[Any]]


def columns(count: int, seed: int = 20260302) -> Columns:
    """So many dossiers, the same each time, as one list an answer."""
    random = Random(seed)
    start = date(2025, 1, 1)
    made: dict[str, Callable[[], Any]] = {
        "is_resident": lambda: random.random() < 0.9,
        "income": lambda: Decimal(random.randrange(500_000, 9_000_000)).scaleb(-2),
        "household_size": lambda: Decimal(random.randint(1, 7)),
        "requested_on": lambda: start + timedelta(days=random.randint(200, 400)),
        "bought_on": lambda: start + timedelta(days=random.randint(0, 350)),
        "price": lambda: Decimal(random.randrange(10_000, 700_000)).scaleb(-2),
        "has_other_grant": lambda: random.random() < 0.3,
        "town": lambda: random.choice(("Annecy", "Cluses", "Thonon", "Sallanches")),
    }
    return {
        name: [None if random.random() < MISSING else make() for _ in range(count)]
        for name, make in made.items()
    }


def by_hand(given: Columns) -> list[bool | None]:
    """The rule as a loop."""
    found: list[bool | None] = []
    half_year = timedelta(days=180)
    for resident, income, size, requested, bought, price, other, town in zip(*given.values(), strict=True):
        unknown = False
        if resident is None:
            unknown = True
        elif not resident:
            found.append(False)
            continue
        if income is None or size is None:
            unknown = True
        elif income > 19_074 * size:
            found.append(False)
            continue
        if requested is None or bought is None:
            unknown = True
        elif requested - bought > half_year:
            found.append(False)
            continue
        if price is None:
            unknown = True
        elif not 200 <= price <= 5000:
            found.append(False)
            continue
        # an unknown town is in no list of towns: `in` is never unknown for texts
        if other is None:
            unknown = unknown or town not in ("Annecy", "Cluses")
        elif other and town not in ("Annecy", "Cluses"):
            found.append(False)
            continue
        found.append(None if unknown else True)
    return found


def clauses_by_hand(given: Columns) -> list[list[bool | None]]:
    """Each clause on its own, in one loop: what a simulation tells of every rule."""
    found: list[list[bool | None]] = [[], [], [], [], []]
    one, two, three, four, five = found
    half_year = timedelta(days=180)
    for resident, income, size, requested, bought, price, other, town in zip(*given.values(), strict=True):
        one.append(resident)
        two.append(None if income is None or size is None else income <= 19_074 * size)
        three.append(None if requested is None or bought is None else requested - bought <= half_year)
        four.append(None if price is None else 200 <= price <= 5000)
        if town in ("Annecy", "Cluses") or other is False:
            five.append(True)
        else:
            five.append(None if other is None else False)
    return found


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of both sides, run in turn, and how many results differ."""

    name: str
    ours: float
    by_hand: float
    ratio: float
    different: int


def timed(count: int, rounds: int = 5) -> list[Timed]:
    """The whole rule in one expression, and the five clauses one after the other."""
    given = columns(count)
    whole, clauses = compile_rows(WHOLE), [compile_rows(clause) for clause in CLAUSES]
    return [
        _both("one rule of five clauses", lambda: whole.run(given).values, lambda: by_hand(given), rounds),
        _both(
            "five rules",
            lambda: [rows.run(given).values for rows in clauses],
            lambda: clauses_by_hand(given),
            rounds,
        ),
    ]


def _both(name: str, ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int) -> Timed:
    pairs: list[tuple[float, float]] = []
    for number in range(rounds):
        sides = {ours: 0.0, theirs: 0.0}
        for side in (ours, theirs) if number % 2 else (theirs, ours):
            start = process_time()
            side()
            sides[side] = process_time() - start
        pairs.append((sides[ours], sides[theirs]))
    return Timed(
        name,
        median(pair[0] for pair in pairs),
        median(pair[1] for pair in pairs),
        median(one / other for one, other in pairs),
        _different(ours(), theirs()),
    )


def _different(one: Sequence[Any], other: Sequence[Any]) -> int:
    if one and isinstance(one[0], list):
        return sum(_different(mine, yours) for mine, yours in zip(one, other, strict=True))
    return sum(mine is not yours for mine, yours in zip(one, other, strict=True))

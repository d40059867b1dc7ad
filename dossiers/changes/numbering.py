"""The reference people quote: a gapless number per pattern, taken under the counter's row lock as late as possible."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dossiers.database import Counter, core, table_of

COUNTERS = table_of(Counter)
STEP = (
    update(COUNTERS)
    .where(COUNTERS.c.name == bindparam("counter"))
    .values(value=COUNTERS.c.value + 1)
    .returning(COUNTERS.c.value)
)
REHEARSED = "REP-"  # no reference of a rehearsal can be taken for a real one
HOLE = re.compile(r"\{(year|number)(?::0([1-9]))?\}")


def next_reference(session: Session, pattern: str, day: date, *, rehearsal: bool = False) -> str:
    """The next reference of a pattern such as `AU74-{year}-{number:05}`; numbers start at 1 each year it prints.

    Schemes with the same pattern share its numbers, so a reference is unique on the site. The counter's row stays
    locked until the act ends: nothing slow may follow. Those of a rehearsal begin with REHEARSED.
    """
    pattern = REHEARSED + pattern if rehearsal else pattern
    name = HOLE.sub(lambda hole: str(day.year) if hole[1] == "year" else hole[0], pattern)
    number = _next(session, f"reference:{name}")
    return HOLE.sub(lambda hole: f"{number:0{int(hole[2] or 1)}}", name)


def numbered(pattern: str, number: int, years: Iterable[int], *, rehearsal: bool = False) -> list[str]:
    """The references of a pattern that bear this number, one for each of these years where it prints the year."""
    pattern = REHEARSED + pattern if rehearsal else pattern
    made = dict.fromkeys(_filled(pattern, year, number) for year in years)
    return list(made)


def _filled(pattern: str, year: int, number: int) -> str:
    return HOLE.sub(
        lambda hole: str(year) if hole[1] == "year" else f"{number:0{int(hole[2] or 1)}}", pattern
    )


def next_letter(session: Session, slug: str, pattern: str, day: date, *, rehearsal: bool = False) -> str:
    """The number of the next letter of a scheme, without a gap within the year its pattern prints; see next_reference."""
    pattern = REHEARSED + pattern if rehearsal else pattern
    name = HOLE.sub(lambda hole: str(day.year) if hole[1] == "year" else hole[0], pattern)
    number = _next(session, f"letter:{slug}:{name}")
    return HOLE.sub(lambda hole: f"{number:0{int(hole[2] or 1)}}", name)


def _next(session: Session, name: str) -> int:
    taken = core(session).scalar(STEP, {"counter": name})
    if taken is not None:
        return int(taken)
    try:
        with session.begin_nested():
            session.add(Counter(name=name, value=1))
    except IntegrityError:  # a rival began the counter just now
        return int(session.scalars(STEP, {"counter": name}).one())
    return 1

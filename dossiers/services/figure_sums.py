"""Reading sums of figures: which ones a viewer and a period ask for, and their totals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from dossiers.database import Figure, core, table_of
from dossiers.services.desk import Work
from dossiers.services.figure_views import FiguresAsked

TABLE = table_of(Figure)
BY_DAY = timedelta(days=62)  # a longer period is shown, and read, by months
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reach:
    """The sums somebody may have: of a scheme, of these groups only (None: all), narrowed by what was asked; `states`: the one
    that was asked with its parts."""

    scheme_id: int
    groups: frozenset[str] | None
    asked: FiguresAsked
    states: tuple[str, ...] = ()

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a sum must meet, its kind and its day apart."""
        found = [TABLE.c.scheme_id == self.scheme_id]
        if self.groups is not None:
            found.append(or_(false(), *(_of_group(id) for id in sorted(self.groups))))
        if self.asked.group:
            found.append(_of_group(self.asked.group))
        if self.asked.territory:
            found.append(TABLE.c.territory == self.asked.territory)
        if self.asked.state:
            found.append(TABLE.c.state.in_(self.states or (self.asked.state,)))
        return found


def totals(
    work: Work, reach: Reach, kinds: Collection[str], *by: str, period: ColumnElement[bool] | None = None
) -> list[Any]:
    """Sums by some columns, with `count` and `cents`: of the period asked for, or of what is true now."""
    columns = [TABLE.c[name] for name in by]
    when = within_days(reach.asked.first, reach.asked.last) if period is None else period
    query = select(*columns, func.sum(TABLE.c.count).label("number"), func.sum(TABLE.c.cents).label("cents"))
    query = query.where(*reach.conditions(), TABLE.c.kind.in_(kinds), when).group_by(*columns)
    return [row for row in core(work.session).execute(query) if row.number or row.cents]


NOW = TABLE.c.grain == "now"


def within_days(first: date, last: date) -> ColumnElement[bool]:
    """The sums of a period: those of its whole months, and those of the days beside them."""
    begin = first if first.day == 1 else _next_month(first)
    end = (
        _next_month(last) if (last + DAY).day == 1 else last.replace(day=1)
    )  # the day after the whole months
    if end <= begin:
        return _days(first, last)
    found = [and_(TABLE.c.grain == "month", TABLE.c.day >= begin, TABLE.c.day < end)]
    if first < begin:
        found.append(_days(first, begin - DAY))
    if end <= last:
        found.append(_days(end, last))
    return or_(*found)


def median_and_ninetieth(took: Mapping[int, int]) -> tuple[int | None, int | None]:
    """Of how many decisions took how many days: the least number of days in which half, and nine tenths, were taken."""
    total = sum(took.values())
    if not total:
        return None, None
    return _reached(took, total / 2), _reached(took, total * 0.9)


def by_bucket(rows: Iterable[Any], first: date, last: date) -> tuple[tuple[date, int], ...]:
    """Counts by day, or by month when the period is long; each day or month of the period, also where nothing came."""
    monthly = last - first > BY_DAY
    found: dict[date, int] = {}
    day = first.replace(day=1) if monthly else first
    while day <= last:
        found[day] = 0
        day = _next_month(day) if monthly else day + DAY
    for row in rows:
        found[row.day.replace(day=1) if monthly else row.day] += row.number
    return tuple(found.items())


def _reached(took: Mapping[int, int], wanted: float) -> int:
    seen = 0
    for days in sorted(took):
        seen += took[days]
        if seen >= wanted:
            return days
    raise AssertionError("the last one reaches the total")


def _of_group(id: str) -> ColumnElement[bool]:
    return TABLE.c.groups.contains(f"|{id}|", autoescape=True)


def _days(first: date, last: date) -> ColumnElement[bool]:
    return and_(TABLE.c.grain == "day", TABLE.c.day.between(first, last))


def _next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1)

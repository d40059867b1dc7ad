"""What figures count of a dossier: the cells it stands in. Figures kept up as dossiers move and figures counted afresh are
sums of the same cells, so they can't say two things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

Grain = Literal["day", "month", "now"]
NEVER = date(1, 1, 1)  # the day of what stands now, whenever it came
MONEY = ("requested", "granted", "paid")


@dataclass(frozen=True, slots=True)
class Counted:
    """A filed dossier as figures know it: nothing of it names anybody.

    `money`: (requested, granted or paid, the day, cents), what was taken back or came back as less of it; `reasons` those of a refusal;
    `charts`: (chart, value) for each picture the scheme declares; `holder` and `decider` are accounts; `due`: cents that may be
    paid now, `owed`: cents paid that are granted no more.
    """

    state: str
    since: date
    going_on: bool
    filed: date
    holder: str = ""
    decided: date | None = None
    outcome: str = ""
    decider: str = ""
    reasons: tuple[str, ...] = ()
    money: tuple[tuple[str, date, int], ...] = ()
    groups: tuple[str, ...] = ()
    territory: str = ""
    charts: tuple[tuple[str, str], ...] = ()
    due: int = 0
    owed: int = 0

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, to be kept."""
        found: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        found |= {"since": self.since.isoformat(), "filed": self.filed.isoformat()}
        found["decided"] = self.decided and self.decided.isoformat()
        found["money"] = [[kind, day.isoformat(), cents] for kind, day, cents in self.money]
        return {name: value for name, value in found.items() if value not in ("", (), [], None, 0)} | {
            "state": self.state,
            "going_on": self.going_on,
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Counted:
        """What `to_json` wrote."""
        days = {
            name: date.fromisoformat(data[name]) for name in ("since", "filed", "decided") if name in data
        }
        money = tuple((kind, date.fromisoformat(day), cents) for kind, day, cents in data.get("money", ()))
        charts = tuple((id, value) for id, value in data.get("charts", ()))
        lists = {name: tuple(data.get(name, ())) for name in ("reasons", "groups")}
        return Counted(**{**data, **days, **lists, "money": money, "charts": charts})


class Cell(NamedTuple):
    """One figure: so many of `kind` under `key`, on a day or in a month (its first day), of the dossiers that are now in
    this state, of this territory and of these groups."""

    kind: str
    grain: Grain
    day: date
    key: str
    state: str
    territory: str
    groups: str


Sums = dict[Cell, tuple[int, int]]


def cells(one: Counted) -> Sums:
    """The cells a dossier stands in, each with what it adds: how many, and cents."""
    counts: Counter[Cell] = Counter()
    cents: Counter[Cell] = Counter()
    where = (one.state, one.territory, grouped(one.groups))
    for kind, grain, day, key, count, amount in _parts(one):
        cell = Cell(kind, grain, day, key, *where)
        counts[cell] += count
        cents[cell] += amount
    return {cell: (count, cents[cell]) for cell, count in counts.items()}


def added(sums: Sums, cells: Mapping[Cell, tuple[int, int]], sign: int = 1) -> None:
    """Add cells to sums, or take them away (`sign` -1)."""
    for cell, (count, cents) in cells.items():
        before = sums.get(cell, (0, 0))
        sums[cell] = (before[0] + sign * count, before[1] + sign * cents)


def grouped(groups: Iterable[str]) -> str:
    """Groups as one text, in which each is found by its name between two bars."""
    return "".join(f"|{id}" for id in sorted(groups)) + "|" if groups else ""


def _parts(one: Counted) -> Iterable[tuple[str, Grain, date, str, int, int]]:
    yield "stock", "now", one.since if one.going_on else NEVER, "", 1, 0
    if one.going_on:
        yield "held", "now", NEVER, one.holder, 1, 0
    for kind, cents in (("due", one.due), ("owed", one.owed)):
        if cents:
            yield kind, "now", NEVER, "", 1, cents
    yield from _dated("filed", one.filed, "", 1, 0)
    granted = sum(cents for kind, _, cents in one.money if kind == "granted")
    for chart, value in one.charts:
        yield from _dated(f"chart:{chart}", one.filed, value, 1, granted)
    for kind, day, amount in one.money:
        yield from _dated(kind, day, "", 1, amount)
    if one.decided is None:
        return
    yield from _dated("decided", one.decided, one.outcome, 1, 0)
    yield from _dated("took", one.decided, str((one.decided - one.filed).days), 1, 0)
    yield from _dated("decider", one.decided, one.decider, 1, 0)
    for reason in one.reasons:
        yield from _dated("reason", one.decided, reason, 1, 0)


def _dated(
    kind: str, day: date, key: str, count: int, cents: int
) -> Iterable[tuple[str, Grain, date, str, int, int]]:
    """On its day, and in its month: a long period is read by whole months."""
    yield kind, "day", day, key, count, cents
    yield kind, "month", day.replace(day=1), key, count, cents

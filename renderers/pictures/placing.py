"""Where boxes and arrows stand in rows from top to bottom: rows and crossings by fast_sugiyama, the arrows' ways by us.

An arrow over several rows passes each row between at a place of its own, like a very narrow box: so no arrow crosses
a box, and two boxes never overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

GAP = 46.0  # between two rows, where the arrows bend
SIDE = 22.0  # between two boxes of a row
THREAD = 6.0  # how wide an arrow on its way is
EDGE = 20.0  # around the whole
SWEEPS = 24
Edge = tuple[str, str]
Point = tuple[float, float]
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """The middle of each box, the points each arrow passes (its ends left out), and how large the whole is."""

    middles: Mapping[str, Point]
    ways: Mapping[Edge, tuple[Point, ...]]
    width: float
    height: float


def place(sizes: Mapping[str, Size], edges: Sequence[Edge]) -> Placed:
    """Place boxes of these sizes; the edges all point downwards (no circle among them)."""
    rows = rows_of(sizes, edges)
    links, chains = _through(rows, edges)
    ordered = _ordered(rows, links)
    across = _across(ordered, links, {name: sizes.get(name, (THREAD, 0.0))[0] for name in rows})
    tops, bottoms = _heights(rows, sizes)
    left = min((across[name] - sizes.get(name, (THREAD, 0.0))[0] / 2 for name in rows), default=0.0) - EDGE
    right = max((across[name] + sizes.get(name, (THREAD, 0.0))[0] / 2 for name in rows), default=0.0) + EDGE
    middles = {name: (across[name] - left, (tops[rows[name]] + bottoms[rows[name]]) / 2) for name in sizes}
    ways = {
        edge: tuple(
            (across[name] - left, y) for name in chain for y in (tops[rows[name]], bottoms[rows[name]])
        )
        for edge, chain in chains.items()
    }
    return Placed(middles, ways, right - left, max(bottoms.values(), default=0.0) + EDGE)


def _heights(rows: Mapping[str, int], sizes: Mapping[str, Size]) -> tuple[dict[int, float], dict[int, float]]:
    """Where each row begins and ends."""
    tall: dict[int, float] = {}
    for name, row in rows.items():
        tall[row] = max(tall.get(row, 0.0), sizes.get(name, (THREAD, 0.0))[1])
    tops, bottoms, top = {}, {}, EDGE
    for row in sorted(tall):
        tops[row], bottoms[row] = top, top + tall[row]
        top += tall[row] + GAP
    return tops, bottoms


def rows_of(names: Iterable[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The row of each box: below all those that point to it."""
    above: dict[str, list[str]] = {name: [] for name in names}
    for source, target in edges:
        above[target].append(source)
    rows: dict[str, int] = {}

    def row(name: str) -> int:
        if name not in rows:
            rows[name] = max((row(one) + 1 for one in above[name]), default=0)
        return rows[name]

    for name in above:
        row(name)
    return rows


def _through(rows: dict[str, int], edges: Sequence[Edge]) -> tuple[list[Edge], dict[Edge, tuple[str, ...]]]:
    """The edges from one row to the next, and for each long edge the points it passes; adds these to the rows."""
    links: list[Edge] = []
    chains: dict[Edge, tuple[str, ...]] = {}
    for source, target in dict.fromkeys(edges):
        chain = [f"{source} > {target} {row}" for row in range(rows[source] + 1, rows[target])]
        rows |= {name: rows[source] + 1 + number for number, name in enumerate(chain)}
        way = [source, *chain, target]
        links += pairwise(way)
        chains[source, target] = tuple(chain)
    return links, chains


def _ordered(rows: Mapping[str, int], links: Sequence[Edge]) -> list[list[str]]:
    """The boxes of each row from left to right, with few crossings; those without arrows come last."""
    names = list(rows)
    number = {name: index for index, name in enumerate(names)}
    pairs = [(number[source], number[target]) for source, target in links]
    place_of: dict[str, tuple[int, float]] = {}
    from fast_sugiyama import from_edges  # on use: only administrators and the command line draw

    parts = from_edges(pairs, ranking_type="minimize", check_layout=False) if pairs else ()
    for part, (positions, *_) in enumerate(parts):
        place_of |= {
            names[int(index)]: (part, float(x)) for index, (x, _) in positions if int(index) < len(names)
        }
    found: list[list[str]] = [[] for _ in range(max(rows.values(), default=-1) + 1)]
    for name in sorted(rows, key=lambda one: place_of.get(one, (len(names), float(number[one])))):
        found[rows[name]].append(name)
    return found


def _across(
    ordered: Sequence[Sequence[str]], links: Sequence[Edge], wide: Mapping[str, float]
) -> dict[str, float]:
    """Where each box stands in its row: as near as may be under and over those it is linked with."""
    near: dict[str, list[str]] = {name: [] for name in wide}
    for source, target in links:
        near[source].append(target)
        near[target].append(source)
    across = {name: float(index) * 100 for row in ordered for index, name in enumerate(row)}
    for sweep in range(SWEEPS):
        for row in ordered if sweep % 2 == 0 else reversed(ordered):
            wished = [_mean([across[one] for one in near[name]], across[name]) for name in row]
            across |= dict(zip(row, _apart(wished, [wide[name] for name in row]), strict=True))
    return across


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _apart(wished: Sequence[float], wide: Sequence[float]) -> list[float]:
    """The places nearest to those wished for (by least squares) that keep the order and the distances."""
    steps = [0.0]
    for one, other in pairwise(wide):
        steps.append(steps[-1] + one / 2 + SIDE + other / 2)
    groups: list[tuple[float, int]] = []
    for wish, step in zip(wished, steps, strict=True):
        groups.append((wish - step, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (last, many), (before, few) = groups.pop(), groups.pop()
            groups.append(((last * many + before * few) / (many + few), many + few))
    flat = [value for value, many in groups for _ in range(many)]
    return [value + step for value, step in zip(flat, steps, strict=True)]

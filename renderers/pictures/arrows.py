"""The arrows of a workflow: each leaves and reaches a box at a place of its own, and bends only between the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from renderers.pictures.placing import Edge, Placed, Point, Size

BETWEEN = 26.0  # between two arrows on a side of a box, at most


@dataclass(frozen=True, slots=True)
class Way:
    """One action in one direction: from some states through its name (`id`) to another, downwards or back up."""

    id: str
    sources: tuple[str, ...]
    to: str
    is_back: bool

    @property
    def action(self) -> str:
        """The id of the action."""
        return self.id.split()[1]

    @property
    def edges(self) -> list[Edge]:
        """Downwards always: a way back is placed upside down, and drawn upwards."""
        if self.is_back:
            below = [source for source in self.sources if source != self.to]
            return [(self.to, self.id), *((self.id, source) for source in below)]
        return [*((source, self.id) for source in self.sources), (self.id, self.to)]


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of an arrow as the `d` of an SVG path; it ends in a point when it reaches a state."""

    d: str
    has_point: bool
    action: str


def arrows(ways: Sequence[Way], placed: Placed, sizes: Mapping[str, Size]) -> Iterator[Line]:
    """Every piece of every arrow."""
    edges = [edge for way in ways for edge in way.edges]
    starts = _ports(edges, placed, sizes, end=0)
    ends = _ports(edges, placed, sizes, end=1)
    for way in ways:
        for edge in way.edges:
            points = [starts[edge], *placed.ways[edge], ends[edge]]
            reaches = edge[0 if way.is_back else 1] == way.to
            yield Line(_path(points[::-1] if way.is_back else points), reaches, way.action)
        if way.is_back and way.to in way.sources:
            yield Line(
                _loop(placed.middles[way.to], sizes[way.to], placed.middles[way.id], sizes[way.id]),
                False,
                way.action,
            )


def _ports(
    edges: Sequence[Edge], placed: Placed, sizes: Mapping[str, Size], *, end: int
) -> dict[Edge, Point]:
    """Where each edge leaves its upper box (end 0), or reaches its lower one (end 1): side by side, uncrossed."""
    found: dict[Edge, Point] = {}
    by_box: dict[str, list[Edge]] = {}
    for edge in edges:
        by_box.setdefault(edge[end], []).append(edge)
    for box, mine in by_box.items():
        (x, y), (wide, high) = placed.middles[box], sizes[box]
        mine.sort(key=lambda edge: _next(edge, placed, end))
        apart = min(BETWEEN, 0.7 * wide / len(mine))
        if box.startswith("action "):
            apart = 0.0
        for number, edge in enumerate(mine):
            shift = (number - (len(mine) - 1) / 2) * apart
            found[edge] = (x + shift, y + high / 2 if end == 0 else y - high / 2)
    return found


def _next(edge: Edge, placed: Placed, end: int) -> float:
    """Where an edge goes from a box: to its next point, or to the other box."""
    passed = placed.ways[edge]
    if passed:
        return passed[0 if end == 0 else -1][0]
    return placed.middles[edge[1 - end]][0]


def _path(points: Sequence[Point]) -> str:
    """A curve that leaves and arrives upright; straight where it passes a row."""
    (x, y), *rest = points
    written = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in rest:
        middle = (y + to_y) / 2
        same = abs(x - to_x) < 0.05
        curve = f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}"
        written.append(f"V{to_y:.1f}" if same else curve)
        x, y = to_x, to_y
    return "".join(written)


def _loop(box: Point, size: Size, name: Point, label: Size) -> str:
    """From a box to the name of an action that stays in it."""
    x, y = box[0] - size[0] / 2 + 12, box[1] + size[1] / 2
    to_x, to_y = name[0] - label[0] / 2 + 6, name[1] - label[1] / 2
    return f"M{x:.1f} {y:.1f}C{x:.1f} {to_y:.1f} {to_x:.1f} {y:.1f} {to_x:.1f} {to_y:.1f}"

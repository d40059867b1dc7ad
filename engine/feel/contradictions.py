"""Conditions no value can meet: `income > 500 and income < 300`, `x between 9 and 1`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.feel import tree as t
from engine.feel.operators import order
from engine.feel.reads import path_of
from engine.feel.temporal_texts import read_date

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


@dataclass(frozen=True, slots=True)
class _Bound:
    """`path operator value`, and the node that says so."""

    operator: str
    value: Any
    node: t.Node


def is_upside_down(low: t.Node, high: t.Node) -> bool:
    """Whether both ends are written and the low one is above the high one."""
    ends = written(low), written(high)
    return None not in ends and order(*ends) == 1


def contradictions(node: t.And) -> Iterator[tuple[t.Node, t.Node]]:
    """Pairs of parts of an `and` that no value meets together; the second one is to blame."""
    bounds: dict[tuple[str, ...], list[_Bound]] = {}
    for part in node.parts:
        path, bound = _bound(part)
        if bound is None:
            continue
        earlier = bounds.setdefault(path, [])
        against = next((one for one in earlier if _excluded(one, bound)), None)
        if against is not None:
            yield against.node, part
        earlier.append(bound)


def written(node: t.Node) -> Any:
    """The number, text or day a node writes; None for anything else."""
    match node:
        case t.Literal(value) | t.At(_, value) if isinstance(value, Decimal | str | date):
            return value
        case t.Negate(t.Literal(Decimal() as value)):
            return -value
        case t.Call(t.Name("date"), (t.Literal(str() as text),)):
            return read_date(text)
    return None


def _bound(part: t.Node) -> tuple[tuple[str, ...], _Bound | None]:
    if not isinstance(part, t.Comparison) or part.operator not in _TURNED:
        return (), None
    for subject, other, operator in (
        (part.left, part.right, part.operator),
        (part.right, part.left, _TURNED[part.operator]),
    ):
        path, value = path_of(subject), written(other)
        if path and value is not None:
            return path, _Bound(operator, value, part)
    return (), None


def _excluded(one: _Bound, other: _Bound) -> bool:
    """Whether no value lies on the right side of both."""
    found = order(one.value, other.value)
    if found is None:
        return False
    for low, high, way in ((one, other, found), (other, one, -found)):
        if ">" in low.operator and "<" in high.operator:
            return way > 0 or (way == 0 and (low.operator == ">" or high.operator == "<"))
        if low.operator == "=":
            return not _meets(way, high.operator)
    return False


def _meets(way: int, operator: str) -> bool:
    """Whether a value that lies so (-1 below, 0 at, 1 above) meets the comparison with a bound."""
    return {"<": way < 0, "<=": way <= 0, ">": way > 0, ">=": way >= 0, "=": way == 0}[operator]

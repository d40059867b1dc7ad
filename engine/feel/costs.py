"""What evaluating a node costs, in steps of about half a microsecond: known before any value is."""

from __future__ import annotations

from engine.feel import tree as t
from engine.feel.builtins import BUILTINS
from engine.feel.limits import FUEL

CALL = 10  # of a built-in function that is not named below
_CALLS = {"log": 200, "exp": 120, "sqrt": 40, "range": 80, "string": 50, "number": 20, "modulo": 30}
_ROUNDING = ("decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down")
_CALLS |= dict.fromkeys(_ROUNDING, 30)  # to 6000 places, if the text says so
_POWER = 400
_NODES: dict[type[t.Node], int] = {t.In: 8, t.Interval: 5, t.Test: 3, t.InstanceOf: 4, t.Filter: 4, t.For: 4}


def cost(node: t.Node) -> int:
    """The steps of evaluating a node once; loops and filters inside it take more, as they turn."""
    return sum(map(_own_cost, t.walk(node)))


def _own_cost(node: t.Node) -> int:
    if isinstance(node, t.Call):
        known = isinstance(node.function, t.Name) and node.function.name in BUILTINS
        return _CALLS.get(node.function.name, CALL) if known else CALL  # type: ignore[attr-defined]
    if isinstance(node, t.Arithmetic) and node.operator == "**":
        return _POWER
    return _NODES.get(type(node), 1)


def cost_at_start(root: t.Node) -> int:
    """What an evaluation spends before it begins: nothing, but for a text that is much work without any loop."""
    whole = cost(root)
    return whole if whole > FUEL // 6 else 0

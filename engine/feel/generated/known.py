"""The pieces of an expression whose value no answer can change: worked out once."""

from __future__ import annotations

from engine.feel import tree as t
from engine.feel.closures import compile_node
from engine.feel.limits import Run
from engine.feel.scopes import Env
from engine.feel.values import Value

_READ_FROM_TEXT = frozenset({"date", "time", "date and time", "duration"})


def is_known(node: t.Node) -> bool:
    """Whether it is a literal, a negative number, a range of these, or `duration("P90D")` and its like."""
    match node:
        case t.Literal() | t.At():
            return True
        case t.Negate(of):
            return is_known(of)
        case t.Interval(low, high):
            return is_known(low) and is_known(high)
        case t.Call(t.Name(name), (t.Literal(),), ()):
            return name in _READ_FROM_TEXT
    return False


def known_value(node: t.Node) -> Value:
    """The value of a node that is known."""
    return compile_node(node)(Env({}, None, Run()))

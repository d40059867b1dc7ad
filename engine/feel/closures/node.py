"""One node compiled: the table of all compilers, filled by the modules beside this one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from engine.feel.scopes import Levels, Read
from engine.feel.tree import Node
from engine.feel.values import Value

Compiler: TypeAlias = Callable[[Any, Levels], Read]
COMPILERS: dict[type[Node], Compiler] = {}


def compile_node(node: Node, levels: Levels = ()) -> Read:
    """The function that evaluates a node in an Env whose levels are these."""
    return COMPILERS[type(node)](node, levels)


def constant(value: Value) -> Read:
    """The function that always gives this value."""
    return lambda _: value

"""Turns the tree into Python functions, once; evaluating is then calling them. No text is ever executed.

Each module holds the compilers of one family of nodes, in its table.
"""

from __future__ import annotations

from engine.feel.closures import calculations, calls, collections, conditions, tests
from engine.feel.closures.node import COMPILERS, compile_node

for _family in (calculations, conditions, tests, collections, calls):
    COMPILERS.update(_family.TABLE)

__all__ = ["compile_node"]

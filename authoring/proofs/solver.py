"""The same question asked of the solver z3, when the extra `proofs` is installed: it relates several unknowns.

Only what FEEL computes exactly is handed over (sums, products with a short figure); the rest is left open, so that
what the solver excludes is excluded for FEEL too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from authoring.proofs.claims import Claim
from authoring.proofs.names import Names
from engine.feel import tree as t

if TYPE_CHECKING:
    from types import ModuleType

MILLISECONDS = 200


@cache
def library() -> ModuleType | None:
    """The module z3, or None where it is not installed."""
    try:
        import z3
    except ImportError:
        return None
    module: ModuleType = z3
    return module


def is_worth_asking(claims: Sequence[Claim]) -> bool:
    """Whether the claims relate unknowns in a way which ranges alone can't follow: by arithmetic, or more than once."""
    nodes = [node for claim in claims for node in t.walk(claim.node)]
    return any(isinstance(node, t.Arithmetic) for node in nodes) or sum(_relates(node) for node in nodes) > 1


def _relates(node: t.Node) -> bool:
    sides = (t.Literal, t.At)
    return (
        isinstance(node, t.Comparison)
        and not isinstance(node.left, sides)
        and not isinstance(node.right, sides)
    )


def refutes(names: Names, claims: Sequence[Claim]) -> bool:
    """Whether z3 shows that the claims can't all hold; False when it isn't there, or doesn't know in time."""
    module = library()
    if module is None:
        return False
    from authoring.proofs.encoding import Encoding

    encoding = Encoding(module, names)
    wanted = [encoding.claim(claim) for claim in claims]
    asked = module.Solver()
    asked.set("timeout", MILLISECONDS)
    asked.add(*wanted, *encoding.facts())
    return bool(asked.check() == module.unsat)

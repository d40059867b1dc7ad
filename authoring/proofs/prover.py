"""Asking whether some claims can hold together: by ranges of values first, by the solver z3 where it is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from authoring.proofs import solver
from authoring.proofs.claims import Claim
from authoring.proofs.names import Names
from authoring.proofs.worlds import Splitter, Undecided

Proof: TypeAlias = Literal["ranges", "z3"]


def impossible(names: Names, claims: Sequence[Claim], *, solve: bool = True) -> Proof | None:
    """What proves that the claims can't all hold together; None when nothing does. `solve`: z3 may be asked."""
    try:
        if not Splitter(names).worlds(claims):
            return "ranges"
    except Undecided:
        pass
    if solve and solver.is_worth_asking(claims) and solver.refutes(names, claims):
        return "z3"
    return None

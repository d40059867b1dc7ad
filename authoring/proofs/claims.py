"""What is asked of the prover: an expression, and which of the three truth values it is claimed to have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from engine.feel.tree import Node

Truths: TypeAlias = frozenset[bool | None]

TRUE: Truths = frozenset({True})
FALSE: Truths = frozenset({False})
NOT_TRUE: Truths = frozenset({False, None})
NOT_FALSE: Truths = frozenset({True, None})
EVERYTHING: Truths = frozenset({True, False, None})


@dataclass(frozen=True, slots=True)
class Claim:
    """`node` gives one of `truths`."""

    node: Node
    truths: Truths


def flipped(truths: Truths) -> Truths:
    """What a condition must be for its `not` to be one of these."""
    return frozenset(None if truth is None else not truth for truth in truths)

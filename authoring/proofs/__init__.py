"""Proving that a condition can never be true, or always is, without trying any answer.

Every proof is one of impossibility: what can't be shown impossible is held possible, so nothing is said of it.
"""

from __future__ import annotations

from authoring.proofs.claims import EVERYTHING, FALSE, NOT_FALSE, NOT_TRUE, TRUE, Claim, Truths
from authoring.proofs.names import Names, Standing
from authoring.proofs.prover import Proof, impossible

__all__ = [
    "EVERYTHING",
    "FALSE",
    "NOT_FALSE",
    "NOT_TRUE",
    "TRUE",
    "Claim",
    "Names",
    "Proof",
    "Standing",
    "Truths",
    "impossible",
]

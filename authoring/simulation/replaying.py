"""Dossiers judged before and after, one beside the other, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from authoring.simulation.judging import Judge, Received
from authoring.simulation.outcomes import Outcome

__all__ = ["CHUNK", "KINDS", "Kind", "Received", "Replayed", "replay"]

Kind = Literal["newly_eligible", "newly_ineligible", "newly_unknown", "changed_amount", "unaffected"]
KINDS: tuple[Kind, ...] = (
    "newly_eligible",
    "newly_ineligible",
    "newly_unknown",
    "changed_amount",
    "unaffected",
)
CHUNK = 500  # dossiers in memory at once
NEVER_JUDGED = Outcome(None)


@dataclass(frozen=True, slots=True)
class Replayed:
    """One dossier, before and after."""

    received: Received
    before: Outcome
    after: Outcome

    @property
    def kind(self) -> Kind:
        """What became of it; "newly_unknown" is for what is no longer established."""
        if self.before.eligible is not self.after.eligible:
            let_in = self.after.eligible
            return "newly_eligible" if let_in else "newly_unknown" if let_in is None else "newly_ineligible"
        if self.after.eligible and self.before.amount != self.after.amount:
            return "changed_amount"
        return "unaffected"

    @property
    def flipping(self) -> tuple[str, ...]:
        """The rules by which it flips: those that stood in the way and don't any more, or those that do now."""
        kind = self.kind
        if kind == "newly_eligible":
            return self.before.deciding
        return self.after.deciding if kind in ("newly_ineligible", "newly_unknown") else ()


def replay(received: Iterable[Received], after: Judge, before: Judge | None = None) -> Iterator[Replayed]:
    """Each dossier under the scheme as it would be, beside the scheme as it was.

    Without `before`, what was is what was decided of each dossier when it was filed (`kept`).
    """
    for chunk in _chunks(received):
        earlier = [one.kept or NEVER_JUDGED for one in chunk] if before is None else before.many(chunk)
        for one, was, would_be in zip(chunk, earlier, after.many(chunk), strict=True):
            yield Replayed(one, was, would_be)


def _chunks(received: Iterable[Received]) -> Iterator[Sequence[Received]]:
    left = iter(received)
    while chunk := list(islice(left, CHUNK)):
        yield chunk

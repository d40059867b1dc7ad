"""The money there is for a scheme: envelopes, what is voted into them, when dossiers take from them and give back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from engine.language.expressions import Expression, Text

Order = Literal["dossier.complete_on", "dossier.deposited_on"]


@dataclass(frozen=True, slots=True)
class Vote:
    """Money put into an envelope; it is there from a day on, or always."""

    add: Decimal
    from_: date | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """One envelope, or several told apart by what `by` gives: `votes` by that key, by "" for a single one."""

    id: str
    votes: Mapping[str, tuple[Vote, ...]]
    label: Text | None = None
    by: Expression | None = None

    def voted(self, key: str, day: date) -> Decimal:
        """What was voted into the envelope of a key, up to and including a day."""
        votes = self.votes.get(key, ())
        return sum((one.add for one in votes if one.from_ is None or one.from_ <= day), Decimal(0))


@dataclass(frozen=True, slots=True)
class Budget:
    """The envelopes of a scheme, which must all have room, and what dossiers do to them.

    `reserve_on`, `commit_on`, `release_on`: the states that set money apart, make it firm, give it back. When there is
    none left: `queue`, the action done instead, or `closed`, what people read. `promote`: the action of the system that
    takes the first of the waiting list out of it; `order`: by what the list is ranked.
    """

    envelopes: Mapping[str, Envelope]
    reserve_on: tuple[str, ...] = ()
    commit_on: tuple[str, ...] = ()
    release_on: tuple[str, ...] = ()
    queue: str | None = None
    closed: Text | None = None
    promote: str | None = None
    order: Order = "dossier.complete_on"

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which money comes in, in order."""
        found = {
            vote.from_
            for one in self.envelopes.values()
            for votes in one.votes.values()
            for vote in votes
            if vote.from_ is not None
        }
        return tuple(sorted(found))

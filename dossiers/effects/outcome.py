"""What becomes of a job that was run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.orm import Session

from dossiers.jobs import Claimed
from dossiers.office import Office


@dataclass(frozen=True, slots=True)
class Done:
    """The effect took place. `record` writes what is to be known of it, in the transaction that acknowledges the job."""

    record: Callable[[Session], None] | None = None


@dataclass(frozen=True, slots=True)
class GoesOn:
    """A part of it took place; the rest has its turn at an instant (business time), after what others wait for."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Retry:
    """It didn't this time. `at`: when to try again (business time); else after a pause that doubles each time."""

    reason: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It never will without somebody: administrators see the reason."""

    reason: str


Outcome: TypeAlias = Done | GoesOn | Retry | GiveUp
Runner: TypeAlias = Callable[[Claimed, Office], Outcome]

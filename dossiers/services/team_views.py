"""What the page of a team shows: who has what in hand, who is away, what waits for nobody yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.language import Scheme


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """Days, both included, on which somebody is given no new dossier."""

    id: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One agent: `held` dossiers that go on are in their hands, `overdue` of them late; `away_until` when they are away
    today; `absences` those to come, too."""

    public_id: str
    name: str
    roles: tuple[str, ...]
    groups: tuple[str, ...]
    held: int
    overdue: int
    away_until: date | None
    absences: tuple[AbsenceView, ...]


@dataclass(frozen=True, slots=True)
class TeamView:
    """The team of a scheme; `waiting`: dossiers that go on and nobody holds, at most a thousand and one. `may_group`: the
    viewer may say who belongs to which group."""

    slug: str
    scheme: Scheme
    agents: tuple[AgentRow, ...]
    waiting: int
    may_group: bool
    today: date


@dataclass(frozen=True, slots=True)
class SharedOut:
    """How many dossiers found a new holder, and how many nobody could be given."""

    given: int
    left: int

"""How dossiers are shared out: groups of agents, and who is given a dossier that arrives in a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.language.expressions import Expression, Text

How = Literal["by_load", "in_turn", "queue"]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of agents; `where` says which dossiers are theirs (None only where it was faulty)."""

    id: str
    label: Text
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """What happens to dossiers that arrive in `state`: an agent of one of these roles is given them, or nobody (`queue`)."""

    state: str
    to: tuple[str, ...]
    how: How

"""What staff read of the tasks of a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.language.model import Task


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of the present state; `mine`: one of the viewer's roles does it; `by` and `at`: who said it is done."""

    task: Task
    mine: bool
    done: bool
    by: str | None
    at: datetime | None

"""What a slip of the keyboard is: what to tell of it, and how the faulty lines are read from now on."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.language.written import Edit
from engine.problems import Problem


@dataclass(slots=True)
class Slip:
    """What to tell, and how to read the faulty lines from now on; `blanked` when a line had to be left out."""

    problems: list[Problem]
    edits: dict[int, list[Edit]] = field(default_factory=dict)
    blanked: bool = False

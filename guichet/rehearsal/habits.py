"""How applicants behave: most go straight through, some make a mistake first, some leave, some come back by the link."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SLIPS, LEAVES, COMES_BACK = 0.25, 0.12, 0.12  # of a hundred: so many each


@dataclass(frozen=True, slots=True)
class Habits:
    """`slips`: leaves a question blank once, and corrects it when told; `leaves_after`, `comes_back_after`: so many pages."""

    slips: bool = False
    leaves_after: int | None = None
    comes_back_after: int | None = None


def draw(random: Random, pages: int) -> Habits:
    """The habits of one applicant before a form of so many pages: who leaves has filled in one page at least."""
    slips, fate = random.random() < SLIPS, random.random()
    pages = random.randrange(1, max(pages, 2))
    if fate < LEAVES:
        return Habits(slips, leaves_after=pages)
    return Habits(slips, comes_back_after=pages if fate < LEAVES + COMES_BACK else None)

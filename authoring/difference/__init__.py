"""What a newer version of a scheme changes: each change once, with its place in both texts, in the order of the file.

Only what the versions say is compared here; how many drafts and dossiers a change touches is counted in `dossiers`.
"""

from __future__ import annotations

from collections.abc import Callable

from authoring.difference.change import Change, Counted, Side, Sides
from authoring.difference.flow import compare_workflow
from authoring.difference.form import compare_form
from authoring.difference.head import compare_head
from authoring.difference.money import compare_money
from authoring.difference.parties import compare_parties
from authoring.difference.rules import compare_rules
from authoring.difference.watched import compare_watched

__all__ = ["Change", "Counted", "Side", "compare"]

COMPARISONS: tuple[Callable[[Sides], None], ...] = (
    compare_head,
    compare_form,
    compare_rules,
    compare_money,
    compare_parties,
    compare_workflow,
    compare_watched,
)


def compare(before: Side, after: Side) -> tuple[Change, ...]:
    """Every change from one version to the next; what the newer one declares renamed is no removal."""
    sides = Sides(before, after)
    for comparison in COMPARISONS:
        comparison(sides)
    return tuple(sides.changes)

"""What would have to be otherwise: `income <= ceiling` fails, so the income would have to be at most the ceiling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from engine.feel.explanation import Clause, Used
from engine.feel.values import RangeValue

Relation = Literal[
    "at_most", "below", "at_least", "above", "equal", "different", "within", "one_of", "true", "false", "known"
]  # fmt: skip

_WANTED: Final[dict[str, Relation]] = {
    "<=": "at_most", "<": "below", ">=": "at_least", ">": "above", "=": "equal", "!=": "different",
}  # fmt: skip
_OPPOSITE: Final[dict[Relation, Relation]] = {
    "at_most": "above", "above": "at_most", "at_least": "below", "below": "at_least",
    "equal": "different", "different": "equal", "true": "false", "false": "true",
}  # fmt: skip
_SEEN_FROM_RIGHT: Final[dict[Relation, Relation]] = {
    "at_most": "at_least", "at_least": "at_most", "above": "below", "below": "above",
    "equal": "equal", "different": "different",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Requirement:
    """What `subject` would have to be: its relation to the limits, `at_most` one value, `within` two, `one_of` several.

    `true`, `false` and `known` have no limit.
    """

    subject: Used
    relation: Relation
    limits: tuple[Used, ...] = ()


def requirements(leaf: Clause, wanted: bool = True) -> tuple[Requirement, ...]:
    """Each way to make a leaf `wanted` by changing one thing it compares; none where the leaf says no such thing.

    Only what has a path can be changed: a value that is read, not one that is written or calculated in the text.
    """
    if leaf.result is wanted or not leaf.sides:
        return ()
    unknown = [Requirement(side, "known") for side in leaf.sides if side.path and side.value is None]
    return tuple(unknown or (one for one in _compared(leaf, wanted) if one.subject.path))


def _compared(leaf: Clause, wanted: bool) -> Iterator[Requirement]:
    subject, *others = leaf.sides
    limits = tuple(others)
    if leaf.operator in _WANTED:
        relation = _WANTED[leaf.operator] if wanted else _OPPOSITE[_WANTED[leaf.operator]]
        yield Requirement(subject, relation, limits)
        yield Requirement(limits[0], _SEEN_FROM_RIGHT[relation], (subject,))
    elif leaf.operator == "between" and wanted:
        yield Requirement(subject, "within", limits)
    elif leaf.operator == "in" and wanted:
        yield from _membership(subject, limits)
    elif leaf.operator is None and not limits:
        yield Requirement(subject, "true" if wanted else "false")


def _membership(subject: Used, tests: tuple[Used, ...]) -> Iterator[Requirement]:
    """Of `in`: one of several values, or within one closed range."""
    first = tests[0].value
    if len(tests) == 1 and isinstance(first, RangeValue):
        if first.low_included and first.high_included:
            yield Requirement(subject, "within", (_written(first.low), _written(first.high)))
        return
    listed = tests
    if len(tests) == 1 and isinstance(first, list):
        listed = tuple(_written(item) for item in first)
    if not any(isinstance(test.value, RangeValue | list) for test in listed):
        yield Requirement(subject, "one_of", listed)


def _written(value: object) -> Used:
    return Used((), "", value)

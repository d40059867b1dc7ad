"""The bounds that keep a hostile text from costing more than some milliseconds."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime, tzinfo
from typing import Any

from engine.feel.errors import FeelError

SOURCE_LENGTH = 5_000  # characters of one expression
NESTING = 60  # parentheses, brackets, branches and loops inside one another
TREE_HEIGHT = 150  # nodes from the root to a leaf: a sum of 150 terms is as high as that
FUEL = 32_000  # steps of one evaluation inside loops, each about half a microsecond (see `costs`)
EXPLAINING = 3_000  # steps its parts may take once more to be explained, each by itself
CALL_FRAMES = 240  # Python frames which the calls of declared functions may take together
TEXT_LENGTH = 100_000  # characters of a computed string
VALUE_SIZE = 40_000  # items seen when a list or context is compared, flattened or written
VALUE_DEPTH = 100  # lists and contexts inside one another
PATTERN_LENGTH = 500  # characters of a regular expression
PATTERN_STEPS = 20_000  # places of the pattern that are reached, over all characters


class Allowance:
    """How many steps may still be taken."""

    __slots__ = ("left", "limit")

    def __init__(self, limit: int) -> None:
        self.left = self.limit = limit

    def spend(self, steps: int) -> None:
        """Take so many steps; raise FeelError `too_much_work` when there are not as many left."""
        self.left -= steps
        if self.left < 0:
            raise FeelError("too_much_work", limit=self.limit)


class Run(Allowance):
    """One evaluation under way: the clock it was given and what it may still spend."""

    __slots__ = ("frames", "now", "patterns", "zone")

    def __init__(self, now: datetime | None = None, zone: tzinfo | None = None, *, limit: int = FUEL) -> None:
        self.left = self.limit = limit
        self.frames = CALL_FRAMES
        self.now = now
        self.zone = zone
        self.patterns: Allowance | None = None

    def allowed_patterns(self) -> Allowance:
        """What all patterns of the evaluation may spend together."""
        if self.patterns is None:
            self.patterns = Allowance(PATTERN_STEPS)
        return self.patterns


UNDER_WAY: ContextVar[Run | None] = ContextVar("feel_evaluation_under_way", default=None)
_WALK, _EACH_WALKED = 8, 2  # steps of a walk through a value, and for each item it sees
_LISTS = (list, tuple)


def bounded_text(text: str) -> str:
    """The text itself, or FeelError `too_big`."""
    if len(text) > TEXT_LENGTH:
        raise FeelError("too_big", limit=TEXT_LENGTH)
    return text


def bounded_value(value: Any) -> Any:
    """The value itself, or FeelError `too_big` when walking through it would take too long.

    A loop may share one list many times inside itself: the walk counts what a reader would see. A walk
    also costs steps of the evaluation under way, since an expression may ask for it again and again.
    """
    seen, depth, level = 0, 0, [value]
    while level:
        following: list[Any] = []
        seen, depth = seen + len(level), depth + 1
        for current in level:
            if isinstance(current, _LISTS):
                following.extend(current)
            elif isinstance(current, dict):
                following.extend(current.values())
            if seen + len(following) > VALUE_SIZE:
                raise FeelError("too_big", limit=VALUE_SIZE)
        if depth > VALUE_DEPTH:
            raise FeelError("too_big", limit=VALUE_DEPTH)
        level = following
    if (run := UNDER_WAY.get()) is not None:
        run.spend(_WALK + _EACH_WALKED * seen)
    return value

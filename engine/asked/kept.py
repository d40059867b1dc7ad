"""What is computed once for a scheme and kept beside it, in the order of use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from engine.language import Scheme

T = TypeVar("T")
MOST = 64  # schemes remembered: those of one site, some versions each


class Kept(Generic[T]):
    """`kept(scheme)` computes once; the scheme is held, so that another never takes its place in memory."""

    def __init__(self, compute: Callable[[Scheme], T]) -> None:
        self._compute = compute
        self._found: dict[int, tuple[Scheme, T]] = {}

    def __call__(self, scheme: Scheme) -> T:
        """What was computed for this very scheme."""
        known = self._found.get(id(scheme))
        if known is None:
            known = (scheme, self._compute(scheme))
            if len(self._found) >= MOST:
                self._found.clear()
            self._found[id(scheme)] = known
        return known[1]

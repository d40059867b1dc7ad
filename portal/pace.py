"""How many searches a process answers: beyond that the forms come first, and a search goes on without its script."""

from __future__ import annotations


class Pace:
    """At most so many in a second. Nothing is kept of who asks."""

    def __init__(self, most: int) -> None:
        self.most, self._second, self._count = most, -1, 0

    def allow(self, now: float) -> bool:
        """Count one, at an instant in seconds; whether it is among the first of its second."""
        if int(now) != self._second:
            self._second, self._count = int(now), 0
        self._count += 1
        return self._count <= self.most

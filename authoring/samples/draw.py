"""What an invented answer is drawn with: chance, what the scheme compares with, and the other answers so far."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from authoring.samples.hints import Hints, Known
from engine.asked import Reading
from engine.language.model import Expression, Field

NEAR = 0.7  # how often an answer lies near something the scheme compares it with
MARK = "(fictif)"


@dataclass(frozen=True, slots=True)
class Draw:
    """What an answer is drawn with: chance, what the scheme compares with, and the other answers so far."""

    random: Random
    known: Known
    reading: Reading

    def hints(self, *path: str) -> Hints:
        """What stands beside a field, or a part of one."""
        return self.known.get(path) or Hints()

    def bound(self, field: Field, key: str) -> object:
        """A bound of the field as it is now: None when there is none, or it isn't known."""
        found = field.options.get(key)
        if isinstance(found, Expression):
            return found.value(self.reading.values, self.reading.now, self.reading.zone)
        return Decimal(found) if isinstance(found, int) and not isinstance(found, bool) else None


def words(random: Random) -> str:
    """Some words that say that they are invented."""
    return f"Exemple {random.randrange(10_000)} {MARK}"

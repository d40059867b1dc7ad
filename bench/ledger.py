"""What a played season did, as those who did it saw it: the account the database is held against."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

CENTS = 100_000  # the grant is flat


@dataclass
class Ledger:
    """Acts by dossier (public id), acknowledged by a page that was seen; `told` counts what else people were told."""

    acts: dict[str, Counter[str]] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, public_id: str, act: str) -> None:
        """An act was acknowledged."""
        with self._lock:
            self.acts.setdefault(public_id, Counter())[act] += 1

    def tell(self, what: str) -> None:
        """Somebody was told something that leaves no act: refused at once, came too late."""
        with self._lock:
            self.told[what] += 1

    def count(self, act: str) -> int:
        """How often an act was acknowledged."""
        return sum(found[act] for found in self.acts.values())

    def total(self) -> int:
        """How many acts were acknowledged."""
        with self._lock:
            return sum(found.total() for found in self.acts.values())

    def done(self, public_id: str, *acts: str) -> int:
        """How often one of these acts was done on a dossier."""
        found = self.acts.get(public_id)
        return sum(found[act] for act in acts) if found else 0

    def so_far(self, public_id: str) -> int:
        """How much has happened to a dossier."""
        found = self.acts.get(public_id)
        return found.total() if found else 0

    def of(self, act: str) -> set[str]:
        """The dossiers an act was done on."""
        return {public_id for public_id, found in self.acts.items() if found[act]}

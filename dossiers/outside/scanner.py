"""Looking for viruses in what applicants send. None is built in: without one, documents are marked as not looked at."""

from __future__ import annotations

from typing import Literal, Protocol

Scan = Literal["clean", "infected", "unscanned"]


class Scanner(Protocol):
    """What looks at documents."""

    first_state: str  # of a document just received: "pending" when it will be looked at, else "unscanned"

    def scan(self, content: bytes) -> Scan:
        """Look at one document."""
        ...


class NoScanner:
    """Looks at nothing, and says so: a document is never called clean that nobody has looked at."""

    first_state = "unscanned"

    def scan(self, content: bytes) -> Scan:
        """Always "unscanned"."""
        return "unscanned"

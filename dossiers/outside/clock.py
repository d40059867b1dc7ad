"""The business clock of a rehearsal: the machine's, moved ahead by days that a file of its folder keeps."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dossiers.outside import durable

DAYS = "days"


class RehearsalClock:
    """Read at each call, so that every process of the rehearsal lives on the same day.

    Leases follow the database's own clock (see dossiers.jobs), which nothing here moves.
    """

    def __init__(self, path: Path, offset: timedelta) -> None:
        """`path`: the file of days; `offset`: how far from the machine's clock the rehearsal began."""
        self._path = path
        self._offset = offset

    def __call__(self) -> datetime:
        """The business instant (aware UTC)."""
        return datetime.now(UTC) + self._offset + timedelta(days=self.days())

    def days(self) -> int:
        """How many days it has been moved ahead since the rehearsal began."""
        return int(json.loads(self._path.read_text(encoding="ascii"))[DAYS])

    def move_to(self, days: int) -> None:
        """Let so many days have gone by since the beginning; on the disk when this returns."""
        durable.replace(self._path, json.dumps({DAYS: days}).encode("ascii"))

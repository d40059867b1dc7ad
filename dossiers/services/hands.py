"""How many workers share what is many acts: the dossiers of a campaign, the lines of a bank's file."""

from __future__ import annotations

from dossiers.services.desk import Work

MOST = 4  # jobs that go on with one thing, each in the hands of one worker at a time


def hands(work: Work) -> int:
    """How many jobs it is worth: one on SQLite, where one writes at a time."""
    return 1 if work.office.database.is_sqlite else MOST

"""Verifying the journal."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from dossiers import journal
from dossiers.database import JournalEntry
from dossiers.services.desk import Work, as_of_one_instant


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: `whole` when every chain and every seal holds, else `fault` names the first bad entry."""

    whole: bool
    entries: int
    fault: str

    def __str__(self) -> str:
        return f"The journal is whole: {self.entries} entries." if self.whole else self.fault


@as_of_one_instant
def verify(work: Work) -> Verification:
    """Check every chain and every seal, from the first entry on."""
    entries = int(work.session.scalar(select(func.count()).select_from(JournalEntry)) or 0)
    bad = journal.verify(work.session, work.office.vault)
    return Verification(bad is None, entries, "" if bad is None else _told(bad))


def _told(bad: journal.BadEntry) -> str:
    return f"The journal doesn't hold: {bad.stream}, entry {bad.number}: {bad.reason.replace('_', ' ')}."

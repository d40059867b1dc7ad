"""Verifying the journal, and with it the published versions, whose checksums it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from dossiers import journal
from dossiers.database import JournalEntry, SchemeRow, SchemeVersion
from dossiers.services.desk import Work, as_of_one_instant
from engine.language import Bundle


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
    """Check every chain and every seal, from the first entry on, then each published version."""
    entries = int(work.session.scalar(select(func.count()).select_from(JournalEntry)) or 0)
    bad = journal.verify(work.session, work.office.vault)
    fault = (_told(bad) if bad else None) or _altered_version(work)
    return Verification(fault is None, entries, fault or "")


def _altered_version(work: Work) -> str | None:
    """The first published version whose files don't give the checksum the journal has of it, which the seals hold."""
    entry: Any = JournalEntry
    published = select(entry.stream, entry.payload).where(entry.action == "published")
    told = {
        (stream, payload["number"]): payload["checksum"]
        for stream, payload in work.session.execute(published.where(entry.stream.like("scheme:%")))
        if payload
    }
    row: Any = SchemeVersion
    query = select(SchemeRow.slug, row.number, row.files, row.checksum).join(
        SchemeRow, SchemeRow.id == row.scheme_id
    )
    for slug, number, files, checksum in work.session.execute(query.order_by(SchemeRow.slug, row.number)):
        if not Bundle(files).checksum == checksum == told.pop((f"scheme:{slug}", number), None):
            return f"A published version was altered: {slug}, version {number}."
    for stream, number in sorted(told):
        return f"A published version is missing: {stream.removeprefix('scheme:')}, version {number}."
    return None


def _told(bad: journal.BadEntry) -> str:
    return f"The journal doesn't hold: {bad.stream}, entry {bad.number}: {bad.reason.replace('_', ' ')}."

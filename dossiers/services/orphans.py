"""Orphaned files: contents in the store that no document knows, left by who died between storing and recording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from sqlalchemy import select

from dossiers.database import CampaignRow, Document, ExportRow
from dossiers.office import Office
from dossiers.services.export_parts import export_of

AGE = timedelta(days=1)  # longer than any upload, and than a paper is tried
CHUNK = 500


class TooMany(Exception):
    """Most of the store is unknown to this database: it is the wrong one, rather than so many uploads cut short."""

    def __init__(self, count: int, known: int) -> None:
        super().__init__(
            f"{count} stored files belong to no document and {known} do: nothing was removed. "
            "Is database_url the one of this site?"
        )
        self.count, self.known = count, known


@dataclass(frozen=True, slots=True)
class Orphans:
    """The keys of what no document knows, and how many contents are known (of those older than a day)."""

    keys: tuple[str, ...]
    known: int


def find(office: Office) -> Orphans:
    """Look for orphans, without removing any."""
    found: list[str] = []
    known = 0
    stored = iter(office.store.keys(AGE))
    while keys := tuple(islice(stored, CHUNK)):
        ours = _known(office, keys)
        known += len(ours)
        found += [key for key in keys if key not in ours]
    return Orphans(tuple(found), known)


def sweep(office: Office, *, even_if_many: bool = False) -> int:
    """Remove the orphans older than a day; returns how many. Raises TooMany unless they are the smaller part."""
    found = find(office)
    if len(found.keys) > found.known and not even_if_many:
        raise TooMany(len(found.keys), found.known)
    for key in found.keys:
        office.store.remove(key)
    office.store.tidy(AGE)
    return len(found.keys)


def _known(office: Office, keys: Iterable[str]) -> set[str]:
    kept = (Document.store_key.in_(list(keys)), Document.purged_at.is_(None))
    lists = select(CampaignRow.paper).where(CampaignRow.paper.in_(list(keys)))
    of_exports = {key: id for key in keys if (id := export_of(key))}
    standing = select(ExportRow.public_id).where(
        ExportRow.public_id.in_(set(of_exports.values())), ExportRow.state.in_(("waiting", "done"))
    )
    with office.database.reading() as session:
        exported = set(session.scalars(standing)) if of_exports else set()
        parts = {key for key, id in of_exports.items() if id in exported}
        return {*session.scalars(select(Document.store_key).where(*kept)), *session.scalars(lists), *parts}

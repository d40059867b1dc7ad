"""A document as screens know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.database import Document

UNAVAILABLE = frozenset({"pending", "infected"})  # nobody opens it


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A file kept: sent by the applicant (`origin` "answer", or "asked" for a point of a
    request), made here ("letter", "receipt"), or sent with a message ("message") or an opinion asked outside ("opinion").

    `issued_on`: the date written on it, where the scheme asks for it. `field` is the id of the file field, else None;
    `available` is False while it waits for the scanner, and for ever when it was found infected (`scan` "infected");
    `number`: of a letter, where the scheme numbers them.
    """

    public_id: str
    name: str
    media_type: str
    size: int
    at: datetime
    origin: str
    field: str | None
    scan: str
    available: bool
    issued_on: date | None = None
    number: str = ""


def document_view(row: Document, issued_on: date | None = None) -> DocumentView:
    """A document as screens know it."""
    return DocumentView(
        public_id=row.public_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        at=row.at,
        origin=row.origin,
        field=row.field,
        scan=row.scan,
        available=row.scan not in UNAVAILABLE,
        issued_on=issued_on,
        number=row.number or "",
    )

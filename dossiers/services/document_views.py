"""A document as screens know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A file kept: sent by the applicant (`origin` "answer", or "asked" for a point of a
    request), made here ("letter", "receipt"), or sent with a message ("message").

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

"""What screens read of a request to the applicant: its points, what was answered to each, what the answer changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dossiers.services.document_views import DocumentView
from dossiers.services.draft_views import AnswerChange
from engine.language.model import Field


@dataclass(frozen=True, slots=True)
class PointView:
    """One point: a `field` of the form, or a document called `document`; the office's `remark`; what the applicant `said`
    to it and the `documents` sent for it. `change`: what the answer changed in the field, None for nothing (yet);
    `is_gone`: it was about a field that the version followed now hasn't any more."""

    id: int
    field: Field | None
    document: str
    remark: str
    said: str
    documents: tuple[DocumentView, ...] = ()
    change: AnswerChange | None = None
    is_gone: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether a document is still awaited, and nobody has said why it can't come."""
        return self.field is None and not (self.is_gone or self.said or self.documents)


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request, the last local day to answer it, and how it ended; `about` is "account" when a payment came back."""

    id: int
    asked_by: str
    asked_at: datetime
    until: date | None
    closed_at: datetime | None
    outcome: Literal["answered", "withdrawn"] | None
    filing: int | None
    points: tuple[PointView, ...]
    about: str = ""

"""What is read of a dossier whose content was erased at the end of its keeping: nothing that is anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.services.money_views import AmountView
from dossiers.services.office_views import HistoryEntry
from engine.language import Scheme
from engine.language.model import Span, State


@dataclass(frozen=True, slots=True)
class AnonymisedView:
    """What is told of a dossier whose content was erased: nothing of its applicant, so whoever holds its address reads it.

    `span`: how long the rule keeps; `draft`: it was never filed.
    """

    scheme: Scheme
    draft: bool
    at: datetime
    span: Span | None


@dataclass(frozen=True, slots=True)
class AnonymisedCase:
    """A dossier whose content was erased at the end of its keeping: its figures, and who did what when."""

    public_id: str
    slug: str
    scheme: Scheme
    version: int
    reference: str
    state: State
    filed_at: datetime
    decided_at: datetime | None
    ended_at: datetime | None
    anonymised_at: datetime
    amounts: tuple[AmountView, ...]
    history: tuple[HistoryEntry, ...]

"""What screens read of the opinions asked outside: staff on the dossier, who asks for one, and who gives it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dossiers.services.document_views import DocumentView
from engine.asked import Reading
from engine.language import Scheme
from engine.language.model import Field, Text
from engine.language.opinion_model import OpinionKind


@dataclass(frozen=True, slots=True)
class OpinionView:
    """An opinion asked of somebody. `shows`: what they are shown; `is_over`: nothing more can be said, it was called off or
    its last day is over; `hidden`: it is about what the viewer may not see, so its words and files are left out."""

    public_id: str
    label: Text
    name: str
    email: str
    question: str
    shows: tuple[Text, ...]
    until: date
    asked_by: str
    asked_at: datetime
    read_at: datetime | None
    answer: str | None
    body: str
    given_at: datetime | None
    corrected_at: datetime | None
    closed_at: datetime | None
    is_over: bool
    mine: bool
    hidden: bool = False
    documents: tuple[DocumentView, ...] = ()

    @property
    def is_awaited(self) -> bool:
        """Whether it may still come."""
        return self.answer is None and not self.is_over


@dataclass(frozen=True, slots=True)
class Opinions:
    """Those of a dossier, newest first, and those the viewer may ask for now."""

    asked: tuple[OpinionView, ...] = ()
    askable: tuple[OpinionKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one person, as it was typed; `shows`: the fields ticked."""

    name: str
    email: str
    question: str
    until: date | None
    shows: Collection[str]


@dataclass(frozen=True, slots=True)
class Asking:
    """What may be asked: `showable` are the answers that may be shown; the last day proposed, and those allowed."""

    slug: str
    public_id: str
    reference: str
    kind: OpinionKind
    showable: tuple[Field, ...]
    until: date
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ExpertView:
    """What who is asked reads: nothing but `fields`, their documents, and the reference."""

    opinion: OpinionView
    scheme: Scheme
    reference: str
    filed_at: datetime
    reading: Reading
    fields: tuple[Field, ...]
    labels: Mapping[str, Mapping[str, str]]
    hidden: frozenset[str]
    documents: Mapping[str, tuple[DocumentView, ...]]

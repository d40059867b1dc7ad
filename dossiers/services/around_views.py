"""What the page of a dossier shows around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dossiers.services.draft_views import AnswerChange
from dossiers.services.source_views import FactPart
from engine.language.model import Text


@dataclass(frozen=True, slots=True)
class OfferedHolder:
    """Somebody a dossier may be given to; `away_until`: the last day of the absence they are on today."""

    public_id: str
    name: str
    away_until: date | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Another dossier, and by what it is like this one: "person", "name", "siret", "siren", "iban", "phone", "email",
    "nir", "rna", "document"."""

    slug: str
    title: Text
    public_id: str
    reference: str
    state: Text | None
    filed_at: datetime
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A value the office put in the place of one that was filed: who, when, why; `change` has what stood there."""

    change: AnswerChange
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class CountedThen:
    """What a fact about other dossiers came to at an instant, printed by part."""

    at: datetime
    parts: tuple[FactPart, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Behind a fact about other dossiers: those the viewer may know of, how many more there are, and what was kept, at the
    deposit and at the decision."""

    others: tuple[Related, ...] = ()
    unseen: int = 0
    kept: tuple[CountedThen, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """`holders`: empty for who may not assign; `groups`: what those whose dossier it is are called; `corrections` by field,
    oldest first; `correctable`: the fields the viewer may correct now; `counted`: behind each fact about other dossiers."""

    holders: tuple[OfferedHolder, ...] = ()
    groups: tuple[Text, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    correctable: frozenset[str] = frozenset()
    counted: Mapping[str, Counted] = field(default_factory=dict)

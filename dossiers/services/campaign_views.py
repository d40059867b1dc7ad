"""What a campaign is to those who see it and to what it does to one dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from workflows.lifecycle import Actor

Kind = Literal["migration", "reexamination", "batch", "list", "message"]
ItemState = Literal["pending", "done", "refused", "skipped"]


@dataclass(frozen=True, slots=True)
class Campaign:
    """One act over many dossiers of a scheme, as it was asked for.

    `version_id`, `number`: the version they are moved to or examined under. `state`: a list waits for its signature.
    Of a list signed: `list_number`, and `paper`, where what was printed of it is kept.
    """

    id: int
    public_id: str
    kind: Kind
    slug: str
    version_id: int
    number: int
    asked_by: Actor
    asked_at: datetime
    options: Mapping[str, Any]
    preview: Mapping[str, Any]
    state: Literal["waiting", "running", "done", "cancelled"]
    ended_at: datetime | None
    list_number: str | None = None
    signed_by: Actor | None = None
    signed_at: datetime | None = None
    paper: str | None = None

    @property
    def doer(self) -> Actor:
        """In whose name it is done to each dossier: who signed a list, else who asked for it."""
        return self.signed_by or self.asked_by


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is: dossiers by item state, and by the code of those refused or skipped."""

    counts: Mapping[ItemState, int]
    codes: Mapping[str, int]

    @property
    def total(self) -> int:
        """All the dossiers chosen."""
        return sum(self.counts.values())

    @property
    def pending(self) -> int:
        """Those it has not come to yet."""
        return self.counts["pending"]


@dataclass(frozen=True, slots=True)
class Item:
    """What a campaign did to one dossier; `result` are figures, never what somebody answered."""

    public_id: str
    reference: str | None
    state: ItemState
    code: str | None
    result: Mapping[str, Any]
    at: datetime | None
    proposed_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """What was done to one dossier. With a `skipped` code nothing was: it had no need of it any more."""

    result: Mapping[str, Any] = field(default_factory=dict)
    skipped: str | None = None


class Stepped(StrEnum):
    """What one step of a campaign came to: a dossier was done; those left are in the hands of others; it is over."""

    DONE = "done"
    HELD = "held"
    OVER = "over"


# Receives the dossier locked and just read. Raises Refused, and then nothing of it is written.
OneDossier: TypeAlias = Callable[[Work, Campaign, Opened], Happened]

"""What screens read of facts and their sources: what is to be looked up, what fills fields in, what the office is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.kinds import Json
from engine.language.facts_model import Connector
from engine.language.model import Text
from engine.words import Phrase, Printed


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact to look up: its name, the source, and what it is asked about."""

    name: str
    connector: Connector
    asked: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class FilledBy:
    """What a source says of a field: `title` is the source's (None: it was given beforehand, and `begun_from` says by what),
    `same` whether the answer is what it says."""

    title: Text | None
    at: datetime
    value: Json
    same: bool
    begun_from: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """What a source says of an answer, by language; `same` when the applicant answered just that. See FilledBy."""

    title: Text | None
    at: datetime
    printed: Mapping[str, Phrase]
    same: bool
    begun_from: str = ""


@dataclass(frozen=True, slots=True)
class FactPart:
    """One thing a fact says, printed by language."""

    label: Text | None
    id: str
    printed: Mapping[str, Printed]


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact of a dossier. `status`: found, missing (the source knows no such thing), unverified (no answer yet, or never
    asked), hidden (not for this viewer). `title` is the source's; `at` when it was said."""

    id: str
    title: Text | None
    status: str
    at: datetime | None
    parts: tuple[FactPart, ...] = ()

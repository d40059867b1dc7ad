"""What screens read of drafts: those somebody has, what became of what was typed, and answers that differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.kinds import Json
from engine.language.model import Field, PublicStatus, Text


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft somebody has in a scheme, and when it was begun."""

    public_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one question: as kept, or the controls as typed when that can't be read."""

    answer: Json | None
    typed: Mapping[str, list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question answered otherwise from two tabs: `theirs`, kept at `at`, and `mine`, sent later and not kept.

    `revision` is that of the draft now: who has seen the conflict answers it under this revision.
    """

    field: Field
    theirs: Given
    mine: Given
    at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Autosaved:
    """What became of what was typed: kept `at` this instant, but for the fields in conflict."""

    at: datetime
    revision: int
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One question answered otherwise than before."""

    field: Field
    before: Given
    after: Given


@dataclass(frozen=True, slots=True)
class Editing:
    """How the change of a filed dossier stands: it may be begun, it is open, or the office was faster (`is_overtaken`).

    `lost`: the changes typed that can't be filed any more.
    """

    may_begin: bool = False
    open: bool = False
    is_overtaken: bool = False
    lost: tuple[AnswerChange, ...] = ()


@dataclass(frozen=True, slots=True)
class FilingView:
    """A filing after the first, and what it changed."""

    number: int
    at: datetime
    changes: tuple[AnswerChange, ...]


NOT_EDITING = Editing()


@dataclass(frozen=True, slots=True)
class MineRow:
    """One dossier of the applicant's list; `expected` when something is asked of them (`awaited`: what they do then, where it is no
    correction), `unread` when the office wrote; `signers` are those whose signature is awaited.

    Of a draft: when it was last saved (`saved_at`), how many of its pages are `done` of `total`, and the last local day it is
    kept without a change.
    """

    public_id: str
    title: Text
    reference: str | None
    status: PublicStatus | None
    draft: bool
    since: datetime
    expected: bool
    saved_at: datetime | None = None
    done: int = 0
    total: int = 0
    expires_on: date | None = None
    unread: bool = False
    awaited: Text | None = None
    signers: tuple[Text, ...] = ()

"""What the pages of the hotline show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dossiers.services.office_views import MailRow
from dossiers.services.views import MessageView
from engine.language import Scheme
from engine.language.workflow_model import PublicStatus
from engine.words import Phrase

Step = Literal["correct", "sign", "send", "over", "pay", "suspended", "decided", "answer"]


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call as it is listed; `reference` and `dossier` are empty without a dossier."""

    public_id: str
    at: datetime
    author: str
    motive: str
    note: str
    passed: bool
    done_at: datetime | None
    done_by: str
    reference: str
    dossier: str


@dataclass(frozen=True, slots=True)
class CallerView:
    """What may be told of a dossier on the telephone: nothing of its answers.

    `step`: what comes next: the applicant corrects ("correct"), signs, sends documents, the office answers, or nothing
    ("over"); `on`: the day it is expected by; `lacking`: what is missing, by language.
    """

    scheme: Scheme
    slug: str
    public_id: str
    reference: str
    applicant: str
    email: str
    filed_at: datetime
    status: PublicStatus | None
    step: Step
    on: date | None
    by_law: date | None
    lacking: tuple[Mapping[str, Phrase], ...]
    messages: tuple[MessageView, ...]
    mails: tuple[MailRow, ...]
    calls: tuple[CallLine, ...]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class CallFigures:
    """How many calls from one day to another: by motive, by day, and by the state dossiers stood in ("" without one)."""

    first: date
    last: date
    total: int
    motives: tuple[tuple[str, int], ...]
    days: tuple[tuple[date, int], ...]
    states: tuple[tuple[str, int], ...]

"""What the back office's pages read: lists, dossiers, accounts, mails; masked for who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from dossiers.services.answer_views import AnswerPage
from dossiers.services.around_views import Around
from dossiers.services.draft_views import FilingView
from dossiers.services.mail_views import Unreachable
from dossiers.services.money_views import AmountView, overpaid
from dossiers.services.opinion_views import Opinions
from dossiers.services.party_views import PartyLine
from dossiers.services.request_views import RequestView
from dossiers.services.source_views import FactView
from dossiers.services.task_views import TaskLine
from dossiers.services.views import DocumentView, MessageView, Opening, Session
from dossiers.services.vote_views import VoteView
from dossiers.services.wanted import Wanted
from engine.asked.decided import Decided
from engine.award import Computation
from engine.eligibility import Verdict
from engine.kinds import Json
from engine.language import Scheme
from engine.language.model import Action, Field, PublicStatus, State, Text
from workflows.lifecycle import Offer


@dataclass(frozen=True, slots=True)
class ServedScheme:
    """A scheme the viewer serves, on the back office's first page; every count stops at a thousand and one.
    `open_count`: dossiers not in an end state; `expected`: those it is the viewer's turn to deal with."""

    slug: str
    title: Text
    open: Opening
    roles: tuple[str, ...]
    total: int
    open_count: int
    mine: int
    overdue: int
    expected: int


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One dossier of the list. `overdue`: its stage should have been over by `due_on` (local date). `answers`: those shown
    as columns; `unseen`: something happened since the viewer read it; `unread`: the applicant wrote, and nobody who may
    answer has read it."""

    public_id: str
    reference: str
    applicant: str
    state: str
    since: datetime
    filed_at: datetime
    assigned_to: str | None
    mine: bool
    due_on: date | None
    overdue: bool
    answers: Mapping[str, Json]
    unseen: bool
    unread: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptView:
    """A list kept under a name; `query` is what its address asks. `own`: the viewer's, who may take it off."""

    public_id: str
    name: str
    query: str
    shared: bool
    own: bool


@dataclass(frozen=True, slots=True)
class MassActs:
    """The acts offered under a list: to be done, and to be put on a list that somebody signs. `concerned`: whether the
    viewer has such acts at all, even if no dossier listed can have one now."""

    done: tuple[Action, ...] = ()
    signed: tuple[Action, ...] = ()
    concerned: bool = False

    @property
    def are_some(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.done or self.signed)


@dataclass(frozen=True, slots=True)
class InboxView:
    """One page of a scheme's dossiers; every count stops at a thousand and one.

    `counts` has every state but the start, in the scheme's order; `turns` what waits for the viewer ("mine") and for
    others; `total` the dossiers that match. `earlier`, `later`: whether there are more rows on either side. `listed`:
    the fields a list may be narrowed by, or show; `tags` those it may be narrowed by. `acts`: what may be done to many of them.
    """

    slug: str
    scheme: Scheme
    counts: Mapping[str, int]
    turns: Mapping[str, int]
    rows: tuple[InboxRow, ...]
    total: int
    earlier: bool
    later: bool
    wanted: Wanted
    listed: tuple[Field, ...]
    kept: tuple[KeptView, ...]
    tags: tuple[str, ...] = ()
    acts: MassActs = field(default_factory=MassActs)


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item of a state's checklist, and who ticked it."""

    id: str
    label: Text
    done: bool
    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of the dossier's journal, for staff. `actor_kind`: "applicant", "staff" or "system"; `target` is set
    when the state changed; `comment` what who acted wrote."""

    at: datetime
    action: str
    actor_kind: str
    actor_name: str
    source: str | None
    target: str | None
    comment: str | None
    payload: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note among staff: the applicant never sees it. `field`: the answer it is about."""

    author: str
    body: str
    at: datetime
    field: str | None = None


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """What will happen by itself, or should have happened: the last local day."""

    id: int
    name: str
    kind: Literal["do", "remind", "warn", "due", "silence", "draft", "close"]
    on: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A dossier as the office examines it. `offers`: what this viewer may do now, or may not yet and why.

    `may`: the verbs the viewer has here ("note", "message", "check", "resend"). `next_id`: the public id of the next
    dossier in the same state, oldest first. `correcting`: the applicant is correcting `reopened` fields now.
    `letters`: the documents made here, and `papers_coming` how many are being made; `news`: how much others
    have done since the viewer's last visit. `hidden`: ids of fields masked for this viewer. `editing`: the
    applicant is changing what was filed; `filings`: what each filing after the first changed; `requests`: what was
    asked of the applicant, newest first; `unreachable`: their last mail was lost; `mails_queued`: not begun to be sent;
    `decision_read_at`: when the applicant opened the decision in force, if there is one (`is_decided`).
    `representative`: who applies in the applicant's place, "" for nobody. `computation`: what the amount is computed from,
    where no table says it.
    """

    public_id: str
    slug: str
    scheme: Scheme
    version: int
    reference: str
    state: State
    status: PublicStatus | None
    applicant: str
    email: str
    filed_at: datetime
    state_since: datetime
    assigned_to: str | None
    mine: bool
    revision: int
    filing_number: int
    pages: tuple[AnswerPage, ...]
    hidden: frozenset[str]
    verdict: Verdict | None
    decided: tuple[Decided, ...]
    currency: str
    amounts: tuple[AmountView, ...]
    checklist: tuple[CheckItem, ...]
    history: tuple[HistoryEntry, ...]
    notes: tuple[NoteView, ...]
    messages: tuple[MessageView, ...]
    letters: tuple[DocumentView, ...]
    mails: tuple[MailRow, ...]
    deadlines: tuple[DeadlineView, ...]
    offers: tuple[Offer, ...]
    may: frozenset[str]
    reopened: tuple[str, ...]
    legal_on: date | None
    next_id: str | None
    representative: str = ""
    papers_coming: int = 0
    news: int = 0
    facts: tuple[FactView, ...] = ()
    editing: bool = False
    filings: tuple[FilingView, ...] = ()
    channel: str | None = None
    typed_by: str = ""
    parties: tuple[PartyLine, ...] = ()
    votes: tuple[VoteView, ...] = ()
    requests: tuple[RequestView, ...] = ()
    unreachable: Unreachable | None = None
    mails_queued: int = 0
    decision_read_at: datetime | None = None
    is_decided: bool = False
    tasks: tuple[TaskLine, ...] = ()
    opinions: Opinions = field(default_factory=Opinions)
    around: Around = field(default_factory=Around)
    computation: Computation | None = None

    @property
    def overpaid(self) -> Decimal:
        """What was paid and is granted no more: to be claimed back."""
        return overpaid(self.amounts)


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail that left or waits: `state` as database.Mail tells; `error`: why it waits, was refused or came back."""

    id: int
    to: str
    subject: str
    at: datetime
    state: str
    reference: str | None
    error: str | None
    bounced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AccountView:
    """A staff account; `roles` by scheme; `invited`: its owner has not chosen a password yet."""

    public_id: str
    email: str
    name: str
    administrator: bool
    language: str
    roles: Mapping[str, tuple[str, ...]]
    disabled_at: datetime | None
    created_at: datetime
    invited: bool = False
    interests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A staff member recognised."""

    session: Session
    account: AccountView

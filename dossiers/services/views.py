"""What screens and templates read: frozen values, already masked for who asks. No row of the database gets past here.

Instants are aware UTC, dates are local; texts of the scheme come as `Text` (say it in a language) or `Phrase`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from dossiers.services.around_views import Correction
from dossiers.services.decision_views import DecisionView as DecisionView
from dossiers.services.document_views import DocumentView as DocumentView
from dossiers.services.draft_views import NOT_EDITING, Conflict, Editing
from dossiers.services.money_views import AmountView
from dossiers.services.party_views import PartyLine
from dossiers.services.request_views import RequestView
from dossiers.services.source_views import FilledBy, Wanted
from dossiers.services.timeline_views import StatusStep, TimelineEntry
from engine.asked import Reading
from engine.asked.cells import Cells, head_of, open_cells
from engine.journey import Journey
from engine.language import Scheme
from engine.language.model import APPLICANT, Action, Field, PublicStatus, Text
from engine.problems import AnswerProblem
from engine.words import Phrase

Opening = Literal["open", "not_yet", "closed"]


@dataclass(frozen=True, slots=True)
class SchemeCard:
    """One scheme on the first page; `opens` and `closes` are local dates, both included."""

    slug: str
    title: Text
    summary: Text
    open: Opening
    opens: date | None
    closes: date | None
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """The version of a scheme in force."""

    scheme: Scheme
    scheme_id: int
    version_id: int
    number: int
    open: Opening


@dataclass(frozen=True, slots=True)
class VersionView:
    """One published version; `checksum` is the SHA-256 of its bundle."""

    slug: str
    title: Text
    number: int
    checksum: str
    published_at: datetime
    published_by: str
    current: bool
    open: Opening
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """A session to put in a cookie; the token is shown this once, only its hash is kept."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Started:
    """A draft begun. `session` is None when the viewer's own session could take the dossier in."""

    public_id: str
    session: Session | None


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """A dossier as its applicant fills it in, or corrects it.

    `reopened`: the ids of the fields a correction asks about (None: all of them, it is a draft). `editable` is False
    once filed, until a correction is asked. `expires_on`: the local day after which a draft is erased.
    `documents`: those of each file field. `reason`: what the office wrote when it asked for a correction.
    `outdated`: the answers given under an older version of the scheme that don't fit this one. `typed`: by field, the
    controls as typed of what can't be read yet. `code`: with the e-mail address it opens the draft elsewhere, "" for none. `filled`: what sources say,
    by field; `look_ups`: the fields about which one may be asked. `request`: what the office asked, point by point.
    `later`: how filing a form asked later is called, when it is one.
    """

    public_id: str
    scheme: Scheme
    version: int
    state: str
    reading: Reading
    journey: Journey
    draft_revision: int
    email: str
    language: str
    reopened: frozenset[str] | None
    reference: str | None
    editable: bool
    documents: Mapping[str, tuple[DocumentView, ...]]
    expires_on: date | None
    reason: Phrase
    outdated: tuple[AnswerProblem, ...] = ()
    filled: Mapping[str, FilledBy] = field(default_factory=dict)
    look_ups: frozenset[str] = frozenset()
    typed: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    code: str = ""
    party: str = APPLICANT
    locked: frozenset[str] = frozenset()
    signs: bool = False
    channel: str | None = None
    request: RequestView | None = None
    later: Text | None = None

    def may_change(self, field: Field) -> bool:
        """Whether a field is open to who looks: one of theirs; in a correction, one asked about or never answered."""
        if field.id in self.locked or self.scheme.form[field.page].asked_of != self.party:
            return False
        answered = self.reading.answers.get(field.id) is not None
        newly_asked = not (field.optional or answered)
        if self.reopened is None or field.id in map(head_of, self.reopened):
            return True
        return newly_asked and self.later is None

    def open_cells(self, repeat: Field) -> Cells | None:
        """The questions of rows that alone are open; None when the whole repeat is, or nothing of it."""
        return open_cells(repeat, self.reopened, self.reading)


@dataclass(frozen=True, slots=True)
class Saved:
    """A page kept. `next` is the page to show, or "check" when all is filled in.

    `stale`: it came from a tab opened before another save; only its own fields were taken. `twice`: the names of the
    documents that were sent again and are kept once. `wanted`: the facts to look up.
    """

    view: ApplicationView
    next: str
    stale: bool = False
    twice: tuple[str, ...] = ()
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Nothing but the answers without a slip was kept; `typed` is what to show again, by control name.

    `conflicts`: the questions answered otherwise in another tab meanwhile; theirs stand until who answers has chosen. `twice` as Saved.
    """

    problems: tuple[AnswerProblem, ...]
    typed: Mapping[str, list[str]]
    view: ApplicationView
    twice: tuple[str, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of deposit, the same however often it is asked for. `number` is that of the filing (1, then corrections).

    `to_sign`: signatures are awaited first. `channel`: how it came in when an agent typed it. `silence_on`: the local day after which silence speaks (`scheme.legal.silence.outcome`).
    """

    public_id: str
    reference: str
    filed_at: datetime
    number: int
    email: str
    scheme: Scheme
    silence_on: date | None
    to_sign: bool = False
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class DepositView:
    """What the page of a receipt shows: `printed`, its PDF is made; `decided_at`, of one decided since; `kind`, of the timeline."""

    receipt: Receipt
    scheme: Scheme
    printed: bool
    decided_at: datetime | None
    kind: str


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What the receipt's PDF prints: the receipt, and the answers as filed (sensitive ones left out)."""

    receipt: Receipt
    reading: Reading
    language: str
    hidden: frozenset[str]


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message from the applicant ("in") or the office ("out"); `read_at`: when the other side first saw it."""

    author: str
    body: str
    at: datetime
    direction: Literal["in", "out"]
    documents: tuple[DocumentView, ...] = ()
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What the applicant must do now.

    `kind`: "finish" (a draft) or "correct" (`fields` reopened, `reason` from the office, `action` files it again).
    "sign": complete one's part and sign it; "file": a form asked later, `called` as the action that files it. `until`: the last local day, when there is one. `labels`: what each field is called, by language.
    """

    kind: Literal["finish", "correct", "sign", "file"]
    fields: tuple[Field, ...]
    reason: Phrase
    action: str | None
    until: date | None
    labels: tuple[Mapping[str, Phrase], ...] = ()
    called: Text | None = None


@dataclass(frozen=True, slots=True)
class TrackingView:
    """A dossier as its applicant follows it. `papers_coming`: receipts and letters that are being made; `awaited`: the
    documents that may be sent now without anything being corrected."""

    public_id: str
    scheme: Scheme
    reference: str | None
    email: str
    language: str
    status: PublicStatus | None
    steps: tuple[StatusStep, ...]
    timeline: tuple[TimelineEntry, ...]
    messages: tuple[MessageView, ...]
    documents: tuple[DocumentView, ...]
    expected: Expected | None
    decision: DecisionView | None
    actions: tuple[Action, ...]
    receipt: Receipt | None
    revision: int
    paid_at: datetime | None
    papers_coming: int = 0
    awaited: tuple[AwaitedDocument, ...] = ()
    editing: Editing = NOT_EDITING
    party: str = APPLICANT
    parties: tuple[PartyLine, ...] = ()
    corrected: tuple[Correction, ...] = ()
    amounts: tuple[AmountView, ...] = ()
    request: RequestView | None = None
    may_write: bool = False

    @property
    def unread(self) -> int:
        """How many messages of the office the applicant had not seen yet."""
        return sum(one.direction == "out" and one.read_at is None for one in self.messages)


@dataclass(frozen=True, slots=True)
class AwaitedDocument:
    """A document the payment waits for; `label` by language."""

    field: Field
    label: Mapping[str, Phrase]

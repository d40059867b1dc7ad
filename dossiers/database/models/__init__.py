"""The tables, by subject."""

from dossiers.database.models.calls import Call
from dossiers.database.models.campaigns import CampaignItem, CampaignRow
from dossiers.database.models.correspondence import Document, Message, Note
from dossiers.database.models.decisions import AmountStep, ChecklistMark, DeadlineRow, OnceClaim, VerdictRow
from dossiers.database.models.dossiers import Counter, Dossier, Draft, Filing, Party, Signature
from dossiers.database.models.exports import ExportRow
from dossiers.database.models.facts import FactRow
from dossiers.database.models.figures import Figure, FigureLine, FigureMail, FigureMark
from dossiers.database.models.finding import GroupMark, Searchable, SearchWord, Tag, Trait
from dossiers.database.models.money import (
    BankFile,
    BankLine,
    EnvelopeHold,
    EnvelopeRow,
    PaymentBatch,
    PaymentRow,
)
from dossiers.database.models.opinions import Opinion
from dossiers.database.models.people import (
    Absence,
    Account,
    CodeTry,
    KeptTyping,
    Link,
    RoleGrant,
    SessionRow,
    Throttle,
)
from dossiers.database.models.proof import JournalEntry, Seal
from dossiers.database.models.reading import SavedView, Seen
from dossiers.database.models.requests import Request, RequestPoint
from dossiers.database.models.schemes import SchemeDraft, SchemeRow, SchemeVersion
from dossiers.database.models.voting import BallotRow, Poll, Proxy, Recusal
from dossiers.database.models.work import Job, Mail

__all__ = [
    "Absence",
    "Account",
    "AmountStep",
    "BallotRow",
    "BankFile",
    "BankLine",
    "Call",
    "CampaignItem",
    "CampaignRow",
    "ChecklistMark",
    "CodeTry",
    "Counter",
    "DeadlineRow",
    "Document",
    "Dossier",
    "Draft",
    "EnvelopeHold",
    "EnvelopeRow",
    "ExportRow",
    "FactRow",
    "Figure",
    "FigureLine",
    "FigureMail",
    "FigureMark",
    "Filing",
    "GroupMark",
    "Job",
    "JournalEntry",
    "KeptTyping",
    "Link",
    "Mail",
    "Message",
    "Note",
    "OnceClaim",
    "Opinion",
    "Party",
    "PaymentBatch",
    "PaymentRow",
    "Poll",
    "Proxy",
    "Recusal",
    "Request",
    "RequestPoint",
    "RoleGrant",
    "SavedView",
    "SchemeDraft",
    "SchemeRow",
    "SchemeVersion",
    "Seal",
    "SearchWord",
    "Searchable",
    "Seen",
    "SessionRow",
    "Signature",
    "Tag",
    "Throttle",
    "Trait",
    "VerdictRow",
]

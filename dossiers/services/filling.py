"""A dossier being filled in or corrected: its draft, read once, and the page the screens are given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from dossiers.changes import drafts, schedule
from dossiers.changes.corrections import draft_context
from dossiers.changes.drafts import Drafted
from dossiers.changes.sealing import open_answers, seal_answers
from dossiers.database import Document
from dossiers.services import older
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, current_draft
from dossiers.services.refusals import Refused
from dossiers.services.views import ApplicationView, DocumentView
from engine.asked import Reading, read_answers
from engine.journey import Journey, walk
from engine.kinds import Json
from engine.kinds.date import date_value
from engine.kinds.kind import items, members
from engine.language import Scheme
from engine.language.model import Field
from engine.problems import AnswerProblem
from engine.validation import outdated

_SENT = (
    select(Document)
    .where(
        Document.dossier_id == bindparam("dossier"),
        Document.origin == "answer",
        Document.purged_at.is_(None),
    )
    .order_by(Document.id)
)


@dataclass(slots=True)
class Filling:
    """A draft under its scheme; `answers` are all of them, hidden and sensitive ones too.

    `outdated`: the answers given under an older version that don't fit this one any more, told beside their fields.
    """

    opened: Opened
    draft: Drafted
    answers: dict[str, Json]
    reading: Reading
    journey: Journey
    outdated: tuple[AnswerProblem, ...] = ()

    @property
    def reopened(self) -> frozenset[str] | None:
        """The fields a correction is about; None for a draft, where all may be changed."""
        return None if self.draft.reopened is None else frozenset(self.draft.reopened)

    def may_change(self, field: Field) -> bool:
        """Whether a field may be answered now: in a correction, those asked about and those newly asked."""
        return self.reopened is None or field.id in self.reopened or self.answers.get(field.id) is None


def filling(work: Work, opened: Opened) -> Filling:
    """The draft of a dossier. Raises Refused("not_editable") when there is none: it is filed."""
    draft = current_draft(work, opened)
    if draft is None:
        raise Refused("not_editable")
    vault = work.office.vault
    given = open_answers(vault, draft.answers, draft.sealed, draft_context(opened.dossier))
    dossier = opened.dossier
    versions = (dossier.version_id, opened.version_id)
    answers = older.carry(work, dossier.scheme_id, given, versions, dossier.filed_at)
    reading = read(work, opened, answers)
    found = Filling(opened, draft, answers, reading, walk(reading, draft.seen))
    if versions[0] != versions[1]:
        found.outdated = outdated.problems(older.scheme_at(work, versions[0]), given, reading)
    return found


def read(work: Work, opened: Opened, answers: Mapping[str, Json]) -> Reading:
    """Answers read under the dossier's scheme, as of its deposit, or of today before that."""
    organisation, dossier = work.office.organisation, opened.dossier
    deposited_on = organisation.local_date(dossier.filed_at) if dossier.filed_at else None
    known = {"state": dossier.state, "version": opened.number}
    return read_answers(
        opened.scheme,
        answers,
        now=work.now,
        organisation=organisation,
        deposited_on=deposited_on,
        extra={"dossier": known},
    )


def keep(work: Work, filling: Filling, reading: Reading, seen: Collection[str]) -> Filling:
    """Write the draft: one update. Its revision goes up, so that another tab can be told it is behind."""
    opened, draft = filling.opened, filling.draft
    answers = dict(reading.answers)
    plain, sealed = seal_answers(work.office.vault, opened.scheme, answers, draft_context(opened.dossier))
    known = [page for page in opened.scheme.form if page in {*draft.seen, *seen}]
    reopened = draft.reopened
    if reopened is not None:
        new = {id for id, answer in answers.items() if answer is not None and filling.answers.get(id) is None}
        reopened = sorted({*reopened, *new})
    saved = Drafted(plain, sealed, known, draft.revision + 1, work.now, reopened)
    drafts.save(work.session, opened.dossier.id, saved)
    return Filling(opened, saved, answers, reading, walk(reading, known), filling.outdated)


def view_of(work: Work, filling: Filling) -> ApplicationView:
    """The page the applicant fills in."""
    opened, draft = filling.opened, filling.draft
    dossier, scheme = opened.dossier, opened.scheme
    is_draft = dossier.filed_at is None
    return ApplicationView(
        public_id=dossier.public_id,
        scheme=scheme,
        version=opened.number,
        state=dossier.state,
        reading=filling.reading,
        journey=filling.journey,
        draft_revision=draft.revision,
        email=dossier.email,
        language=dossier.language,
        reopened=filling.reopened,
        reference=dossier.reference,
        editable=True,
        documents=documents(work, dossier.id, filling.answers) if takes_files(scheme) else {},
        expires_on=schedule.draft_ends_on(scheme, work.office.organisation, draft.updated_at)
        if is_draft
        else None,
        reason=(),
        outdated=filling.outdated,
    )


def takes_files(scheme: Scheme) -> bool:
    """Whether a form asks for documents at all."""
    return any(
        field.kind == "file" or any(inner.kind == "file" for inner in field.fields.values())
        for field in scheme.fields.values()
    )


def documents(
    work: Work, dossier_id: int, answers: Mapping[str, Json]
) -> dict[str, tuple[DocumentView, ...]]:
    """The applicant's documents by field, oldest first: the field that names one, whatever it was called when sent."""
    rows = work.session.scalars(_SENT, {"dossier": dossier_id})
    named = named_in(answers)
    found: dict[str, tuple[DocumentView, ...]] = {}
    for row in rows:
        field, issued_on = named.get(row.public_id, (row.field or "", None))
        found[field] = (*found.get(field, ()), document_view(row, issued_on))
    return found


def named_in(answers: Mapping[str, Json]) -> dict[str, tuple[str, date | None]]:
    """Each document that answers name: under which field, and the date it bears; in a row, "repeat/field"."""
    found: dict[str, tuple[str, date | None]] = {}
    for id, answer in answers.items():
        for one in items(answer):
            part = members(one)
            if "media_type" in part:
                found[str(part.get("id"))] = (id, date_value(part.get("issued_on")))
            elif any(isinstance(inner, list) for inner in part.values()):
                inside = named_in(part)
                found |= {named: (f"{id}/{path}", day) for named, (path, day) in inside.items()}
    return found


def document_view(row: Document, issued_on: date | None = None) -> DocumentView:
    """A document as screens know it."""
    return DocumentView(
        public_id=row.public_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        at=row.at,
        origin=row.origin,
        field=row.field,
        scan=row.scan,
        available=row.scan not in UNAVAILABLE,
        issued_on=issued_on,
    )


UNAVAILABLE = frozenset({"pending", "infected"})

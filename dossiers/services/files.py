"""Documents of a dossier: send, take back, download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from dossiers import journal
from dossiers.access import Viewer
from dossiers.database import Document
from dossiers.office import Office
from dossiers.services import uploads
from dossiers.services.desk import Work, preceded_by
from dossiers.services.erasure import erase_documents
from dossiers.services.filling import UNAVAILABLE, filling, keep, read, view_of
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import Opened, for_applicant, for_staff, roles_in
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from dossiers.services.uploads import Upload
from dossiers.services.views import ApplicationView, Rejected
from engine.kinds import Json
from engine.kinds.kind import items, members

__all__ = ["OpenedFile", "Upload", "add", "open_file", "remove"]


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A document to download; its name is its sender's, so it is data."""

    name: str
    media_type: str
    content: bytes


def _received(
    office: Office, now: datetime, viewer: Viewer, public_id: str, field: str, *, uploads: Sequence[Upload]
) -> Any:
    return _store(office, {field: uploads})


_store = uploads.store_all


@preceded_by(_received, undo=uploads.take_back)
def add(
    work: Work, viewer: Viewer, public_id: str, field: str, *, uploads: Sequence[Upload]
) -> ApplicationView | Rejected:
    """Add documents to a file field that is asked now. Raises NotFound, Refused("not_editable")."""
    before = filling(work, for_applicant(work, viewer, public_id, lock=True))
    asked = before.opened.scheme.fields.get(field)
    if asked is None or asked.kind != "file" or not before.reading.is_asked(field):
        raise NotFound("field")
    if not before.may_change(asked):
        raise Refused("not_editable")
    answer, problems = _accept(
        work, before.opened.dossier.id, asked, before.answers.get(field), work.prepared[field]
    )
    saved = keep(work, before, read(work, before.opened, {**before.answers, field: answer}), [])
    view = view_of(work, saved)
    return Rejected(problems, {}, view) if problems else view


_accept = uploads.accept


def remove(work: Work, viewer: Viewer, public_id: str, document_id: str) -> ApplicationView:
    """Take a document out of the draft; it is erased unless an earlier filing names it. Raises NotFound, Refused."""
    opened = for_applicant(work, viewer, public_id, lock=True)
    before = filling(work, opened)
    row = _document(work, opened, document_id)
    asked = opened.scheme.fields.get(_field_of(before.answers, document_id) or row.field or "")
    if row.origin != "answer" or asked is None or not before.may_change(asked):
        raise Refused("not_editable")
    left = [one for one in items(before.answers.get(asked.id)) if members(one).get("id") != document_id]
    saved = keep(work, before, read(work, opened, {**before.answers, asked.id: left or None}), [])
    if opened.dossier.filed_at is None:
        erase_documents(work, [row])
        work.session.flush()
    return view_of(work, saved)


def _field_of(answers: Mapping[str, Json], document_id: str) -> str | None:
    """The field whose answer names a document: it may have been called otherwise when the document was sent."""
    named = (
        id for id, answer in answers.items() for one in items(answer) if members(one).get("id") == document_id
    )
    return next(named, None)


def open_file(work: Work, viewer: Viewer, public_id: str, document_id: str) -> OpenedFile:
    """A document's content. What staff read is journalled, so this is an act.

    Raises NotFound (hidden from the viewer's roles, too), Refused("being_checked") before the scanner has seen it.
    """
    if viewer.kind == "staff":
        opened = for_staff(work, viewer, public_id)
        row = _document(work, opened, document_id)
        if row.field in hidden_ids(opened.scheme, roles_in(viewer, opened.slug)):
            raise NotFound("document")
        _journal(work, viewer, opened, row)
    else:
        opened = for_applicant(work, viewer, public_id)
        row = _document(work, opened, document_id)
    if row.scan in UNAVAILABLE:
        raise Refused("being_checked")
    return OpenedFile(row.name, row.media_type, work.office.store.get(row.store_key))


def _document(work: Work, opened: Opened, document_id: str) -> Document:
    query = select(Document).where(
        Document.public_id == document_id,
        Document.dossier_id == opened.dossier.id,
        Document.purged_at.is_(None),
    )
    row = work.session.scalar(query)
    if row is None:
        raise NotFound("document")
    return row


def _journal(work: Work, viewer: Viewer, opened: Opened, row: Document) -> None:
    journal.record(
        work.session,
        stream=f"account:{viewer.account_id}",
        actor=actor_of(viewer, opened.slug),
        action="read_document",
        at=work.now,
        payload={"document": row.public_id},
        dossier_id=opened.dossier.id,
    )

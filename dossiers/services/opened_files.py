"""Opening a document: who may, what of it they are given, and what the journal keeps of it.

The store is read after the transaction: it may be at the other end of a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import select

from dossiers import journal
from dossiers.access import Viewer
from dossiers.database import Document
from dossiers.office import Office
from dossiers.outside.contents import images, pdfs, stamping
from dossiers.outside.store import Missing
from dossiers.services import opinions
from dossiers.services.desk import Work, followed_by
from dossiers.services.filling import UNAVAILABLE
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import Opened, for_applicant, for_staff, roles_in
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from engine.asked.parties import hidden_from
from engine.kinds.file import is_identity
from engine.language import Scheme
from engine.language.model import Field
from renderers.documents import reserved

SHOWN = frozenset({"image/jpeg", "image/png", pdfs.MEDIA_TYPE})  # what a browser shows by itself, and safely
PICTURES = frozenset({"image/jpeg", "image/png", "image/tiff"})


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A document to download; its name is its sender's, so it is data. `shown`: a browser may show it in a tab."""

    name: str
    media_type: str
    content: bytes
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """A document somebody may open. `words` are written across the copy they get, "" for none."""

    name: str
    media_type: str
    store_key: str
    words: str = ""


def with_content(office: Office, found: Allowed) -> OpenedFile:
    content = _stored(office, found)
    if found.words:
        content = stamping.stamped(content, found.media_type, found.words)
        name = f"{PurePosixPath(found.name).stem}.pdf"
        return OpenedFile(name, pdfs.MEDIA_TYPE, content, not pdfs.is_lively(content))
    shown = found.media_type in SHOWN and not (
        found.media_type == pdfs.MEDIA_TYPE and pdfs.is_lively(content)
    )
    return OpenedFile(found.name, found.media_type, content, shown)


def _in_small(office: Office, found: Allowed) -> OpenedFile:
    return OpenedFile(found.name, images.JPEG, images.thumbnail(_stored(office, found)), shown=True)


def _stored(office: Office, found: Allowed) -> bytes:
    try:
        return office.store.get(found.store_key)
    except Missing as error:  # erased between the transaction and now
        raise NotFound("document") from error


@followed_by(with_content)
def open_file(work: Work, viewer: Viewer, public_id: str, document_id: str) -> Allowed:
    """A document's content. What staff read is journalled, so this is an act.

    Raises NotFound (hidden from the viewer's roles, too), Refused("being_checked") before the scanner has seen it.
    """
    opened, row = _allowed(work, viewer, public_id, document_id)
    words = ""
    if viewer.kind == "staff":
        _journal(work, viewer, opened, row)
        words = stamp_of(work, opened, row)
    return Allowed(row.name, row.media_type, row.store_key, words)


def stamp_of(work: Work, opened: Opened, row: Document) -> str:
    """What is written across an identity document, in the dossier's language; "" for any other."""
    field = field_of(opened.scheme, row.field)
    if field is None or not is_identity(field):
        return ""
    return reserved(work.office.organisation.name, opened.dossier.reference or "", opened.dossier.language)


def field_of(scheme: Scheme, path: str | None) -> Field | None:
    """The file field a document was sent under; in a row, "repeat/field"."""
    id, _, inner = (path or "").partition("/")
    field = scheme.fields.get(id)
    return field.fields.get(inner) if field is not None and inner else field


@followed_by(_in_small)
def thumbnail(work: Work, viewer: Viewer, public_id: str, document_id: str) -> Allowed:
    """A picture in small, as lists show it: nothing of a sensitive document. Raises NotFound, Refused as open_file."""
    opened, row = _allowed(work, viewer, public_id, document_id)
    field = field_of(opened.scheme, row.field)
    kept_apart = field is None or field.sensitive or is_identity(field)
    if row.media_type not in PICTURES or (viewer.kind == "staff" and kept_apart):
        raise NotFound("document")
    return Allowed(row.name, row.media_type, row.store_key)


def _allowed(work: Work, viewer: Viewer, public_id: str, document_id: str) -> tuple[Opened, Document]:
    if viewer.kind == "staff":
        opened = for_staff(work, viewer, public_id)
        row = document(work, opened, document_id)
        hidden = hidden_ids(opened.scheme, roles_in(viewer, opened.slug))
        told = opinions.may_open(work, opened.scheme, row, hidden)
        if {*(row.field or "").split("/")} & hidden or not told:
            raise NotFound("document")
    else:
        opened = for_applicant(work, viewer, public_id)
        row = document(work, opened, document_id)
        if row.origin == "opinion" or row.field in hidden_from(opened.scheme, opened.party):
            raise NotFound("document")
    if row.scan in UNAVAILABLE:
        raise Refused("being_checked")
    return opened, row


def document(work: Work, opened: Opened, document_id: str) -> Document:
    """A document of the dossier that was not erased. Raises NotFound."""
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

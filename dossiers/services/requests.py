"""Requests to the applicant: read with their points, answered point by point until the whole is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update

from dossiers.access import Viewer
from dossiers.database import Document, Request, RequestPoint
from dossiers.services import attachments, uploads
from dossiers.services.correspondence import LONGEST
from dossiers.services.desk import Work, preceded_by
from dossiers.services.document_views import document_view
from dossiers.services.draft_views import AnswerChange
from dossiers.services.erasure import erase_documents
from dossiers.services.opened import Opened, for_applicant
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.request_views import PointView, RequestView
from dossiers.services.uploads import Upload
from dossiers.services.views import DocumentView
from engine.asked.cells import asked_again, head_of
from engine.language import Scheme
from engine.language.model import APPLICANT, Field

Changes = Mapping[int, Sequence[AnswerChange]]


def every(
    work: Work, opened: Opened, changes: Changes, hidden: Collection[str] = ()
) -> tuple[RequestView, ...]:
    """The requests made about a dossier, newest first, without the points about what is hidden from who reads.

    `changes`: what each filing changed, by its number.
    """
    query = select(Request).where(Request.dossier_id == opened.dossier.id).order_by(Request.id.desc())
    rows = list(work.session.scalars(query))
    return _views(work, opened.scheme, rows, changes, hidden)


def open_now(work: Work, opened: Opened, hidden: Collection[str] = ()) -> RequestView | None:
    """The request the applicant has to answer; None when there is none."""
    query = select(Request).where(Request.dossier_id == opened.dossier.id, Request.closed_at.is_(None))
    rows = list(work.session.scalars(query))
    found = next(iter(_views(work, opened.scheme, rows, {}, hidden)), None)
    return found and replace(found, points=tuple(one for one in found.points if not one.is_gone))


def require_answered(work: Work, opened: Opened) -> RequestView | None:
    """The request that is answered now. Raises Refused("document_awaited") while a document asked by name has neither come
    nor been excused."""
    request = open_now(work, opened)
    waiting = [point.document for point in request.points if point.is_waiting] if request else []
    if waiting:
        raise Refused("document_awaited", documents=tuple(waiting))
    return request


@preceded_by(attachments.received, undo=uploads.take_back)
def answer(
    work: Work,
    viewer: Viewer,
    public_id: str,
    point_id: int,
    *,
    said: str = "",
    files: Sequence[Upload] = (),
) -> None:
    """Answer one point: a document asked by name, or a word on why it can't be given. It is the office's once the whole
    is sent.

    Raises NotFound, Unkept when a file can't be taken, Refused: too_long.
    """
    opened, point = _point(work, viewer, public_id, point_id)
    text = said.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refused("too_long", max=LONGEST)
    if files and point.document is None:
        raise NotFound("point")  # the file of a field is sent on its own page
    sent = work.prepared[attachments.NAME]
    there = len(_documents(work, [point_id]).get(point_id, ()))
    attachments.attach(work, opened.dossier.id, sent, origin="asked", there=there, point_id=point_id)
    work.session.execute(update(RequestPoint).where(RequestPoint.id == point_id).values(said=text))


def take_back(work: Work, viewer: Viewer, public_id: str, point_id: int, document_id: str) -> None:
    """Take back a document sent for a point, before the whole is sent: it is erased. Raises NotFound."""
    _point(work, viewer, public_id, point_id)
    theirs = (Document.public_id == document_id, Document.point_id == point_id, Document.purged_at.is_(None))
    row = work.session.scalar(select(Document).where(*theirs))
    if row is None:
        raise NotFound("document")
    erase_documents(work, [row])


def _point(work: Work, viewer: Viewer, public_id: str, point_id: int) -> tuple[Opened, Any]:
    """An open point of the applicant's own dossier, which is locked. Raises NotFound."""
    opened = for_applicant(work, viewer, public_id, lock=True)
    query = (
        select(RequestPoint.field, RequestPoint.document)
        .join(Request, Request.id == RequestPoint.request_id)
        .where(
            RequestPoint.id == point_id,
            Request.dossier_id == opened.dossier.id,
            Request.closed_at.is_(None),
        )
    )
    row = work.session.execute(query).first()
    if row is None or not _is_theirs(opened, row.field):
        raise NotFound("point")
    return opened, row


def _is_theirs(opened: Opened, field: str | None) -> bool:
    """Whether a point is for who looks: that of a party's page is theirs, the others are the applicant's."""
    if field is None or head_of(field) not in opened.scheme.fields:
        return opened.party == APPLICANT
    return opened.scheme.page_of(head_of(field)).asked_of == opened.party


def _views(
    work: Work, scheme: Scheme, rows: Sequence[Request], changes: Changes, hidden: Collection[str]
) -> tuple[RequestView, ...]:
    points = _points(work, [row.id for row in rows])
    documents = _documents(work, [point.id for found in points.values() for point in found])
    return tuple(
        RequestView(
            row.id,
            row.asked_by,
            row.asked_at,
            row.until,
            row.closed_at,
            row.outcome,  # type: ignore[arg-type]
            row.filing,
            tuple(
                _view(scheme, point, documents.get(point.id, ()), changes.get(row.filing or 0, ()))
                for point in points[row.id]
                if head_of(point.field or "") not in hidden
            ),
            row.about,
        )
        for row in rows
    )


def _points(work: Work, requests: Sequence[int]) -> Mapping[int, list[RequestPoint]]:
    found: dict[int, list[RequestPoint]] = defaultdict(list)
    if requests:
        query = select(RequestPoint).where(RequestPoint.request_id.in_(requests)).order_by(RequestPoint.id)
        for point in work.session.scalars(query):
            found[point.request_id].append(point)
    return found


def _documents(work: Work, points: Sequence[int]) -> dict[int, tuple[DocumentView, ...]]:
    found: dict[int, tuple[DocumentView, ...]] = {}
    if points:
        theirs = (Document.point_id.in_(points), Document.purged_at.is_(None))
        for row in work.session.scalars(select(Document).where(*theirs).order_by(Document.id)):
            assert row.point_id is not None
            found[row.point_id] = (*found.get(row.point_id, ()), document_view(row))
    return found


def _view(
    scheme: Scheme, point: RequestPoint, documents: tuple[DocumentView, ...], changes: Sequence[AnswerChange]
) -> PointView:
    """A point; one about a field that this version doesn't have any more is told by its name."""
    field = _field(scheme, point.field or "")
    change = next((one for one in changes if one.field.id == head_of(point.field or "")), None)
    is_gone = point.field is not None and field is None
    name = point.document or (point.field or "" if is_gone else "")
    return PointView(point.id, field, name, point.remark, point.said, documents, change, is_gone)


def _field(scheme: Scheme, name: str) -> Field | None:
    try:
        return asked_again(scheme, name)
    except KeyError:
        return None

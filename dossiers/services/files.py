"""Documents of a dossier: send, take back; opening them is in opened_files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossiers.access import Viewer
from dossiers.services import row_documents, uploads
from dossiers.services.dating import dated
from dossiers.services.desk import Work, preceded_by
from dossiers.services.filling import Filling, filling, keep, named_in, read
from dossiers.services.filling_view import view_of
from dossiers.services.incoming import give_way, received
from dossiers.services.opened import for_applicant
from dossiers.services.opened_files import OpenedFile, document, open_file, thumbnail
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.taking_out import without
from dossiers.services.uploads import Upload
from dossiers.services.views import ApplicationView, Rejected, Saved
from engine.language.model import Field
from engine.problems import AnswerProblem

__all__ = ["InRow", "OpenedFile", "Upload", "add", "add_to_row", "open_file", "remove", "thumbnail"]


@preceded_by(uploads.received_for, undo=uploads.take_back)
def add(
    work: Work,
    viewer: Viewer,
    public_id: str,
    field: str,
    *,
    uploads: Sequence[Upload],
    replacing: str = "",
    form: Mapping[str, list[str]] | None = None,
) -> Saved | Rejected:
    """Add documents to a file field of a page that is open, and to nothing else; `replacing` one that is there;
    `form` holds the date typed beside them.

    A field hidden now takes them too: the page may have shown it already, its other answers not being saved yet.
    Raises NotFound, Refused("not_editable").
    """
    before = filling(work, for_applicant(work, viewer, public_id, lock=True))
    asked = before.opened.scheme.fields.get(field)
    if asked is None or asked.kind != "file" or not before.journey.may_visit(asked.page):
        raise NotFound("field")
    if not before.may_change(asked):
        raise Refused("not_editable")
    found = received(work, before, (asked,), replacing)
    answers = {**before.answers, **found.answers}
    dates = dated((asked,), form or {}, answers)
    saved = keep(work, before, read(work, before.opened, {**answers, **dates.answers}), [])
    view = view_of(work, saved)
    if problems := (*found.problems, *dates.problems):
        return Rejected(problems, {}, view, found.twice)
    return Saved(view, asked.page, twice=found.twice)


@dataclass(frozen=True, slots=True)
class InRow:
    """A question of a row, `inner` of `repeat`, once documents were sent for it: the controls that carry them in the form,
    and what is wrong with some, by the path within the row."""

    view: ApplicationView
    repeat: Field
    inner: Field
    typed: Mapping[str, list[str]]
    problems: tuple[AnswerProblem, ...]
    twice: tuple[str, ...]


@preceded_by(uploads.received_for, undo=uploads.take_back)
def add_to_row(
    work: Work,
    viewer: Viewer,
    public_id: str,
    control: str,
    *,
    uploads: Sequence[Upload],
    replacing: str = "",
    form: Mapping[str, list[str]] | None = None,
) -> InRow:
    """Keep documents for a question of a row (`invoices-0-proof`); `form` holds the ids and the date that stand there.

    The draft stays as it is: the ids travel with the row, and are kept when the page or its script sends the row, so
    that two tabs that disagree about rows are told. Raises NotFound, Refused("not_editable").
    """
    before = filling(work, for_applicant(work, viewer, public_id, lock=True))
    repeat, inner = _in_row(before, control)
    if not before.may_change(repeat):
        raise Refused("not_editable")
    rows = row_documents.take_in(work, before.opened.dossier.id, (repeat,), form or {}, replacing=replacing)
    path = tuple(AnswerProblem(one.path[2:], one.code, one.params) for one in rows.problems)
    return InRow(view_of(work, before), repeat, inner, rows.form, path, tuple(rows.twice))


def _in_row(before: Filling, control: str) -> tuple[Field, Field]:
    """The repeat and the question of a control in its rows, on a page that may be visited. Raises NotFound."""
    scheme, place = before.opened.scheme, row_documents.place_of(control)
    repeat = scheme.fields.get(place[0]) if place else None
    inner = repeat.fields.get(place[2]) if place and repeat else None
    if place is None or repeat is None or inner is None or inner.kind != "file":
        raise NotFound("field")
    page = f"{inner.page}-{place[1] + 1}" if scheme.form[inner.page].for_each else repeat.page
    if not before.journey.may_visit(page):
        raise NotFound("field")
    return repeat, inner


def remove(work: Work, viewer: Viewer, public_id: str, document_id: str) -> ApplicationView:
    """Take a document out of the draft; it is erased unless an earlier filing names it. Raises NotFound, Refused."""
    opened = for_applicant(work, viewer, public_id, lock=True)
    before = filling(work, opened)
    row = document(work, opened, document_id)
    path = named_in(before.answers).get(document_id, (row.field or "", None))[0]
    asked = opened.scheme.fields.get(path.partition("/")[0])
    if row.origin != "answer" or asked is None or not before.may_change(asked):
        raise Refused("not_editable")
    answers = without(before.answers, document_id)
    saved = keep(work, before, read(work, opened, answers), [])
    give_way(work, before, document_id)
    return view_of(work, saved)

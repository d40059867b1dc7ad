"""The rows of a repeat while a form is filled in: one more, one less, or two in each other's place; nothing is demanded yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dossiers.access import Viewer
from dossiers.services import row_documents, uploads
from dossiers.services.conflicts import NOWHERE, Source, settled
from dossiers.services.desk import Work, preceded_by
from dossiers.services.filling import Filling, keep, read
from dossiers.services.filling_view import view_of
from dossiers.services.incoming import received
from dossiers.services.pages_seen import seen_swapped, seen_without
from dossiers.services.refusals import Refused
from dossiers.services.row_pages import completed
from dossiers.services.rows import Form, with_row, with_rows_swapped, without_row
from dossiers.services.uploads import Uploads
from dossiers.services.views import Rejected, Saved
from dossiers.services.visiting import is_stale, presented, resolved, visited
from engine.answers import read_form
from engine.asked.cells import cell_of, head_of
from engine.language import Scheme


@dataclass(frozen=True, slots=True)
class _Change:
    """What happens to the rows of `field` in a form, and to the pages sent of those rows."""

    field: str
    form: Callable[[Form], Form]
    seen: Callable[[Scheme, Sequence[str]], Sequence[str]] = lambda scheme, seen: seen


@preceded_by(uploads.received, undo=uploads.take_back)
def add_row(
    work: Work,
    viewer: Viewer,
    public_id: str,
    page_id: str,
    *,
    field: str,
    form: Mapping[str, list[str]],
    files: Uploads | None = None,
    source: Source = NOWHERE,
) -> Saved | Rejected:
    """Add an empty row to a repeat, keeping what was typed on the page; nothing is demanded yet."""
    return _change_rows(
        work,
        viewer,
        public_id,
        page_id,
        form=form,
        change=_Change(field, partial(with_row, field=field)),
        source=source,
    )


def remove_row(
    work: Work,
    viewer: Viewer,
    public_id: str,
    page_id: str,
    *,
    field: str,
    index: int,
    form: Mapping[str, list[str]],
    source: Source = NOWHERE,
) -> Saved | Rejected:
    """Remove a row of a repeat (counted from 0), keeping what was typed on the rest of the page."""
    change = _Change(
        field, partial(without_row, field=field, index=index), partial(seen_without, field=field, index=index)
    )
    return _change_rows(work, viewer, public_id, page_id, form=form, change=change, source=source)


def move_row(
    work: Work,
    viewer: Viewer,
    public_id: str,
    page_id: str,
    *,
    field: str,
    index: int,
    to: int,
    form: Mapping[str, list[str]],
    source: Source = NOWHERE,
) -> Saved | Rejected:
    """Put a row of a repeat in the place of another, and that one in its place; what was typed stays with its row."""
    change = _Change(
        field,
        partial(with_rows_swapped, field=field, index=index, other=to),
        partial(seen_swapped, field=field, index=index, other=to),
    )
    return _change_rows(work, viewer, public_id, page_id, form=form, change=change, source=source)


def _change_rows(
    work: Work,
    viewer: Viewer,
    public_id: str,
    page_id: str,
    *,
    form: Form,
    change: _Change,
    source: Source,
) -> Saved | Rejected:
    before, page = visited(work, viewer, public_id, page_id)
    _require_open(before, change.field)
    form = change.form(completed(before, page, form))
    seen = change.seen(before.opened.scheme, before.draft.seen)
    before = replace(before, draft=replace(before.draft, seen=seen))
    fields = presented(before, page, None, form)
    rows = row_documents.take_in(work, before.opened.dossier.id, fields, form)
    sent = settled(before, fields, resolved(rows, read_form(fields, rows.form)), source, page.row)
    papers = received(work, before, fields)
    answers = {**before.answers, **sent.found.answers, **papers.answers}
    saved = keep(
        work, before, read(work, before.opened, answers, before.kept), [], typed=sent.typed, tab=source.tab
    )
    twice = (*papers.twice, *rows.twice)
    problems = (*sent.found.problems, *rows.problems, *papers.problems)
    if problems or sent.disputed:
        return Rejected(problems, sent.found.typed, view_of(work, saved), twice, conflicts=sent.disputed)
    return Saved(view_of(work, saved), page_id, is_stale(before, source.revision))


def _require_open(before: Filling, name: str) -> None:
    """Refuse to touch the rows of a repeat of which a correction leaves some questions open only."""
    repeat = before.opened.scheme.fields.get(head_of(name))
    cells = before.open_cells(repeat) if repeat is not None and repeat.fields else None
    within = cell_of(name)
    if cells is not None and (within is None or (within.row, within.inner) not in cells):
        raise Refused("not_editable")

"""The page somebody is answering: whether it may be, the fields it showed, what its controls say."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dossiers.access import Viewer
from dossiers.services.desk import Work
from dossiers.services.filling import Filling, filling
from dossiers.services.opened import for_applicant
from dossiers.services.refusals import Refused
from dossiers.services.row_documents import RowDocuments
from dossiers.services.submission import stopped
from engine.answers import FormAnswers
from engine.asked import AskedPage
from engine.language.model import Field


def visited(work: Work, viewer: Viewer, public_id: str, page_id: str) -> tuple[Filling, AskedPage]:
    """The draft, locked, and the page, when it may be answered now."""
    found = filling(work, for_applicant(work, viewer, public_id, lock=True))
    journey = found.journey
    if page_id not in journey.ids:
        raise Refused("no_such_page", page=page_id)
    if not journey.may_visit(page_id):
        raise stopped(journey) if journey.stopped else Refused("incomplete", page=journey.first_incomplete)
    return found, next(step.asked for step in journey.steps if step.id == page_id)


def presented(
    before: Filling, page: AskedPage, asked: Collection[str] | None, sent: Iterable[str]
) -> tuple[Field, ...]:
    """The fields a page showed, among those that may be changed: as it says itself, else those asked and those sent."""
    shown = {*before.reading.asked, *(name.partition("-")[0] for name in sent)} if asked is None else asked
    fields = page.fields if page.row is not None else page.page.fields.values()
    return tuple(field for field in fields if field.id in shown and before.may_change(field))


def resolved(rows: RowDocuments, found: FormAnswers) -> FormAnswers:
    """The form read, with the documents of its rows."""
    return FormAnswers({**found.answers, **rows.resolved(found.answers)}, found.problems, found.typed)


def is_stale(before: Filling, revision: int | None) -> bool:
    """Whether the draft was written since the page was made."""
    return revision is not None and revision != before.draft.revision

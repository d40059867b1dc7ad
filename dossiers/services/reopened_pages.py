"""The pages a correction is about, and where one goes on to from a page."""

from __future__ import annotations

from dossiers.services.views import ApplicationView
from engine.asked import AskedPage
from engine.asked.cells import cell_of

CHECK = "check"


def is_reopened(view: ApplicationView, page: AskedPage) -> bool:
    """Whether a correction is about something on a page: a field of it, or a question of a row that stands there."""
    if view.signs or view.later is not None:
        return False
    here = {one.id for one in page.fields}
    cells = (cell_of(name) for name in view.reopened or ())
    of_rows = any(one is not None and page.shows((one.field, one.row, one.inner)) for one in cells)
    return of_rows or any(name in here for name in view.reopened or ())


def onward_from(view: ApplicationView, page_id: str) -> str:
    """The page to show after one that is saved: what isn't filled in, else what the correction asks further on; "check" at last."""
    journey = view.journey
    if journey.first_incomplete or page_id not in journey.ids:
        return journey.first_incomplete or CHECK
    further = journey.steps[journey.ids.index(page_id) + 1 :]
    return next((step.id for step in further if is_reopened(view, step.asked)), CHECK)

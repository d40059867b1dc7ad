"""Effects `export` and `export_over`: the file of an export is made, and erased when its time is over."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from dossiers.effects.outcome import Done, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services import export_steps
from dossiers.services.desk import Desk, Work
from dossiers.services.export_parts import Parts
from dossiers.services.export_steps import ToMake
from dossiers.services.refusals import NotFound
from renderers.exports import NotInstalled, TooLarge

TOLD = 50  # times the page is told how far it is


def run(job: Claimed, office: Office) -> Outcome:
    """Make the export `id`. Begun again after a death, it replaces what it had written."""
    desk = Desk(office)
    waiting: ToMake | None = desk.read(export_steps.to_make, job.options["id"])
    if waiting is None:
        return Done()
    parts = Parts(office.store, waiting.public_id)
    try:
        made, told = desk.read(export_steps.make, waiting, parts, _told(desk, waiting.id))
    except (NotFound, NotInstalled, TooLarge) as error:
        code = {NotInstalled: "no_parquet", TooLarge: "too_large"}.get(type(error), "no_right")
        return Done(_record(office, lambda work: export_steps.note_failed(work, waiting, code)))
    parts.close()
    return Done(_record(office, lambda work: export_steps.note_made(work, waiting, made, parts, told)))


def run_over(job: Claimed, office: Office) -> Outcome:
    """Erase the file of the export `id`."""
    Desk(office).act(export_steps.over, job.options["id"])
    return Done()


def _told(desk: Desk, id: int) -> Callable[[int, int], None]:
    """What tells how far it is: some times in all, each an act of its own."""
    last = 0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if done * TOLD // max(total, 1) > last:
            last = done * TOLD // max(total, 1)
            desk.act(export_steps.note_progress, id, done, total)

    return tell


def _record(office: Office, write: Callable[[Work], None]) -> Callable[[Session], None]:
    return lambda session: write(Work(session, office, office.clock()))

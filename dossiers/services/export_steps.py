"""The worker's side of exports: what is to be made, how far it is, how it ended, when it is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from dossiers import access, jobs
from dossiers.database import Account, ExportRow, SchemeRow
from dossiers.services import export_making, exports
from dossiers.services.desk import Work, as_of_one_instant
from dossiers.services.export_making import Made, Progress
from dossiers.services.export_options import from_json
from dossiers.services.export_parts import Parts
from dossiers.services.export_plans import Asked
from dossiers.services.open_data import OPEN_DATA, make_open_data
from dossiers.services.refusals import NotFound
from workflows.lifecycle import SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class ToMake:
    """An export that waits: for whom, and what."""

    id: int
    public_id: str
    slug: str
    account_id: int
    asked: Asked


def to_make(work: Work, id: int) -> ToMake | None:
    """An export by its row id; None when it is made already, or given up."""
    query = select(ExportRow, SchemeRow.slug).join(SchemeRow, SchemeRow.id == ExportRow.scheme_id)
    found = work.session.execute(query.where(ExportRow.id == id, ExportRow.state == "waiting")).first()
    if found is None:
        return None
    row: ExportRow = found[0]
    return ToMake(id, row.public_id, found[1], row.account_id, from_json(row.what, row.format, row.options))


@as_of_one_instant
def make(work: Work, waiting: ToMake, out: Parts, progress: Progress) -> tuple[Made, Mapping[str, Any]]:
    """Write it, for the rights its asker has now. Raises NotFound, renderers.exports.NotInstalled, TooLarge."""
    asked = waiting.asked
    viewer = access.staff(work.session, waiting.account_id, asked.language)
    if viewer.kind != "staff":
        raise NotFound("account")
    if asked.what == OPEN_DATA:
        return make_open_data(work, viewer, waiting.slug, out)
    return export_making.make(work, viewer, waiting.slug, asked, out, progress), {}


def note_progress(work: Work, id: int, done: int, total: int) -> None:
    """How much is read by now."""
    work.session.execute(update(ExportRow).where(ExportRow.id == id).values(done=done, total=total))


def note_made(work: Work, waiting: ToMake, made: Made, parts: Parts, told: Mapping[str, Any]) -> None:
    """The file is whole: it is kept for some days."""
    until = work.now + exports.KEPT
    values = {"state": "done", "rows": made.rows, "size": parts.size, "parts": parts.count}
    values |= {"sha256": parts.sha256, "told": dict(told) or None, "ended_at": work.now, "kept_until": until}
    work.session.execute(update(ExportRow).where(ExportRow.id == waiting.id).values(values))
    jobs.add(
        work.session,
        exports.OVER,
        key=f"{exports.OVER}:{waiting.public_id}",
        options={"id": waiting.id},
        run_at=until,
    )
    seen = {"rows": made.rows, "dossiers": made.dossiers, "sensitive": list(made.sensitive)}
    seen |= {"size": parts.size, "sha256": parts.sha256}
    exports.note(work, waiting.slug, _asker(work, waiting), "export_made", waiting.public_id, seen)


def note_failed(work: Work, waiting: ToMake, code: str) -> None:
    """It can't be made: who asked for it reads why."""
    values = {"state": "failed", "code": code, "ended_at": work.now}
    work.session.execute(update(ExportRow).where(ExportRow.id == waiting.id).values(values))
    exports.note(work, waiting.slug, SYSTEM, "export_failed", waiting.public_id, {"code": code})


def over(work: Work, id: int) -> None:
    """Erase the file of an export whose time has come; one that was published since stays."""
    query = select(ExportRow, SchemeRow.slug).join(SchemeRow, SchemeRow.id == ExportRow.scheme_id)
    found = work.session.execute(query.where(ExportRow.id == id)).first()
    if found is None:
        return
    row: ExportRow = found[0]
    if row.state == "done" and row.kept_until is not None and row.kept_until <= work.now:
        exports.end(work, row, found[1], SYSTEM)


def _asker(work: Work, waiting: ToMake) -> Actor:
    name = work.session.scalar(select(Account.name).where(Account.id == waiting.account_id))
    return Actor("staff", str(waiting.account_id), name or "")

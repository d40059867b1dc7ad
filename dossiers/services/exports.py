"""Exports: asked for by somebody who may, made by the worker, kept some days, taken by their asker only; each step is journalled."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

from sqlalchemy import func, insert, select

from dossiers import jobs, journal
from dossiers.access import Viewer
from dossiers.database import ExportRow, SchemeRow
from dossiers.office import Office
from dossiers.services import publication
from dossiers.services.desk import Work, followed_by
from dossiers.services.export_options import to_json
from dossiers.services.export_parts import part_key
from dossiers.services.export_plans import Asked, may_export, plan
from dossiers.services.export_views import ExportsPage, ExportView, Taken
from dossiers.services.open_data import OPEN_DATA, may_publish
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from engine.language import Scheme
from renderers.exports import FORMATS, media_type_of, name_of
from workflows.lifecycle import Actor

JOB, OVER = "export", "export_over"
KEPT = timedelta(days=3)
SHOWN, MOST_WAITING = 50, 3


def page(work: Work, viewer: Viewer, slug: str) -> ExportsPage:
    """What somebody exported of a scheme. Raises NotFound for who may not."""
    scheme = _exportable(work, viewer, slug)
    query = _mine(viewer, slug).order_by(ExportRow.id.desc()).limit(SHOWN)
    found = tuple(_view(row) for row in work.session.scalars(query))
    return ExportsPage(scheme, found, KEPT.days, may_publish(viewer, scheme))


def ask(work: Work, viewer: Viewer, slug: str, asked: Asked) -> str:
    """Ask for an export; its public id. Raises NotFound, Refused: no_parquet, too_many_exports."""
    scheme = _exportable(work, viewer, slug)
    if asked.format not in FORMATS:
        raise NotFound("format")
    if asked.format == "parquet" and find_spec("pyarrow") is None:
        raise Refused("no_parquet")
    if asked.what == OPEN_DATA:
        files = _publishable(viewer, scheme)
    else:
        files = len(plan(work, viewer, slug, asked).sheets)
    waiting = select(func.count()).where(
        ExportRow.account_id == viewer.account_id, ExportRow.state == "waiting"
    )
    if (work.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise Refused("too_many_exports", max=MOST_WAITING)
    public_id = secrets.token_hex(16)
    row: dict[str, Any] = {"public_id": public_id, "account_id": viewer.account_id, "asked_by": viewer.name}
    row |= {"scheme_id": publication.current(work, slug).scheme_id, "asked_at": work.now, "files": files}
    row |= {"what": asked.what, "format": asked.format, "options": to_json(asked), "state": "waiting"}
    id = work.session.scalars(insert(ExportRow).values(row).returning(ExportRow.id)).one()
    jobs.add(work.session, JOB, key=f"{JOB}:{public_id}", options={"id": id}, run_at=work.now)
    told = {"what": asked.what, "format": asked.format, **to_json(asked)}
    note(work, slug, actor_of(viewer, slug), "export_asked", public_id, told)
    return public_id


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A file whose parts are read once the act that lets it go is over."""

    name: str
    media_type: str
    size: int
    keys: tuple[str, ...]


def _taken(office: Office, found: _Leaving) -> Taken:
    content: Iterator[bytes] = (office.store.get(key) for key in found.keys)
    return Taken(found.name, found.media_type, found.size, content)


@followed_by(_taken)
def take_out(work: Work, viewer: Viewer, slug: str, public_id: str) -> _Leaving:
    """The file, for who asked for it and still may. Raises NotFound, Refused("export_over")."""
    _exportable(work, viewer, slug)
    row = _one(work, viewer, slug, public_id)
    if row.state != "done":
        raise Refused("export_over")
    note(work, slug, actor_of(viewer, slug), "export_taken_out", public_id, {"rows": row.rows})
    return leaving(row, slug)


@followed_by(_taken)
def published(work: Work, slug: str) -> _Leaving:
    """The open data of a scheme, for anybody. Raises NotFound where nothing is published."""
    scheme = publication.current(work, slug).scheme
    query = select(ExportRow).join(SchemeRow, SchemeRow.id == ExportRow.scheme_id)
    row = work.session.scalar(
        query.where(SchemeRow.slug == slug, ExportRow.published_at.is_not(None), ExportRow.state == "done")
    )
    if row is None or scheme.open_data is None or not scheme.open_data.is_public:
        raise NotFound("open_data")
    return leaving(row, slug)


def leaving(row: ExportRow, slug: str) -> _Leaving:
    """The file of an export that is done, under the name it leaves by."""
    keys = tuple(part_key(row.public_id, number) for number in range(row.parts))
    ending = name_of(row.format, row.files)
    name = f"{slug}-{row.what}-{row.asked_at:%Y-%m-%d}.{ending}"
    return _Leaving(name, media_type_of(row.format, row.files), row.size or 0, keys)


def erase(work: Work, viewer: Viewer, slug: str, public_id: str) -> None:
    """Erase the file of an export at once. Raises NotFound, Refused("export_over")."""
    _exportable(work, viewer, slug)
    row = _one(work, viewer, slug, public_id)
    if row.state != "done" or row.published_at is not None:
        raise Refused("export_over")
    end(work, row, slug, actor_of(viewer, slug))


def publish(work: Work, viewer: Viewer, slug: str, public_id: str) -> None:
    """Put open data in place of what was published before. Raises NotFound, Refused("export_over")."""
    _publishable(viewer, _exportable(work, viewer, slug))
    row = _one(work, viewer, slug, public_id)
    if row.what != OPEN_DATA:
        raise NotFound("export")
    if row.state != "done" or row.published_at is not None:
        raise Refused("export_over")
    before = select(ExportRow).where(
        ExportRow.scheme_id == row.scheme_id, ExportRow.published_at.is_not(None)
    )
    for old in work.session.scalars(before.with_for_update()):
        old.published_at = None
        end(work, old, slug, actor_of(viewer, slug))
    row.published_at, row.kept_until = work.now, None
    note(work, slug, actor_of(viewer, slug), "open_data_published", public_id, {"rows": row.rows})


def end(work: Work, row: ExportRow, slug: str, by: Actor) -> None:
    """Mark an export erased; its parts go once that is committed."""
    work.discarded.extend(part_key(row.public_id, number) for number in range(row.parts))
    row.state, row.kept_until = "erased", None
    note(work, slug, by, "export_erased", row.public_id, {})


def note(work: Work, slug: str, by: Actor, action: str, public_id: str, told: dict[str, Any]) -> None:
    """Journal what happens to an export, in the scheme's own stream."""
    payload = {"export": public_id, **told}
    journal.record(
        work.session, stream=f"scheme:{slug}", actor=by, action=action, at=work.now, payload=payload
    )


def _exportable(work: Work, viewer: Viewer, slug: str) -> Scheme:
    scheme = publication.current(work, slug).scheme
    if not may_export(viewer, scheme):
        raise NotFound("export")
    return scheme


def _publishable(viewer: Viewer, scheme: Scheme) -> int:
    if not may_publish(viewer, scheme):
        raise NotFound("open_data")
    return 1


def _mine(viewer: Viewer, slug: str) -> Any:
    query = select(ExportRow).join(SchemeRow, SchemeRow.id == ExportRow.scheme_id)
    return query.where(SchemeRow.slug == slug, ExportRow.account_id == viewer.account_id)


def _one(work: Work, viewer: Viewer, slug: str, public_id: str) -> ExportRow:
    query = _mine(viewer, slug).where(ExportRow.public_id == public_id).with_for_update(of=ExportRow)
    found: ExportRow | None = work.session.scalar(query)
    if found is None:
        raise NotFound("export")
    return found


def _view(row: ExportRow) -> ExportView:
    return ExportView(
        row.public_id,
        row.what,
        row.format,
        row.asked_at,
        row.state,  # type: ignore[arg-type]
        row.code,
        row.done,
        row.total,
        row.rows,
        row.size,
        row.kept_until,
        row.published_at,
        bool({**row.options.get("filter", {})}.keys() - {"columns"}),
        row.told or {},
    )

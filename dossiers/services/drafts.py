"""The texts of schemes being written: every save is kept, and none overwrites somebody else's.

A scheme without a draft is read from its version in force, as revision 0; the first save makes the draft.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from authoring.studio.files import UnfitFiles, fitting, scheme_id
from dossiers import journal
from dossiers.access import Viewer
from dossiers.database import SchemeDraft, SchemeRow, SchemeVersion, lock_name
from dossiers.services.accounts import require_administrator
from dossiers.services.desk import Work
from dossiers.services.refusals import NotFound, Refused
from engine.language import Bundle
from workflows.lifecycle import Actor

COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Save:
    """One save: its revision, how it was made ("started", "saved", "restored", "imported") and from what, when, by whom."""

    slug: str
    revision: int
    made: str
    source: str
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """The text of a scheme being written. `last` is its last save, None while the version in force is all there is;
    `changed` says whether the service that returns it wrote anything."""

    slug: str
    revision: int
    files: Mapping[str, str]
    checksum: str
    last: Save | None = None
    changed: bool = True


def every(work: Work, viewer: Viewer) -> tuple[Save, ...]:
    """The last save of each draft. Raises NotFound unless an administrator asks."""
    require_administrator(viewer)
    latest = select(func.max(SchemeDraft.id)).group_by(SchemeDraft.slug)
    query = _saves().where(SchemeDraft.id.in_(latest)).order_by(SchemeDraft.slug)
    return tuple(_save_of(row) for row in work.session.execute(query))


def one(work: Work, viewer: Viewer | None, slug: str) -> DraftView:
    """The text as it stands. Raises NotFound for a scheme nobody wrote, and unless an administrator asks."""
    require_administrator(viewer)
    query = select(SchemeDraft).where(SchemeDraft.slug == slug).order_by(SchemeDraft.revision.desc()).limit(1)
    row = work.session.scalar(query)
    return _view(row) if row is not None else _from_version(work, slug)


def history(work: Work, viewer: Viewer, slug: str) -> tuple[Save, ...]:
    """The saves of a draft, the last one first. Raises NotFound unless an administrator asks."""
    require_administrator(viewer)
    query = _saves().where(SchemeDraft.slug == slug).order_by(SchemeDraft.revision.desc())
    return tuple(_save_of(row) for row in work.session.execute(query))


def at_revision(work: Work, viewer: Viewer, slug: str, revision: int) -> DraftView:
    """The text as one save left it; revision 0 is the version in force. Raises NotFound."""
    require_administrator(viewer)
    query = select(SchemeDraft).where(SchemeDraft.slug == slug, SchemeDraft.revision == revision)
    row = work.session.scalar(query)
    if row is None and revision == 0:
        return _from_version(work, slug)
    if row is None:
        raise NotFound("revision")
    return _view(row)


def version_files(work: Work, viewer: Viewer | None, slug: str, number: int | None = None) -> Bundle:
    """The files of a published version, the one in force when no number is given. Raises NotFound."""
    require_administrator(viewer)
    query = select(SchemeVersion.files).join(SchemeRow).where(SchemeRow.slug == slug)
    wanted = SchemeVersion.retired_at.is_(None) if number is None else SchemeVersion.number == number
    files = work.session.scalar(query.where(wanted))
    if files is None:
        raise NotFound("version")
    return Bundle(files)


def sharing(work: Work, viewer: Viewer, files: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """For each of these shared files, the schemes whose version in force carries one of its name. Raises NotFound."""
    require_administrator(viewer)
    if not files:
        return {}
    query = select(SchemeRow.slug, SchemeVersion.files).join(
        SchemeVersion, SchemeVersion.scheme_id == SchemeRow.id
    )
    rows = work.session.execute(
        query.where(SchemeVersion.retired_at.is_(None)).order_by(SchemeRow.slug)
    ).all()
    return {file: tuple(row.slug for row in rows if file in row.files) for file in files}


def start(work: Work, viewer: Viewer, files: Mapping[str, str], source: str) -> DraftView:
    """Begin a scheme of a text, under the id the text gives itself. Raises Refused: no_scheme_id, draft_exists, bundle_…."""
    require_administrator(viewer)
    kept = _fitting(files)
    slug = scheme_id(kept)
    if not slug:
        raise Refused("no_scheme_id")
    lock_name(work.session, f"draft:{slug}")
    if _last_revision(work, slug) or _is_published(work, slug):
        raise Refused("draft_exists", scheme=slug)
    return _write(work, viewer, slug, kept, "started", source)


def save(
    work: Work, viewer: Viewer, slug: str, changes: Mapping[str, str | None], revision: int, source: str = ""
) -> DraftView:
    """Save some files over revision `revision`; None takes a file away. Nothing is written when nothing changed.

    Raises NotFound, Refused: draft_changed (somebody saved meanwhile), bundle_….
    """
    stands = stands_at(work, viewer, slug, revision)
    files = {**stands.files, **changes}
    kept = _fitting({name: text for name, text in files.items() if text is not None})
    return _written(work, viewer, stands, kept, "saved", source)


def settle(
    work: Work,
    viewer: Viewer,
    slug: str,
    mine: Mapping[str, str | None],
    kept: Mapping[str, str],
    revision: int,
) -> DraftView:
    """Settle two texts: one's own goes into the history, then `kept` is what stands of the files (nothing: the other text).

    What is returned is one's own text, as it was put aside. Raises as `save`.
    """
    stands = stands_at(work, viewer, slug, revision)
    aside = save(work, viewer, slug, mine, revision, "set aside")
    files = _fitting({**stands.files, **kept})
    if Bundle(files).checksum != aside.checksum:
        _write(
            work, viewer, slug, files, "saved" if kept else "restored", "" if kept else f"revision {revision}"
        )
    return aside


def restore(work: Work, viewer: Viewer, slug: str, to: int, revision: int) -> DraftView:
    """Bring back what revision `to` held, as a new save. Raises NotFound, Refused("draft_changed")."""
    stands = stands_at(work, viewer, slug, revision)
    files = at_revision(work, viewer, slug, to).files
    return _written(work, viewer, stands, files, "restored", f"revision {to}")


def restore_version(work: Work, viewer: Viewer, slug: str, number: int, revision: int) -> DraftView:
    """Bring back the text of a published version, as a new save. Raises NotFound, Refused("draft_changed")."""
    stands = stands_at(work, viewer, slug, revision)
    files = version_files(work, viewer, slug, number).files
    return _written(work, viewer, stands, files, "restored", f"version {number}")


def bring_in(work: Work, viewer: Viewer | None, bundle: Bundle, slug: str = "") -> DraftView:
    """Save a whole bundle from elsewhere under the id it gives itself, which must be `slug` when that is given.

    `changed` is False when it is what stands already. Raises Refused: no_scheme_id, other_scheme, bundle_….
    """
    require_administrator(viewer)
    kept = _fitting(bundle.files)
    found = scheme_id(kept)
    if not found:
        raise Refused("no_scheme_id")
    if slug and found != slug:
        raise Refused("other_scheme", found=found, scheme=slug)
    lock_name(work.session, f"draft:{found}")
    try:
        stands = one(work, viewer, found)
    except NotFound:
        return _write(work, viewer, found, kept, "imported", "")
    return _written(work, viewer, stands, kept, "imported", "")


def stands_at(work: Work, viewer: Viewer, slug: str, revision: int) -> DraftView:
    """What stands, locked, when it is still the revision somebody began from. Raises NotFound, Refused("draft_changed")."""
    lock_name(work.session, f"draft:{slug}")
    stands = one(work, viewer, slug)
    if stands.revision != revision:
        last = stands.last
        raise Refused(
            "draft_changed", who=last.saved_by if last else "", at=last.saved_at if last else work.now
        )
    return stands


def _written(
    work: Work, viewer: Viewer | None, stands: DraftView, files: Mapping[str, str], made: str, source: str
) -> DraftView:
    if Bundle(files).checksum == stands.checksum:
        return replace(stands, changed=False)
    return _write(work, viewer, stands.slug, files, made, source)


def _write(
    work: Work, viewer: Viewer | None, slug: str, files: Mapping[str, str], made: str, source: str
) -> DraftView:
    bundle = Bundle(files)
    row: dict[str, Any] = {"slug": slug, "revision": _last_revision(work, slug) + 1, "files": dict(files)}
    row |= {"checksum": bundle.checksum, "made": made, "source": source, "saved_at": work.now}
    row |= {"saved_by": viewer.name if viewer else COMMAND_LINE}
    row |= {"account_id": viewer.account_id if viewer else None}
    work.session.execute(insert(SchemeDraft).values(row))
    payload = {"revision": row["revision"], "checksum": bundle.checksum, "source": source}
    actor = Actor("staff", str(viewer.account_id) if viewer else "", row["saved_by"], frozenset())
    stream = f"scheme:{slug}"
    journal.record(
        work.session, stream=stream, actor=actor, action=f"draft_{made}", at=work.now, payload=payload
    )
    return one(work, viewer, slug)


def _fitting(files: Mapping[str, str]) -> dict[str, str]:
    """The files a text is kept with, those of the library it uses included: what is kept is whole."""
    try:
        return fitting(Bundle(files).with_library().files)
    except UnfitFiles as unfit:
        raise Refused(unfit.code, **unfit.params) from unfit


def _last_revision(work: Work, slug: str) -> int:
    query = select(func.max(SchemeDraft.revision)).where(SchemeDraft.slug == slug)
    return int(work.session.scalar(query) or 0)


def _is_published(work: Work, slug: str) -> bool:
    return work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug)) is not None


def _from_version(work: Work, slug: str) -> DraftView:
    query = select(SchemeVersion.files, SchemeVersion.checksum).join(SchemeRow)
    row = work.session.execute(
        query.where(SchemeRow.slug == slug, SchemeVersion.retired_at.is_(None))
    ).first()
    if row is None:
        raise NotFound("scheme")
    return DraftView(slug, 0, row.files, row.checksum)


def _saves() -> Any:
    return select(
        SchemeDraft.slug,
        SchemeDraft.revision,
        SchemeDraft.made,
        SchemeDraft.source,
        SchemeDraft.saved_at,
        SchemeDraft.saved_by,
    )


def _save_of(row: Any) -> Save:
    return Save(row.slug, row.revision, row.made, row.source, row.saved_at, row.saved_by)


def _view(row: SchemeDraft) -> DraftView:
    return DraftView(row.slug, row.revision, row.files, row.checksum, _save_of(row))

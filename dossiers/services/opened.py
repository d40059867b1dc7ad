"""Finding a dossier for who may see it: everybody else finds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from dossiers.access import Viewer
from dossiers.database import Dossier, SchemeRow, SchemeVersion
from dossiers.services import shelf
from dossiers.services.desk import Work
from dossiers.services.refusals import NotFound
from engine.language import Scheme

_OPEN: Any = (
    select(
        Dossier,
        SchemeVersion.number,
        SchemeVersion.checksum,
        SchemeVersion.retired_at,
        SchemeRow.slug,
        SchemeRow.closed_at,
    )
    .join(SchemeVersion, SchemeVersion.id == Dossier.version_id)
    .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
)
_BY_PUBLIC_ID = _OPEN.where(Dossier.public_id == bindparam("which"))
_BY_ID = _OPEN.where(Dossier.id == bindparam("which"))


def _locked(query: Any) -> Any:
    return query.with_for_update(of=Dossier).execution_options(populate_existing=True)


# Built once: (read, lock) for each way of asking.
BY_PUBLIC_ID = (_BY_PUBLIC_ID, _locked(_BY_PUBLIC_ID))
BY_ID = (_BY_ID, _locked(_BY_ID))


@dataclass(slots=True)
class Opened:
    """A dossier with the scheme it follows: `number` is the version's, `slug` the scheme's.

    `version_id` is the version in force for a draft, whatever it was begun under; the row follows when it is filed.
    """

    dossier: Dossier
    scheme: Scheme
    version_id: int
    number: int
    slug: str
    closed: bool

    @property
    def stream(self) -> str:
        """The dossier's stream in the journal."""
        return f"dossier:{self.dossier.public_id}"


def for_applicant(work: Work, viewer: Viewer, public_id: str, *, lock: bool = False) -> Opened:
    """The applicant's own dossier. Raises NotFound for anybody else's."""
    opened = _open(work, BY_PUBLIC_ID[lock], public_id)
    if opened is None or not is_theirs(viewer, opened.dossier):
        raise NotFound("dossier")
    return opened


def is_theirs(viewer: Viewer, dossier: Dossier) -> bool:
    """Whether a viewer is the applicant: began it in this session, or proved to hold its e-mail address."""
    if viewer.kind != "applicant" or dossier.purged_at is not None:
        return False
    return dossier.id in viewer.dossiers or bool(viewer.email and viewer.email == dossier.email)


def for_staff(work: Work, viewer: Viewer, public_id: str, *, lock: bool = False) -> Opened:
    """A filed dossier of a scheme the viewer serves. Raises NotFound otherwise: drafts are nobody's business."""
    opened = _open(work, BY_PUBLIC_ID[lock], public_id)
    if opened is None or opened.dossier.filed_at is None or not roles_in(viewer, opened.slug):
        raise NotFound("dossier")
    return opened


def roles_in(viewer: Viewer, slug: str) -> frozenset[str]:
    """The roles a member of staff has in a scheme."""
    return viewer.roles.get(slug, frozenset()) if viewer.kind == "staff" else frozenset()


def by_id(work: Work, dossier_id: int, *, lock: bool = True) -> Opened | None:
    """A dossier for the house itself (deadlines, papers), locked unless it is only read."""
    return _open(work, BY_ID[lock], dossier_id)


def _open(work: Work, query: Any, which: str | int) -> Opened | None:
    row = work.session.execute(query, {"which": which}).first()
    if row is None:
        return None
    dossier, number, checksum, retired_at, slug, closed_at = row
    if retired_at is not None and dossier.filed_at is None:
        return _rolled_forward(work, dossier, slug, closed_at is not None)
    scheme = shelf.scheme_of(work.session, dossier.version_id, checksum)
    return Opened(dossier, scheme, dossier.version_id, number, slug, closed_at is not None)


def _rolled_forward(work: Work, dossier: Dossier, slug: str, closed: bool) -> Opened:
    """A draft follows the version in force; a filed dossier keeps its own."""
    query = select(SchemeVersion.id, SchemeVersion.number, SchemeVersion.checksum).where(
        SchemeVersion.scheme_id == dossier.scheme_id, SchemeVersion.retired_at.is_(None)
    )
    version_id, number, checksum = work.session.execute(query).one()
    return Opened(
        dossier, shelf.scheme_of(work.session, version_id, checksum), version_id, number, slug, closed
    )

"""Finding a dossier for who may see it: everybody else finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import manager_of_class, set_committed_value
from sqlalchemy.orm.util import identity_key

from dossiers import sessions
from dossiers.access import Viewer
from dossiers.changes import drafts
from dossiers.changes.drafts import Drafted
from dossiers.database import Dossier, Draft, Party, Recusal, SchemeRow, SchemeVersion, core, table_of
from dossiers.services import perimeters, shelf
from dossiers.services.desk import Work
from dossiers.services.refusals import NotFound
from dossiers.sessions import Known
from engine.language import Scheme
from engine.language.model import APPLICANT
from workflows.situation import Actor

DOSSIERS, VERSIONS, SCHEMES, DRAFTS = map(table_of, (Dossier, SchemeVersion, SchemeRow, Draft))
NAMES = tuple(column.key for column in DOSSIERS.columns)
LOADED = manager_of_class(Dossier)
ABOUT = (
    VERSIONS.c.number,
    VERSIONS.c.checksum,
    VERSIONS.c.retired_at,
    SCHEMES.c.slug,
    SCHEMES.c.closed_at,
)
WHERE = DOSSIERS.join(VERSIONS, VERSIONS.c.id == DOSSIERS.c.version_id).join(
    SCHEMES, SCHEMES.c.id == DOSSIERS.c.scheme_id
)
_LOCKED = select(*DOSSIERS.c, *ABOUT).select_from(WHERE).with_for_update(of=DOSSIERS)
# a draft joined to a row that is waited for would be the one before the wait: acts read it afterwards
_READ = select(*DOSSIERS.c, *ABOUT, *(DRAFTS.c[name] for name in drafts.KEPT)).select_from(
    WHERE.outerjoin(DRAFTS, DRAFTS.c.dossier_id == DOSSIERS.c.id)
)


def _ways(of: Any) -> tuple[Any, Any]:
    """Built once: to read, and to lock."""
    return _READ.where(of == bindparam("which")), _LOCKED.where(of == bindparam("which"))


BY_PUBLIC_ID, BY_ID = _ways(DOSSIERS.c.public_id), _ways(DOSSIERS.c.id)
# the session of who asks, and beside it the dossier the page is about: one statement less at each page
_WITH_SESSION = (
    select(*sessions.KEPT, *DOSSIERS.c, *ABOUT, *(DRAFTS.c[name] for name in drafts.KEPT))
    .select_from(
        sessions.SESSIONS.outerjoin(DOSSIERS, DOSSIERS.c.public_id == bindparam("which"))
        .outerjoin(VERSIONS, VERSIONS.c.id == DOSSIERS.c.version_id)
        .outerjoin(SCHEMES, SCHEMES.c.id == DOSSIERS.c.scheme_id)
        .outerjoin(DRAFTS, DRAFTS.c.dossier_id == DOSSIERS.c.id)
    )
    .where(sessions.HASHED)
)


@dataclass(slots=True)
class Opened:
    """A dossier with the scheme it follows: `number` is the version's, `slug` the scheme's.

    `version_id` is the version in force for a draft, whatever it was begun under; the row follows when it is filed.
    `party` is who of those it concerns looks at it; `is_older`: it was filed under a version no longer in force. When the row is not `locked`, it was only read, with its `draft`, and what is changed on it is not kept.
    """

    dossier: Dossier
    scheme: Scheme
    version_id: int
    number: int
    slug: str
    closed: bool
    locked: bool
    draft: Drafted | None
    party: str = APPLICANT
    is_older: bool = False
    in_force: Scheme | None = None

    @property
    def ruling(self) -> Scheme:
        """The version that says who sees which dossiers, once `for_staff` has found it."""
        return self.in_force or self.scheme

    @property
    def stream(self) -> str:
        """The dossier's stream in the journal."""
        return f"dossier:{self.dossier.public_id}"


def session_before(work: Work, token: str, public_id: str) -> Known | None:
    """The session of a token, as `sessions.find` gives it; the row of a dossier is read with it, for whoever opens that next."""
    asked = {"hashed": sessions.digest(token), "which": public_id}
    row = core(work.session).execute(_WITH_SESSION, asked).first()
    if row is None:
        return None
    about = row[len(sessions.KEPT) :]
    if about[0] is not None:
        work.ahead[public_id] = about
    return sessions.known(row[: len(sessions.KEPT)], work.office, work.now)


def for_applicant(work: Work, viewer: Viewer, public_id: str, *, lock: bool = False) -> Opened:
    """The applicant's own dossier, or one the viewer was invited to. Raises NotFound for anybody else's."""
    opened = _open(work, BY_PUBLIC_ID, public_id, lock)
    party = None if opened is None else party_of(work, viewer, opened)
    if opened is None or party is None:
        raise NotFound("dossier")
    opened.party = party
    return opened


def party_of(work: Work, viewer: Viewer, opened: Opened) -> str | None:
    """Which of those a dossier concerns the viewer is; None for anybody else."""
    if is_theirs(viewer, opened.dossier):
        return APPLICANT
    if not opened.scheme.parties or viewer.kind != "applicant" or not viewer.email:
        return None
    if opened.dossier.purged_at is not None:
        return None
    query = select(Party.role).where(
        Party.dossier_id == opened.dossier.id,
        Party.email == viewer.email,
        Party.role.in_(list(opened.scheme.parties)),
        Party.invited_at.is_not(None),
        Party.declined_at.is_(None),
    )
    return work.session.scalar(query.order_by(Party.id).limit(1))


def actor_of_party(opened: Opened) -> Actor:
    """Who acts, for the workflow and the journal: the applicant, or a party by its name in the scheme."""
    if opened.party == APPLICANT:
        return Actor("applicant", APPLICANT, "")
    return Actor(
        "party", opened.party, opened.scheme.parties[opened.party].label.plain(opened.dossier.language)
    )


def is_theirs(viewer: Viewer, dossier: Dossier) -> bool:
    """Whether a viewer is the applicant: began it in this session, or proved to hold its e-mail address."""
    if viewer.kind != "applicant" or dossier.purged_at is not None:
        return False
    typed_for_somebody = dossier.typed_by is not None and dossier.filed_at is not None
    begun = (
        dossier.id in viewer.dossiers and not typed_for_somebody
    )  # who typed it for somebody reads it no more
    return begun or bool(viewer.email and viewer.email == dossier.email)


def for_staff(work: Work, viewer: Viewer, public_id: str, *, lock: bool = False) -> Opened:
    """A filed dossier of a scheme the viewer serves. Raises NotFound otherwise: drafts are nobody's business."""
    opened = _open(work, BY_PUBLIC_ID, public_id, lock)
    if opened is None:
        raise NotFound("dossier")
    require_reach(work, viewer, opened)
    return opened


def require_reach(work: Work, viewer: Viewer, opened: Opened) -> None:
    """Raise NotFound unless a member of staff may know of a dossier that is open already, as `for_staff` does."""
    if opened.dossier.filed_at is None or not roles_in(viewer, opened.slug):
        raise NotFound("dossier")
    aside = opened.scheme.workflow.votes and steps_aside(work, viewer, opened.dossier)
    if aside or not _within(work, viewer, opened):
        raise NotFound("dossier")


def steps_aside(work: Work, viewer: Viewer, dossier: Dossier) -> bool:
    """Whether a member of a vote has an interest in a dossier, which they then don't see."""
    mine = (Recusal.dossier_id == dossier.id, Recusal.account_id == viewer.account_id)
    return work.session.scalar(select(Recusal.account_id).where(*mine)) is not None


def _within(work: Work, viewer: Viewer, opened: Opened) -> bool:
    """Whether a dossier is one the viewer may know of, as the version in force says: lists go by it, too."""
    if opened.is_older:
        version_id, _, checksum = _in_force(work, opened.dossier)
        opened.in_force = shelf.scheme_of(work.session, version_id, checksum)
    return perimeters.reaches(work, viewer, opened.ruling, opened.dossier.id)


def roles_in(viewer: Viewer, slug: str) -> frozenset[str]:
    """The roles a member of staff has in a scheme."""
    return viewer.roles.get(slug, frozenset()) if viewer.kind == "staff" else frozenset()


def by_id(work: Work, dossier_id: int, *, lock: bool = True) -> Opened | None:
    """A dossier for the house itself (deadlines, papers), locked unless it is only read."""
    return _open(work, BY_ID, dossier_id, lock)


def current_draft(work: Work, opened: Opened) -> Drafted | None:
    """The draft of a dossier as it is now; None when it is filed and no correction is open."""
    return drafts.find(work.session, opened.dossier.id) if opened.locked else opened.draft


def _open(work: Work, ways: tuple[Any, Any], which: str | int, lock: bool) -> Opened | None:
    if lock:
        work.session.flush()  # an act that changed it already must find it as changed
    row = None if lock else work.ahead.pop(which, None)
    if row is None:
        row = core(work.session).execute(ways[lock], {"which": which}).first()
    if row is None:
        return None
    dossier = _dossier(work, row, lock)
    number, checksum, retired_at, slug, closed_at, *kept = row[len(NAMES) :]
    draft = Drafted(*kept) if kept and kept[0] is not None else None  # its answers are never null
    version_id, is_retired = dossier.version_id, retired_at is not None
    if is_retired and dossier.filed_at is None:
        version_id, number, checksum = _in_force(work, dossier)
    scheme = shelf.scheme_of(work.session, version_id, checksum)
    if dossier.filed_at is None and dossier.state not in scheme.workflow.states:
        dossier.state = scheme.workflow.start.id  # the state drafts are in may bear another name
    older = is_retired and dossier.filed_at is not None
    return Opened(
        dossier, scheme, version_id, number, slug, closed_at is not None, lock, draft, is_older=older
    )


def _dossier(work: Work, row: Sequence[Any], lock: bool) -> Dossier:
    """The row as a mapped object, without asking the mapper, which would take as long again as the statement itself.

    A locked one belongs to the act's session, which writes what is changed on it.
    """
    values = dict(zip(NAMES, row, strict=False))
    if not lock:
        return _loaded(values)
    known: Dossier | None = work.session.identity_map.get(identity_key(Dossier, row[0]))
    if known is None:
        known = _loaded(values)
        make_transient_to_detached(known)
        work.session.add(known)
    else:
        for name, value in values.items():
            set_committed_value(known, name, value)
    return known


def _loaded(values: dict[str, Any]) -> Dossier:
    """As the mapper makes what it has read: its constructor would note each column as a change."""
    dossier: Dossier = LOADED.new_instance()
    dossier.__dict__.update(values)
    return dossier


def _in_force(work: Work, dossier: Dossier) -> tuple[int, int, str]:
    """A draft follows the version in force; a filed dossier keeps its own."""
    query = select(VERSIONS.c.id, VERSIONS.c.number, VERSIONS.c.checksum).where(
        VERSIONS.c.scheme_id == dossier.scheme_id, VERSIONS.c.retired_at.is_(None)
    )
    version_id, number, checksum = core(work.session).execute(query).one()
    return version_id, number, checksum

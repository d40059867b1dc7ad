"""The lists of the back office: the schemes somebody serves, and the dossiers of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from dossiers import search
from dossiers.access import Viewer
from dossiers.database import Account, DeadlineRow, Dossier, Party, SchemeRow
from dossiers.services import publication
from dossiers.services.desk import Work
from dossiers.services.office_views import InboxRow, InboxView, ServedScheme
from dossiers.services.opened import roles_in
from dossiers.services.parties import APPLICANT
from dossiers.services.refusals import NotFound
from engine.language import Scheme

PER_PAGE = 50

FILED = (Dossier.filed_at.is_not(None),)  # those anonymised too: figures stay


def home(work: Work, viewer: Viewer) -> tuple[ServedScheme, ...]:
    """The schemes a member of staff has a role in, in order of publication, with what waits there."""
    rows = work.session.execute(select(SchemeRow.id, SchemeRow.slug).order_by(SchemeRow.id)).all()
    return tuple(_served(work, viewer, id, slug) for id, slug in rows if roles_in(viewer, slug))


def overview(
    work: Work,
    viewer: Viewer,
    slug: str,
    *,
    state: str | None = None,
    query: str = "",
    page: int = 1,
    mine: bool = False,
    overdue: bool = False,
) -> InboxView:
    """One page of a scheme's dossiers, those that have waited longest first.

    `query` searches references, names, addresses, SIRET numbers and words of the answers; counts by state are of the
    whole scheme. Raises NotFound for a scheme the viewer doesn't serve.
    """
    scheme_id = work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug))
    if scheme_id is None or not roles_in(viewer, slug):
        raise NotFound("scheme")
    scheme = publication.current(work, slug).scheme
    wanted = _Wanted(state, query, mine, overdue)
    conditions = _conditions(work, viewer, scheme_id, wanted)
    total = int(work.session.scalar(select(func.count()).select_from(Dossier).where(*conditions)) or 0)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    return InboxView(
        slug=slug,
        scheme=scheme,
        counts=_counts(work, scheme, scheme_id),
        rows=_rows(work, viewer, conditions, page),
        total=total,
        page=page,
        pages=pages,
        state=state,
        query=query,
        mine=mine,
        overdue=overdue,
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The filters of a list."""

    state: str | None
    query: str
    mine: bool
    overdue: bool


def _conditions(work: Work, viewer: Viewer, scheme_id: int, wanted: _Wanted) -> list[Any]:
    found: list[Any] = [Dossier.scheme_id == scheme_id, *FILED]
    if wanted.state is not None:
        found.append(Dossier.state == wanted.state)
    if wanted.mine:
        found.append(Dossier.assigned_to == viewer.account_id)
    if wanted.overdue:
        found.append(_is_overdue(work))
    if wanted.query.strip():
        found.append(search.matches(wanted.query))
    return found


def _served(work: Work, viewer: Viewer, scheme_id: int, slug: str) -> ServedScheme:
    published = publication.current(work, slug)
    scheme = published.scheme
    ended = [id for id, state in scheme.workflow.states.items() if state.kind == "end"]
    at_work = Dossier.state.not_in(ended)
    here = (Dossier.scheme_id == scheme_id, *FILED)
    query = select(
        func.count(),
        func.count().filter(at_work),
        func.count().filter(at_work, Dossier.assigned_to == viewer.account_id),
        func.count().filter(at_work, _is_overdue(work)),
    )
    total, open_count, mine, overdue = work.session.execute(query.select_from(Dossier).where(*here)).one()
    roles = tuple(sorted(roles_in(viewer, slug)))
    return ServedScheme(slug, scheme.title, published.open, roles, total, open_count, mine, overdue)


def _counts(work: Work, scheme: Scheme, scheme_id: int) -> dict[str, int]:
    """Dossiers by state, in the scheme's order; a state of an older version comes last."""
    query = (
        select(Dossier.state, func.count())
        .where(Dossier.scheme_id == scheme_id, *FILED)
        .group_by(Dossier.state)
    )
    found = {row.state: row[1] for row in work.session.execute(query)}
    known = [id for id, state in scheme.workflow.states.items() if state.kind != "start"]
    return {id: found.get(id, 0) for id in [*known, *sorted(found.keys() - set(known))]}


def _rows(work: Work, viewer: Viewer, conditions: list[Any], page: int) -> tuple[InboxRow, ...]:
    due = _due()
    query: Select[Any] = (
        select(
            Dossier.public_id,
            Dossier.reference,
            Dossier.state,
            Dossier.state_since,
            Dossier.filed_at,
            Dossier.assigned_to,
            Dossier.email,
            Party.name,
            Account.name.label("assigned"),
            due.c.local_date,
            due.c.due_at,
        )
        .outerjoin(Party, (Party.dossier_id == Dossier.id) & (Party.role == APPLICANT))
        .outerjoin(Account, Account.id == Dossier.assigned_to)
        .outerjoin(due, due.c.dossier_id == Dossier.id)
        .where(*conditions)
        .order_by(Dossier.state_since, Dossier.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return tuple(_row(work, viewer, row) for row in work.session.execute(query))


def _row(work: Work, viewer: Viewer, row: Any) -> InboxRow:
    return InboxRow(
        public_id=row.public_id,
        reference=row.reference,
        applicant=row.name or row.email,
        state=row.state,
        since=row.state_since,
        filed_at=row.filed_at,
        assigned_to=row.assigned,
        mine=row.assigned_to is not None and row.assigned_to == viewer.account_id,
        due_on=row.local_date,
        overdue=row.due_at is not None and row.due_at <= work.now,
    )


def _due() -> Any:
    """When each dossier's stage should be over: a state has one such day at most."""
    columns = (DeadlineRow.dossier_id, DeadlineRow.local_date, DeadlineRow.due_at)
    return select(*columns).where(DeadlineRow.kind == "due", DeadlineRow.cancelled_at.is_(None)).subquery()


def _is_overdue(work: Work) -> ColumnElement[bool]:
    late = select(DeadlineRow.id).where(
        DeadlineRow.dossier_id == Dossier.id,
        DeadlineRow.kind == "due",
        DeadlineRow.cancelled_at.is_(None),
        DeadlineRow.due_at <= work.now,
    )
    return late.exists()

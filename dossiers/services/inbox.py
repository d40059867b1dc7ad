"""The lists of the back office: the schemes somebody serves, and the dossiers of one of them."""

from __future__ import annotations

from sqlalchemy import func, select

from dossiers.access import Viewer
from dossiers.database import Dossier, SchemeRow
from dossiers.services import mass_acts, publication, saved_views, tagging
from dossiers.services.desk import Work
from dossiers.services.listing import Cursor, listed
from dossiers.services.office_views import InboxView, ServedScheme
from dossiers.services.opened import roles_in
from dossiers.services.refusals import NotFound
from dossiers.services.wanted import (
    Wanted,
    conditions,
    counted,
    in_turn,
    is_overdue,
    listed_fields,
    seen_by,
    served,
    states_wanted,
    turns,
    words_sought,
)
from engine.language import Scheme
from workflows.expected import expected_of
from workflows.parts import with_parts

EVERYTHING = Wanted()


def home(work: Work, viewer: Viewer) -> tuple[ServedScheme, ...]:
    """The schemes a member of staff has a role in, in order of publication, with what waits there."""
    rows = work.session.execute(select(SchemeRow.id, SchemeRow.slug).order_by(SchemeRow.id)).all()
    return tuple(_served(work, viewer, id, slug) for id, slug in rows if roles_in(viewer, slug))


def overview(
    work: Work, viewer: Viewer, slug: str, wanted: Wanted = EVERYTHING, cursor: Cursor | None = None
) -> InboxView:
    """One page of a scheme's dossiers, those that have waited longest first, from a cursor on.

    `wanted.query` searches references, names, addresses, SIRET numbers and words of the answers; counts by state are
    of the whole scheme. Raises NotFound for a scheme the viewer doesn't serve.
    """
    scheme, scheme_id = served(work, viewer, slug)
    words = words_sought(work, scheme, wanted) if wanted.query.strip() else None
    here = conditions(work, viewer, scheme, scheme_id, wanted, words=words)
    states = states_wanted(wanted, scheme, roles_in(viewer, slug))
    fields = listed_fields(scheme, roles_in(viewer, slug))
    columns = [field for field in fields if field.id in wanted.columns]
    page = here
    if words is not None:
        page = conditions(work, viewer, scheme, scheme_id, wanted, on_a_page=True, words=words)
    rows = listed(
        work, viewer, page, states=states, cursor=cursor, columns=columns, tagged=tagging.is_used(scheme)
    )
    narrowed = here if states is None else [*here, Dossier.state.in_(states)]
    counts, roles = _counts(work, viewer, scheme, scheme_id), roles_in(viewer, slug)
    standing = [state for state, count in counts.items() if count and (states is None or state in states)]
    return InboxView(
        slug=slug,
        scheme=scheme,
        counts=counts,
        turns=turns(work, viewer, scheme, scheme_id),
        rows=rows.rows,
        total=int(work.session.scalar(select(counted(*narrowed))) or 0),
        earlier=rows.earlier,
        later=rows.later,
        wanted=wanted,
        listed=fields,
        kept=saved_views.of(work, viewer, scheme_id),
        tags=tagging.offered(work, viewer, scheme, scheme_id),
        acts=mass_acts.offered(work, scheme, roles, here, standing),
    )


def neighbours(
    work: Work, viewer: Viewer, slug: str, wanted: Wanted, public_id: str
) -> tuple[str | None, str | None]:
    """The public ids of the dossiers before and behind one in a list; None where it ends. Raises NotFound."""
    scheme, scheme_id = served(work, viewer, slug)
    since = work.session.scalar(select(Dossier.state_since).where(Dossier.public_id == public_id))
    if since is None:
        raise NotFound("dossier")
    here = conditions(work, viewer, scheme, scheme_id, wanted, on_a_page=True)
    states = states_wanted(wanted, scheme, roles_in(viewer, slug))
    found: list[str | None] = []
    for before in (True, False):
        cursor = Cursor(public_id, since, before)
        rows = listed(work, viewer, here, states=states, cursor=cursor, most=1).rows
        found.append(rows[0].public_id if rows else None)
    return found[0], found[1]


def _served(work: Work, viewer: Viewer, scheme_id: int, slug: str) -> ServedScheme:
    published = publication.current(work, slug)
    states, roles = published.scheme.workflow.states, roles_in(viewer, slug)
    open_states = [id for id, state in states.items() if state.kind not in ("start", "end")]
    here = seen_by(viewer, published.scheme, scheme_id)
    at_work = (*here, Dossier.state.in_(open_states))
    expected = Dossier.state.in_(expected_of(published.scheme.workflow, roles))
    query = select(
        counted(*here),
        counted(*at_work),
        counted(*at_work, Dossier.assigned_to == viewer.account_id),
        counted(*at_work, is_overdue(work)),
        counted(*here, expected, in_turn(viewer, published.scheme)),
    )
    found = work.session.execute(query).one()
    return ServedScheme(slug, published.scheme.title, published.open, tuple(sorted(roles)), *found)


def _counts(work: Work, viewer: Viewer, scheme: Scheme, scheme_id: int) -> dict[str, int]:
    """Dossiers by state, in the scheme's order, a state with its parts before each of them; one of an older version comes last."""
    here = seen_by(viewer, scheme, scheme_id)
    known = [id for id, state in scheme.workflow.states.items() if state.kind != "start"]
    older = sorted(_present(work, scheme_id) - scheme.workflow.states.keys())
    states = [*known, *older]
    row = work.session.execute(select(*(counted(*here, Dossier.state == state) for state in states))).one()
    found = with_parts(scheme.workflow, dict(zip(states, row, strict=True)))
    return {state: count for state, count in found.items() if count or state in known}


def _present(work: Work, scheme_id: int) -> set[str]:
    """The states in which there is a dossier of a scheme: from each the next one is looked up in the index, whatever
    the number of dossiers."""
    of_scheme = Dossier.scheme_id == scheme_id
    some = select(func.min(Dossier.state).label("state")).where(of_scheme).cte("some", recursive=True)
    next_one = (
        select(func.min(Dossier.state)).where(of_scheme, Dossier.state > some.c.state).scalar_subquery()
    )
    every = some.union_all(select(next_one).where(some.c.state.is_not(None)))
    return {one for one in work.session.scalars(select(every.c.state)) if one is not None}

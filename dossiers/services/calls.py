"""The calls of a scheme: logged with a motive, passed on to whoever examines the dossier, counted."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Call, Dossier
from dossiers.services import noting
from dossiers.services.call_views import CallFigures, CallLine
from dossiers.services.correspondence import LONGEST, worded
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, for_staff, roles_in
from dossiers.services.perimeters import within
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from dossiers.services.wanted import free_or_mine, served
from engine.language import Scheme
from renderers.motives import motives_of

VERB = "note"  # who may write a note among staff may log a call, which is one
RECENT, MOST_WAITING = 20, 20


def motives(work: Work) -> Mapping[str, str]:
    """The site's own motives; empty when it keeps to the usual ones."""
    return work.office.settings.motives


def may_log(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether the viewer's roles log calls about a scheme."""
    return access.may(viewer, VERB, scheme)


def log(
    work: Work,
    viewer: Viewer,
    slug: str,
    *,
    motive: str,
    note: str = "",
    public_id: str | None = None,
    passed: bool = False,
) -> None:
    """Keep a call about a dossier, or about none. `passed`: who examines the dossier has to follow it up, so a note says why.

    Raises NotFound, Refused: not_allowed, which_motive, empty, too_long, anonymised.
    """
    _, scheme_id = _serving(work, viewer, slug)
    if motive not in motives_of(motives(work)):
        raise Refused("which_motive")
    if len(note) > LONGEST:
        raise Refused("too_long", max=LONGEST)
    opened = None if public_id is None else _opened(work, viewer, slug, public_id)
    row: dict[str, Any] = {"public_id": secrets.token_urlsafe(12), "scheme_id": scheme_id, "at": work.now}
    row |= {"author": viewer.name, "day": work.office.organisation.local_date(work.now), "motive": motive}
    row |= {"note": worded(note) if passed else note.strip(), "passed": passed and opened is not None}
    row |= {"dossier_id": opened.dossier.id if opened else None, "done_by": ""}
    row |= {"state": opened.dossier.state if opened else ""}
    work.session.execute(insert(Call).values(row))
    if opened is not None:
        noted = "call_passed" if passed else "call"
        noting.note(work, opened, actor_of(viewer, opened.slug), noted, {"motive": motive})


def settle(work: Work, viewer: Viewer, slug: str, public_id: str, call: str) -> None:
    """Say that a call passed on was followed up; twice changes nothing. Raises NotFound, Refused("not_allowed")."""
    _serving(work, viewer, slug)
    opened = _opened(work, viewer, slug, public_id)
    open_call = (Call.public_id == call, Call.dossier_id == opened.dossier.id, Call.passed)
    if work.session.scalar(select(Call.id).where(*open_call)) is None:
        raise NotFound("call")
    done = update(Call).where(*open_call, Call.done_at.is_(None)).returning(Call.id)
    if work.session.execute(done.values(done_at=work.now, done_by=viewer.name)).first() is not None:
        noting.note(work, opened, actor_of(viewer, opened.slug), "call_settled")


def waiting(work: Work, viewer: Viewer, slug: str) -> tuple[CallLine, ...]:
    """The calls passed on that are expected of the viewer, oldest first: their dossiers', and those nobody has taken.

    Nothing for who examines no dossier of the scheme. Raises NotFound.
    """
    scheme, scheme_id = served(work, viewer, slug)
    if not any(roles_in(viewer, slug) & set(action.by) for action in scheme.workflow.actions.values()):
        return ()
    query = _lines().where(Call.scheme_id == scheme_id, Call.passed, Call.done_at.is_(None))
    seen = query.where(free_or_mine(viewer), *within(viewer, scheme))
    return _read(work, seen.order_by(Call.id).limit(MOST_WAITING))


def recent(work: Work, viewer: Viewer, slug: str) -> tuple[CallLine, ...]:
    """The last calls of a scheme about no dossier, or one the viewer may know of, newest first. Raises NotFound,
    Refused("not_allowed")."""
    scheme, scheme_id = _serving(work, viewer, slug)
    seen = or_(Call.dossier_id.is_(None), and_(True, *within(viewer, scheme)))
    return _read(
        work, _lines().where(Call.scheme_id == scheme_id, seen).order_by(Call.id.desc()).limit(RECENT)
    )


def of_dossier(work: Work, dossier_id: int) -> tuple[CallLine, ...]:
    """The last calls about a dossier, newest first."""
    return _read(work, _lines().where(Call.dossier_id == dossier_id).order_by(Call.id.desc()).limit(RECENT))


def figures(work: Work, viewer: Viewer, slug: str, first: date, last: date) -> CallFigures:
    """How many calls came between two days, both included. Raises NotFound, Refused("not_allowed")."""
    _, scheme_id = _serving(work, viewer, slug)
    here = (Call.scheme_id == scheme_id, Call.day.between(first, last))

    def by(column: Any) -> list[Any]:
        return list(work.session.execute(select(column, func.count()).where(*here).group_by(column)))

    found = by(Call.motive)
    order = [*motives_of(motives(work)), *sorted(motive for motive, _ in found)]
    return CallFigures(
        first,
        last,
        sum(count for _, count in found),
        tuple(sorted(((m, n) for m, n in found), key=lambda one: order.index(one[0]))),
        tuple(sorted((day, n) for day, n in by(Call.day))),
        tuple(sorted(((s, n) for s, n in by(Call.state)), key=lambda one: (-one[1], one[0]))),
    )


def _serving(work: Work, viewer: Viewer, slug: str) -> tuple[Scheme, int]:
    scheme, scheme_id = served(work, viewer, slug)
    if not may_log(viewer, scheme):
        raise Refused("not_allowed", verb=VERB)
    return scheme, scheme_id


def _opened(work: Work, viewer: Viewer, slug: str, public_id: str) -> Opened:
    opened = for_staff(work, viewer, public_id, lock=True)
    if opened.slug != slug:
        raise NotFound("dossier")
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    return opened


def _lines() -> Any:
    query: Any = select(Call, Dossier.reference, Dossier.public_id)
    return query.outerjoin(Dossier, Dossier.id == Call.dossier_id)


def _read(work: Work, query: Any) -> tuple[CallLine, ...]:
    return tuple(_line(*row) for row in work.session.execute(query))


def _line(call: Call, reference: str | None, dossier: str | None) -> CallLine:
    return CallLine(
        public_id=call.public_id,
        at=call.at,
        author=call.author,
        motive=call.motive,
        note=call.note,
        passed=call.passed,
        done_at=call.done_at,
        done_by=call.done_by,
        reference=reference or "",
        dossier=dossier or "",
    )

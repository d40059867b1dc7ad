"""The work of a team, for who shares it out: loads, groups, absences, and dossiers dealt again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import delete, func, insert, select, update

from dossiers import journal
from dossiers.access import Viewer
from dossiers.database import Absence, Dossier, RoleGrant
from dossiers.services import agents
from dossiers.services.agents import Colleague
from dossiers.services.desk import Work
from dossiers.services.opened import roles_in
from dossiers.services.perimeters import is_narrowed, within
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.team_views import AbsenceView, AgentRow, TeamView
from dossiers.services.wanted import FILED, counted, is_overdue, served
from engine.language import Scheme
from workflows.lifecycle import Actor

DISTRIBUTE = "distribute"


def may_distribute(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether the team's page is for this viewer."""
    held = roles_in(viewer, scheme.id)
    return any(DISTRIBUTE in scheme.roles[id].may for id in held if id in scheme.roles)


def for_who_distributes(work: Work, viewer: Viewer, slug: str) -> tuple[Scheme, int]:
    """The scheme and its row id. Raises NotFound unless the viewer serves it and may share work out in it."""
    scheme, scheme_id = served(work, viewer, slug)
    if not may_distribute(viewer, scheme):
        raise NotFound("page")
    return scheme, scheme_id


def overview(work: Work, viewer: Viewer, slug: str) -> TeamView:
    """The agents with their loads. Raises NotFound."""
    scheme, scheme_id = for_who_distributes(work, viewer, slug)
    people = agents.with_loads(work, scheme, scheme_id, agents.of_scheme(work, slug))
    late = _overdue(work, scheme, scheme_id)
    absences = _absences(work, [one.agent.account_id for one in people])
    free = (*unheld(scheme, scheme_id), *within(viewer, scheme))
    return TeamView(
        slug=slug,
        scheme=scheme,
        agents=tuple(_row(scheme, one, late, absences) for one in people),
        waiting=int(work.session.scalar(select(counted(*free))) or 0),
        may_group=bool(scheme.groups) and not is_narrowed(viewer, scheme),
        today=work.office.organisation.local_date(work.now),
    )


def unheld(scheme: Scheme, scheme_id: int) -> tuple[object, ...]:
    """What the dossiers meet that go on and that nobody holds."""
    going_on = Dossier.state.in_(agents.going_on(scheme))
    return (Dossier.scheme_id == scheme_id, *FILED, going_on, Dossier.assigned_to.is_(None))


def put_in_groups(work: Work, viewer: Viewer, slug: str, public_id: str, groups: Collection[str]) -> str:
    """Say which groups an agent belongs to; returns their name. Raises NotFound, Refused("not_allowed") for who sees only
    their own groups."""
    scheme, _ = for_who_distributes(work, viewer, slug)
    if is_narrowed(viewer, scheme):
        raise Refused("not_allowed", verb=DISTRIBUTE)
    who = colleague(work, slug, public_id)
    chosen = [id for id in scheme.groups if id in groups]
    theirs = (RoleGrant.account_id == who.agent.account_id, RoleGrant.scheme_slug == slug)
    work.session.execute(update(RoleGrant).where(*theirs).values(groups=chosen))
    _note(work, viewer, public_id, "groups_set", {"scheme": slug, "groups": chosen})
    return who.agent.name


def away(work: Work, viewer: Viewer, slug: str, public_id: str, first: date | None, last: date | None) -> str:
    """Enter an absence, both days included; returns the agent's name. Raises NotFound, Refused("bad_absence")."""
    for_who_distributes(work, viewer, slug)
    who = colleague(work, slug, public_id)
    today = work.office.organisation.local_date(work.now)
    if first is None or last is None or last < first or last < today:
        raise Refused("bad_absence")
    row = {"account_id": who.agent.account_id, "first": first, "last": last, "entered_at": work.now}
    work.session.execute(insert(Absence).values(row))
    days = {"first": first.isoformat(), "last": last.isoformat()}
    _note(work, viewer, public_id, "absence_entered", days)
    return who.agent.name


def back(work: Work, viewer: Viewer, slug: str, public_id: str, absence: int) -> str:
    """Take an absence out; returns the agent's name. Raises NotFound."""
    for_who_distributes(work, viewer, slug)
    who = colleague(work, slug, public_id)
    theirs = (Absence.id == absence, Absence.account_id == who.agent.account_id)
    if work.session.execute(delete(Absence).where(*theirs).returning(Absence.id)).first() is None:
        raise NotFound("absence")
    _note(work, viewer, public_id, "absence_ended", {})
    return who.agent.name


def colleague(work: Work, slug: str, public_id: str) -> Colleague:
    """An agent of the scheme. Raises NotFound."""
    found = next((one for one in agents.of_scheme(work, slug) if one.public_id == public_id), None)
    if found is None:
        raise NotFound("account")
    return found


def _row(
    scheme: Scheme, one: Colleague, late: dict[int, int], absences: dict[int, list[AbsenceView]]
) -> AgentRow:
    agent = one.agent
    return AgentRow(
        public_id=one.public_id,
        name=agent.name,
        roles=tuple(id for id in scheme.roles if id in agent.roles),
        groups=tuple(id for id in scheme.groups if id in agent.groups),
        held=agent.load,
        overdue=late.get(agent.account_id, 0),
        away_until=one.away_until,
        absences=tuple(absences.get(agent.account_id, ())),
    )


def _overdue(work: Work, scheme: Scheme, scheme_id: int) -> dict[int, int]:
    query = select(Dossier.assigned_to, func.count()).where(
        Dossier.scheme_id == scheme_id,
        Dossier.assigned_to.is_not(None),
        Dossier.state.in_(agents.going_on(scheme)),
        is_overdue(work),
    )
    rows = work.session.execute(query.group_by(Dossier.assigned_to))
    return {account: int(count) for account, count in rows if account is not None}


def _absences(work: Work, accounts: Iterable[int]) -> dict[int, list[AbsenceView]]:
    today = work.office.organisation.local_date(work.now)
    query = select(Absence).where(Absence.account_id.in_(accounts), Absence.last >= today)
    found: dict[int, list[AbsenceView]] = {}
    for row in work.session.scalars(query.order_by(Absence.first, Absence.id)):
        found.setdefault(row.account_id, []).append(AbsenceView(row.id, row.first, row.last))
    return found


def _note(work: Work, viewer: Viewer, public_id: str, action: str, payload: Mapping[str, object]) -> None:
    actor = Actor("staff", str(viewer.account_id), viewer.name)
    stream = f"account:{public_id}"
    journal.record(work.session, stream=stream, actor=actor, action=action, at=work.now, payload=payload)

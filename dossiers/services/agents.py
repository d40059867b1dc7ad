"""The people at work on a scheme: their roles, their groups, whether they are away, and what they have in hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select, update

from dossiers.database import Absence, Account, Dossier, RoleGrant
from dossiers.services.desk import Work
from engine.language import Scheme
from workflows.distribution import Agent


@dataclass(frozen=True, slots=True)
class Colleague:
    """An agent with their account; `away_until`: the last day of the absence they are on today."""

    agent: Agent
    public_id: str
    email: str
    language: str
    away_until: date | None = None


def of_scheme(work: Work, slug: str) -> tuple[Colleague, ...]:
    """Those whose account is open and who have a role in a scheme, by name."""
    query = (
        select(Account, RoleGrant.role, RoleGrant.groups, RoleGrant.turn)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.scheme_slug == slug, Account.disabled_at.is_(None))
        .order_by(Account.name, Account.id, RoleGrant.role)
    )
    rows = work.session.execute(query).all()
    away = _away(work, {row.Account.id for row in rows})
    found: dict[int, Colleague] = {}
    for account, role, groups, turn in rows:
        before = found[account.id].agent if account.id in found else None
        agent = Agent(
            account.id,
            account.name,
            (before.roles if before else frozenset()) | {role},
            (before.groups if before else frozenset()) | {*(groups or ())},
            turn=max(turn or 0, before.turn if before else 0),
        )
        found[account.id] = Colleague(
            agent, account.public_id, account.email, account.language, away.get(account.id)
        )
    return tuple(found.values())


def with_loads(
    work: Work, scheme: Scheme, scheme_id: int, people: Iterable[Colleague]
) -> tuple[Colleague, ...]:
    """The same, with how many dossiers that go on each of them holds."""
    people = tuple(people)
    query = (
        select(Dossier.assigned_to, func.count())
        .where(
            Dossier.assigned_to.in_([one.agent.account_id for one in people]),
            Dossier.scheme_id == scheme_id,
            Dossier.state.in_(going_on(scheme)),
        )
        .group_by(Dossier.assigned_to)
    )
    loads = {account: int(count) for account, count in work.session.execute(query)}
    return tuple(
        replace(one, agent=replace(one.agent, load=loads.get(one.agent.account_id, 0))) for one in people
    )


def going_on(scheme: Scheme) -> list[str]:
    """The states in which something is still to come."""
    return [id for id, state in scheme.workflow.states.items() if state.kind not in ("start", "end")]


def took_turn(work: Work, slug: str, account_id: int, turn: int) -> None:
    """Somebody was given a dossier: their next turn comes after all the others'."""
    theirs = (RoleGrant.account_id == account_id, RoleGrant.scheme_slug == slug)
    work.session.execute(update(RoleGrant).where(*theirs).values(turn=turn))


def _away(work: Work, accounts: Iterable[int]) -> dict[int, date]:
    today = work.office.organisation.local_date(work.now)
    query = (
        select(Absence.account_id, func.max(Absence.last))
        .where(Absence.account_id.in_(accounts), Absence.first <= today, Absence.last >= today)
        .group_by(Absence.account_id)
    )
    return {row[0]: row[1] for row in work.session.execute(query)}

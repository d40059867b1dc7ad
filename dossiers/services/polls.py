"""The votes held on a dossier: begun when it arrives in their state, given up when it leaves, and what came of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, update

from dossiers.database import Account, BallotRow, Dossier, Poll, Proxy, Recusal, RoleGrant
from dossiers.services.desk import Work
from engine.language import Scheme
from engine.language.vote_model import Vote
from workflows import votes
from workflows.votes import Ballot, Outcome, votes_in


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who votes: the account, with those of its roles that do, and the ties it declares."""

    id: int
    name: str
    email: str
    roles: tuple[str, ...]
    interests: tuple[str, ...]
    public_id: str = ""


def arrive(work: Work, scheme: Scheme, dossier: Dossier, source: str | None) -> None:
    """Give up the votes of the state a dossier left, and begin those of the state it stands in now; those of a state it only
    moved inside go on."""
    if not scheme.workflow.votes:
        return
    here, begun = (
        votes_in(scheme.workflow, dossier.state),
        votes.begun(scheme.workflow, source, dossier.state),
    )
    lasting = [one.id for one in here if one not in begun]
    given_up = (Poll.dossier_id == dossier.id, Poll.closed_at.is_(None), Poll.vote.not_in(lasting))
    work.session.execute(update(Poll).where(*given_up).values(closed_at=work.now))
    for vote in begun:
        row = {"dossier_id": dossier.id, "vote": vote.id, "opened_at": work.now}
        work.session.execute(insert(Poll).values(row))


def follow(work: Work, scheme: Scheme, dossier: Dossier, outer_since: datetime | None = None) -> None:
    """After a dossier took another version where it stands: what that version doesn't vote on is given up, and what it
    votes on here begins, unless it was held since the dossier arrived, `outer_since` in the state it is in a part of."""
    state, since = dossier.state, dossier.state_since
    query = select(Poll.vote, Poll.opened_at).where(Poll.dossier_id == dossier.id)
    began = {
        id: at for id, at in work.session.execute(query.order_by(Poll.id)) if id in scheme.workflow.votes
    }
    alone = {id for id in began if scheme.workflow.votes[id].in_ == state}
    held = {id for id, at in began.items() if at >= (since if id in alone else outer_since or since)}
    here = {vote.id for vote in votes_in(scheme.workflow, dossier.state)}
    gone = (Poll.dossier_id == dossier.id, Poll.closed_at.is_(None), Poll.vote.not_in(here))
    work.session.execute(update(Poll).where(*gone).values(closed_at=work.now))
    for vote in sorted(here - held):
        work.session.execute(insert(Poll).values(dossier_id=dossier.id, vote=vote, opened_at=work.now))


def last(work: Work, scheme: Scheme, dossier: Dossier) -> Mapping[str, Poll]:
    """The last time each vote was held on a dossier."""
    if not scheme.workflow.votes:
        return {}
    latest = select(func.max(Poll.id)).where(Poll.dossier_id == dossier.id).group_by(Poll.vote)
    found = work.session.scalars(select(Poll).where(Poll.id.in_(latest))).all()
    return {poll.vote: poll for poll in found if poll.vote in scheme.workflow.votes}


def outcomes(work: Work, scheme: Scheme, dossier: Dossier) -> dict[str, Outcome]:
    """What came of the votes that are closed, each the last time it was held."""
    held = last(work, scheme, dossier)
    return {vote: Outcome.from_json(poll.outcome) for vote, poll in held.items() if poll.outcome is not None}


def ballots(work: Work, poll: Poll) -> Sequence[BallotRow]:
    """The ballots of a vote, oldest first."""
    query = select(BallotRow).where(BallotRow.poll_id == poll.id).order_by(BallotRow.at, BallotRow.id)
    return work.session.scalars(query).all()


def counted(rows: Sequence[BallotRow], given: Collection[int] = ()) -> list[Ballot]:
    """Ballots as they are counted; `given`: the accounts another one votes for."""
    return [Ballot(row.option, frozenset(row.roles), row.form, row.account_id in given) for row in rows]


def proxies(work: Work, vote: Vote, poll: Poll) -> dict[int, int]:
    """Who votes for whom: the account of the holder, by that of who gave their proxy."""
    if not vote.counting.proxies:
        return {}
    query = select(Proxy.account_id, Proxy.holder_id).where(Proxy.poll_id == poll.id).order_by(Proxy.id)
    return {row.account_id: row.holder_id for row in work.session.execute(query)}


def withdraw(work: Work, dossier: Dossier, accounts: Collection[int]) -> None:
    """Take back the ballots of some accounts in the votes that go on, the proxies they gave and hold, and what was voted by
    these."""
    going_on = select(Poll.id).where(Poll.dossier_id == dossier.id, Poll.closed_at.is_(None))
    theirs = or_(Proxy.account_id.in_(accounts), Proxy.holder_id.in_(accounts))
    by_proxy = select(Proxy.account_id).where(Proxy.poll_id == BallotRow.poll_id, theirs)
    ballots = or_(BallotRow.account_id.in_(accounts), BallotRow.account_id.in_(by_proxy))
    for gone in (
        delete(BallotRow).where(BallotRow.poll_id.in_(going_on), ballots),
        delete(Proxy).where(Proxy.poll_id.in_(going_on), theirs),
    ):
        work.session.execute(gone.execution_options(synchronize_session=False))


def members(work: Work, slug: str, vote: Vote) -> Mapping[int, Member]:
    """The accounts in use whose roles vote, by their number."""
    query = (
        select(Account.id, Account.name, Account.email, Account.interests, RoleGrant.role, Account.public_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.scheme_slug == slug, RoleGrant.role.in_(vote.members), Account.disabled_at.is_(None))
        .order_by(Account.name, Account.id, RoleGrant.role)
    )
    found: dict[int, Member] = {}
    for id, name, email, interests, role, public_id in work.session.execute(query):
        before = found.get(id)
        roles = (*before.roles, role) if before else (role,)
        found[id] = Member(id, name, email, roles, tuple(interests or ()), public_id)
    return found


def names(work: Work, accounts: Sequence[int]) -> dict[int, str]:
    """What some accounts are called, those that vote no more too."""
    query = select(Account.id, Account.name).where(Account.id.in_(accounts))
    return {row.id: row.name for row in work.session.execute(query)} if accounts else {}


def aside(work: Work, dossier: Dossier) -> frozenset[int]:
    """The accounts that step aside from a dossier."""
    return frozenset(work.session.scalars(select(Recusal.account_id).where(Recusal.dossier_id == dossier.id)))

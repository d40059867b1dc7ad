"""Proxies of a vote: who has another member vote in their place, within what its scheme allows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, insert

from dossiers.access import Viewer
from dossiers.database import BallotRow, Poll, Proxy
from dossiers.services import polls
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.opened import roles_in
from dossiers.services.polls import Member
from dossiers.services.refusals import Refused
from engine.language.vote_model import Vote


def voter(work: Work, viewer: Viewer, case: Case, vote: Vote, poll: Poll, in_name_of: str) -> Member:
    """The member a ballot is of: the viewer, or somebody whose proxy they hold. Raises Refused("not_allowed")."""
    assert viewer.account_id is not None
    roles = tuple(sorted(roles_in(viewer, case.opened.slug) & set(vote.members)))
    if not roles:
        raise Refused("not_allowed", verb="vote")
    if not in_name_of:
        return Member(viewer.account_id, viewer.name, viewer.email, roles, ())
    given = polls.proxies(work, vote, poll)
    known = polls.members(work, case.opened.slug, vote).values()
    held = (one for one in known if given.get(one.id) == viewer.account_id)
    found = next((one for one in held if one.public_id == in_name_of), None)
    if found is None:
        raise Refused("not_allowed", verb="vote")
    return found


def give(
    work: Work, viewer: Viewer, case: Case, vote: Vote, poll: Poll, *, to: str, giver: str
) -> dict[str, str]:
    """Write a proxy down, or take it back, with the ballot it takes the place of; what the journal says of it."""
    known = polls.members(work, case.opened.slug, vote)
    there = {id: one for id, one in known.items() if id not in polls.aside(work, case.dossier)}
    whose = _giver(viewer, case, vote, there, giver)
    given = polls.proxies(work, vote, poll)
    if not vote.counting.proxies:
        raise Refused("no_proxy_to")
    if whose.id in given.values():
        raise Refused("holds_proxies")
    holder = next((one for one in there.values() if one.public_id == to), None)
    others = {id: held_by for id, held_by in given.items() if id != whose.id}
    if to and (holder is None or holder.id == whose.id or holder.id in given):
        raise Refused("no_proxy_to")
    if holder is not None and not has_room(vote, others, holder.id):
        raise Refused("proxies_full", max=vote.counting.proxies)
    take_back(work, poll, whose.id)
    mine = (BallotRow.poll_id == poll.id, BallotRow.account_id == whose.id)
    work.session.execute(delete(BallotRow).where(*mine))
    if holder is None:
        return {"event": "proxy_taken_back", "of": whose.name}
    row = {"poll_id": poll.id, "account_id": whose.id, "holder_id": holder.id, "at": work.now}
    work.session.execute(insert(Proxy).values(row))
    return {"event": "proxy_given", "of": whose.name, "to": holder.name}


def has_room(vote: Vote, given: Mapping[int, int], account: int) -> bool:
    """Whether somebody may be given one more proxy: they hold fewer than the vote allows."""
    return [*given.values()].count(account) < vote.counting.proxies


def may_hold(
    vote: Vote,
    known: Mapping[int, Member],
    aside: Collection[int],
    given: Mapping[int, int],
    giver: int | None,
) -> list[Member]:
    """Those a member may give their proxy to: there, voting themselves, and with room for one more."""
    return [
        one
        for id, one in known.items()
        if id not in aside and id != giver and id not in given and has_room(vote, given, id)
    ]


def _giver(viewer: Viewer, case: Case, vote: Vote, there: Mapping[int, Member], giver: str) -> Member:
    """Whose proxy it is: the viewer's, or that of the member the secretary names."""
    if giver and not roles_in(viewer, case.opened.slug) & set(vote.secretary):
        raise Refused("not_allowed", verb="proxy")
    found = (
        next((one for one in there.values() if one.public_id == giver), None)
        if giver
        else there.get(viewer.account_id or 0)
    )
    if found is None:
        raise Refused("not_allowed", verb="proxy")
    return found


def take_back(work: Work, poll: Poll, account: int) -> None:
    """Nobody votes for this account any more."""
    work.session.execute(delete(Proxy).where(Proxy.poll_id == poll.id, Proxy.account_id == account))

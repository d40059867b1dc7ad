"""Reading the votes held on a dossier, and those that go on in a scheme, as far as the viewer has a part in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from dossiers.access import Viewer
from dossiers.database import BallotRow, DeadlineRow, Dossier, Party, Poll, Proxy
from dossiers.services import polls, proxies
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.opened import roles_in
from dossiers.services.parties import APPLICANT
from dossiers.services.refusals import NotFound
from dossiers.services.vote_views import Agenda, GoingOn, Proxies, Voice, VoterLine, VoteView
from dossiers.services.wanted import seen_by, served
from engine.language import Scheme
from engine.language.vote_model import Vote
from workflows.votes import Outcome

MOST = 200  # votes on one page


def has_part(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether the viewer votes in a scheme, or keeps a vote there."""
    roles = roles_in(viewer, scheme.id)
    return any(roles & {*one.members, *one.secretary} for one in scheme.workflow.votes.values())


def vote_views(work: Work, viewer: Viewer, case: Case) -> tuple[VoteView, ...]:
    """The votes held on a dossier, each the last time it was."""
    held = polls.last(work, case.scheme, case.dossier)
    return tuple(
        _view(work, viewer, case, vote, held[id])
        for id, vote in case.scheme.workflow.votes.items()
        if id in held and (held[id].closed_at is None or held[id].outcome is not None)
    )


def _view(work: Work, viewer: Viewer, case: Case, vote: Vote, poll: Poll) -> VoteView:
    given = polls.ballots(work, poll)
    mine = next((row for row in given if row.account_id == viewer.account_id), None)
    roles, is_open = roles_in(viewer, case.opened.slug), poll.closed_at is None
    votes, closes = bool(roles & set(vote.members)), bool(roles & set(vote.secretary))
    return VoteView(
        vote=vote,
        open=is_open,
        votes=votes,
        closes=closes,
        option=mine.option if mine else None,
        form=mine.form if mine else {},
        ballots=len(given),
        lines=_lines(work, case, vote, poll, given, is_open) if votes or closes else (),
        outcome=None if poll.outcome is None else Outcome.from_json(poll.outcome),
        closes_on=_closes_on(work, [case.dossier.id]).get((case.dossier.id, vote.id)) if is_open else None,
        proxies=_proxies(work, viewer, case, vote, poll, given)
        if is_open and (votes or closes)
        else Proxies(),
    )


def _proxies(
    work: Work, viewer: Viewer, case: Case, vote: Vote, poll: Poll, ballots: Sequence[BallotRow]
) -> Proxies:
    """What of the proxies is the viewer's to see and do."""
    if not vote.counting.proxies:
        return Proxies()
    known, aside = polls.members(work, case.opened.slug, vote), polls.aside(work, case.dossier)
    given, voted, me = polls.proxies(work, vote, poll), {row.account_id for row in ballots}, viewer.account_id
    voices = {id: Voice(one.public_id, one.name, id in voted) for id, one in known.items() if id not in aside}
    keeps = bool(roles_in(viewer, case.opened.slug) & set(vote.secretary))
    free = proxies.may_hold(vote, known, aside, given, None if keeps else me)
    gives = keeps or (me in voices and me not in given.values())
    return Proxies(
        hold=tuple(voice for id, voice in voices.items() if me in voices and given.get(id) == me),
        holder=voices[given[me]].name if me in given and given[me] in voices else "",
        to=tuple(voices[one.id] for one in free) if gives else (),
        of=tuple(voice for id, voice in voices.items() if id not in given.values()) if keeps else (),
    )


def _lines(
    work: Work, case: Case, vote: Vote, poll: Poll, given: Sequence[BallotRow], is_open: bool
) -> tuple[VoterLine, ...]:
    """Who has voted and who steps aside; how somebody voted is told once the vote is closed."""
    known, aside = polls.members(work, case.opened.slug, vote), polls.aside(work, case.dossier)
    given_to = polls.proxies(work, vote, poll)
    names = polls.names(work, [*(row.account_id for row in given), *given_to.values()])
    by_account = {row.account_id: row for row in given}
    everybody = {**{id: member.name for id, member in known.items()}, **names}
    return tuple(
        VoterLine(
            name,
            id in by_account,
            id in aside,
            by_account[id].option if id in by_account and not is_open else None,
            by_account[id].form if id in by_account and not is_open else None,
            everybody.get(given_to[id], "") if id in given_to else "",
        )
        for id, name in sorted(everybody.items(), key=lambda pair: (pair[1], pair[0]))
    )


def agenda(work: Work, viewer: Viewer, slug: str) -> Agenda:
    """The votes that go on in a scheme, the oldest first. Raises NotFound for who has no part in them."""
    scheme, scheme_id = served(work, viewer, slug)
    if not has_part(viewer, scheme):
        raise NotFound("votes")
    found = work.session.execute(_going_on(viewer, seen_by(viewer, scheme, scheme_id))).all()
    rows = [row for row in found[:MOST] if row.vote in scheme.workflow.votes]
    ends, roles = _closes_on(work, [row.id for row in rows]), roles_in(viewer, slug)
    votes = scheme.workflow.votes
    return Agenda(
        slug,
        scheme,
        tuple(
            GoingOn(
                row.public_id,
                row.reference,
                row.name or row.email,
                votes[row.vote],
                row.opened_at,
                row.ballots,
                ends.get((row.id, row.vote)),
                bool(row.voted) if roles & set(votes[row.vote].members) else None,
            )
            for row in rows
        ),
        len(found) > MOST,
    )


def _going_on(viewer: Viewer, seen: Sequence[Any]) -> Select[Any]:
    """The votes not closed on these dossiers, with how many ballots there are and whether nothing more is the
    viewer's to give: they voted, or have somebody vote, and voted for those whose proxy they hold."""
    ballots = select(func.count(BallotRow.id)).where(BallotRow.poll_id == Poll.id).scalar_subquery()
    mine = select(BallotRow.id).where(BallotRow.poll_id == Poll.id, BallotRow.account_id == viewer.account_id)
    given = select(Proxy.id).where(Proxy.poll_id == Poll.id, Proxy.account_id == viewer.account_id)
    done = select(BallotRow.id).where(BallotRow.poll_id == Poll.id, BallotRow.account_id == Proxy.account_id)
    owed = select(Proxy.id).where(
        Proxy.poll_id == Poll.id, Proxy.holder_id == viewer.account_id, ~done.exists()
    )
    voted = (mine.exists() | given.exists()) & ~owed.exists()
    columns = (Dossier.id, Dossier.public_id, Dossier.reference, Dossier.email, Party.name, Poll.vote)
    return (
        select(*columns, Poll.opened_at, ballots.label("ballots"), voted.label("voted"))
        .join(Poll, (Poll.dossier_id == Dossier.id) & Poll.closed_at.is_(None))
        .outerjoin(Party, (Party.dossier_id == Dossier.id) & (Party.role == APPLICANT))
        .where(*seen, Dossier.purged_at.is_(None))
        .order_by(Poll.id)
        .limit(MOST + 1)
    )


def _closes_on(work: Work, dossiers: Sequence[int]) -> dict[tuple[int, str], date]:
    query = select(DeadlineRow.dossier_id, DeadlineRow.name, DeadlineRow.local_date).where(
        DeadlineRow.dossier_id.in_(dossiers),
        DeadlineRow.kind == "close",
        DeadlineRow.done_at.is_(None),
        DeadlineRow.cancelled_at.is_(None),
    )
    return {(id, name): day for id, name, day in work.session.execute(query)}

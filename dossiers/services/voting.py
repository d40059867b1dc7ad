"""Voting on a dossier: a ballot given or changed, stepping aside, closing; the dossier then goes on by itself."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import insert, select, update

from dossiers.access import Viewer
from dossiers.database import BallotRow, DeadlineRow, Poll, Recusal
from dossiers.services import noting, polls, proxies
from dossiers.services.cases import Case, load
from dossiers.services.desk import Work
from dossiers.services.fired import FormRejected
from dossiers.services.opened import for_staff, roles_in
from dossiers.services.progress import follow_automatic
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from engine.answers import read_form
from engine.language.vote_model import Vote
from engine.validation import validate_fields
from workflows import votes
from workflows.lifecycle import SYSTEM, Actor


def cast(
    work: Work,
    viewer: Viewer,
    public_id: str,
    vote_id: str,
    *,
    option: str,
    form: Mapping[str, list[str]],
    in_name_of: str = "",
) -> bool | FormRejected:
    """Give one's ballot, or change it while the vote goes on; whether it was the last one awaited, so that the vote is
    closed. `in_name_of`: the member whose proxy one holds; who votes themselves takes their proxy back. Raises NotFound,
    Refused: vote_closed, not_allowed, no_option."""
    case, vote, poll = going_on(work, viewer, public_id, vote_id)
    whose = proxies.voter(work, viewer, case, vote, poll, in_name_of)
    found = read_form(vote.form.values(), form)
    answers = {id: answer for id, answer in found.answers.items() if answer is not None}
    slips = {problem.path[0] for problem in found.problems}
    wrong = validate_fields(vote.form, answers, case.reading)
    problems = (*found.problems, *(one for one in wrong if one.path[0] not in slips))
    if option not in vote.options:
        raise Refused("no_option")
    if problems:
        return FormRejected(problems, found.typed, vote.id)
    if not in_name_of:
        proxies.take_back(work, poll, whose.id)
    mine = (BallotRow.poll_id == poll.id, BallotRow.account_id == whose.id)
    row = work.session.scalar(select(BallotRow).where(*mine)) or BallotRow(
        poll_id=poll.id, account_id=whose.id
    )
    row.roles, row.option, row.form, row.at = sorted(whose.roles), option, answers, work.now
    work.session.add(row)
    work.session.flush()
    told = {"option": option, "form": answers, **({"of": whose.name} if in_name_of else {})}
    action = "ballot_by_proxy" if in_name_of else "ballot"
    _note(work, case, actor_of(viewer, case.opened.slug), action, vote, told)
    return _close_if_all_have_voted(work, case, vote, poll)


def give_proxy(work: Work, viewer: Viewer, public_id: str, vote_id: str, *, to: str, giver: str = "") -> None:
    """Have another member vote in one's place, or nobody any more (`to` ""); a secretary writes down those of others (`giver`).

    Raises NotFound, Refused: vote_closed, not_allowed, no_proxy_to, proxies_full, holds_proxies.
    """
    case, vote, poll = going_on(work, viewer, public_id, vote_id)
    told = proxies.give(work, viewer, case, vote, poll, to=to, giver=giver)
    _note(work, case, actor_of(viewer, case.opened.slug), told.pop("event"), vote, told)


def step_aside(work: Work, viewer: Viewer, public_id: str, vote_id: str) -> None:
    """Say that one has an interest in the dossier: one's ballot is taken back, and one sees the dossier no more.

    Raises NotFound, Refused: vote_closed, not_allowed.
    """
    case, vote, poll = going_on(work, viewer, public_id, vote_id)
    if not roles_in(viewer, case.opened.slug) & set(vote.members):
        raise Refused("not_allowed", verb="vote")
    assert viewer.account_id is not None
    polls.withdraw(work, case.dossier, [viewer.account_id])
    row = {"dossier_id": case.dossier.id, "account_id": viewer.account_id, "by_hand": True, "at": work.now}
    work.session.execute(insert(Recusal).values(row))
    _note(work, case, actor_of(viewer, case.opened.slug), "stepped_aside", vote, {})
    _close_if_all_have_voted(work, case, vote, poll)


def close(work: Work, viewer: Viewer, public_id: str, vote_id: str) -> None:
    """Close a vote before its time, for its secretary. Raises NotFound, Refused: vote_closed, not_allowed."""
    case, vote, poll = going_on(work, viewer, public_id, vote_id)
    if not roles_in(viewer, case.opened.slug) & set(vote.secretary):
        raise Refused("not_allowed", verb="close")
    _close(work, case, vote, poll, actor_of(viewer, case.opened.slug))


def close_by_time(work: Work, case: Case, vote_id: str) -> None:
    """Close a vote whose last day is over; nothing when it is closed already."""
    vote, poll = (
        case.scheme.workflow.votes.get(vote_id),
        polls.last(work, case.scheme, case.dossier).get(vote_id),
    )
    if vote is not None and poll is not None and poll.closed_at is None:
        _close(work, case, vote, poll, SYSTEM)


def going_on(work: Work, viewer: Viewer, public_id: str, vote_id: str) -> tuple[Case, Vote, Poll]:
    """The dossier, locked, with a vote that goes on there. Raises NotFound, Refused: vote_closed, anonymised."""
    opened = for_staff(work, viewer, public_id, lock=True)
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    vote = opened.scheme.workflow.votes.get(vote_id)
    if vote is None:
        raise NotFound("vote")
    poll = polls.last(work, opened.scheme, opened.dossier).get(vote_id)
    if poll is None or poll.closed_at is not None:
        raise Refused("vote_closed")
    return load(work, opened), vote, poll


def _close_if_all_have_voted(work: Work, case: Case, vote: Vote, poll: Poll) -> bool:
    awaited = polls.members(work, case.opened.slug, vote).keys() - polls.aside(work, case.dossier)
    given = {row.account_id for row in polls.ballots(work, poll)}
    if awaited - given:
        return False
    _close(work, case, vote, poll, SYSTEM)
    return True


def _close(work: Work, case: Case, vote: Vote, poll: Poll, actor: Actor) -> None:
    """Count, keep what came of it, call off the closing by time, and let the dossier go on."""
    given = polls.ballots(work, poll)
    members = {row.account_id for row in given} | polls.members(work, case.opened.slug, vote).keys()
    ballots = polls.counted(given, polls.proxies(work, vote, poll))
    outcome = votes.count(vote, ballots, len(members - polls.aside(work, case.dossier)))
    poll.closed_at, poll.outcome = work.now, outcome.as_json()
    work.session.flush()
    waiting = (DeadlineRow.dossier_id == case.dossier.id, DeadlineRow.kind == "close")
    mine = (*waiting, DeadlineRow.name == vote.id, DeadlineRow.done_at.is_(None))
    work.session.execute(update(DeadlineRow).where(*mine).values(cancelled_at=work.now))
    _note(work, case, actor, "vote_closed", vote, outcome.as_json())
    follow_automatic(work, case)


def _note(
    work: Work, case: Case, actor: Actor, action: str, vote: Vote, payload: Mapping[str, object]
) -> None:
    noting.note(work, case.opened, actor, action, {"vote": vote.id, **payload})

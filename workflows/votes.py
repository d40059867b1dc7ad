"""Counting a vote: the quorum, the option most have chosen, the casting vote, the median of what its voters propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.kinds import Json
from engine.language.model import Workflow
from engine.language.vote_model import NO_MAJORITY, NO_QUORUM, TIE, Counting, Vote
from workflows.parts import entered


@dataclass(frozen=True, slots=True)
class Ballot:
    """One member's choice; `roles` are those of the member that vote, `form` what they propose with it; `by_proxy`: another
    member gave it in their name."""

    option: str
    roles: frozenset[str] = frozenset()
    form: Mapping[str, Json] = field(default_factory=dict)
    by_proxy: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a vote: `result` is an option, "tie", "no_quorum" or "no_majority"; `counts` has every option; `figures` the
    medians of what the winners propose, None where none of them said anything; `members`: how many might vote."""

    result: str
    ballots: int
    counts: Mapping[str, int]
    figures: Mapping[str, Decimal | None]
    members: int = 0

    def as_json(self) -> dict[str, Any]:
        """The outcome as it is kept."""
        figures = {id: None if found is None else str(found) for id, found in self.figures.items()}
        return {
            "result": self.result,
            "ballots": self.ballots,
            "counts": dict(self.counts),
            "figures": figures,
            "members": self.members,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Outcome:
        """An outcome that was kept."""
        figures = {id: None if found is None else Decimal(found) for id, found in kept["figures"].items()}
        return cls(kept["result"], kept["ballots"], kept["counts"], figures, kept.get("members", 0))


def count(vote: Vote, ballots: Sequence[Ballot], members: int = 0) -> Outcome:
    """Count the ballots of a vote with so many members; those who step aside have no ballot and aren't members.

    An abstention (`not_counted`) counts for the quorum, not among the votes cast. The option with most votes wins; a tie,
    or no vote cast at all, is settled by the ballots of the role with the casting vote when they agree on one of the first,
    those given by proxy left out. The option so found must have the majority the vote asks for.
    """
    members = max(members, len(ballots))
    counts = {option: sum(one.option == option for one in ballots) for option in vote.options}
    result = _result(vote, ballots, counts, members)
    winners = [one for one in ballots if one.option == result]
    return Outcome(result, len(ballots), counts, {id: _median(winners, id) for id in vote.figures}, members)


def _result(vote: Vote, ballots: Sequence[Ballot], counts: Mapping[str, int], members: int) -> str:
    if sum(not (one.by_proxy and vote.counting.present) for one in ballots) < vote.counting.quorum:
        return NO_QUORUM
    cast = {option: number for option, number in counts.items() if option not in vote.counting.not_counted}
    most = max(cast.values(), default=0)
    first = {option for option, number in cast.items() if number == most}
    settled = len(first) > 1 and vote.counting.tie is not None
    if settled:
        first &= {one.option for one in ballots if vote.counting.tie in one.roles and not one.by_proxy}
    if len(first) != 1 or not most:
        return TIE
    is_enough = _has_majority(vote.counting, most, sum(cast.values()), members, casting=settled)
    return first.pop() if is_enough else NO_MAJORITY


def _has_majority(counting: Counting, votes: int, cast: int, members: int, *, casting: bool) -> bool:
    """Whether so many votes are the majority asked for: of those cast, or of all the members. A casting vote is one more voice
    among those cast; no two thirds are made of it, and it makes nobody a member twice."""
    share, _, of_members = counting.majority.partition(" of ")
    voice = 1 if casting and share == "absolute" else 0
    part, whole = (votes, members) if of_members else (votes + voice, cast + voice)
    return share == "simple" or (part * 2 > whole if share == "absolute" else part * 3 >= whole * 2)


def _median(winners: Sequence[Ballot], id: str) -> Decimal | None:
    """The one in the middle, or the mean of the two; who proposes nothing isn't counted."""
    from statistics import median  # fractions and much else come with it

    proposed = [Decimal(str(one.form[id])) for one in winners if one.form.get(id) is not None]
    return median(proposed) if proposed else None


def known(vote: Vote, outcome: Outcome | None) -> dict[str, object]:
    """What the guards know of a vote; everything is unknown while it goes on, and before it."""
    if outcome is None:
        counts: dict[str, object] = dict.fromkeys(vote.options)
        return {"result": None, "ballots": None, "counts": counts, **dict.fromkeys(vote.figures)}
    counts = {option: Decimal(outcome.counts.get(option, 0)) for option in vote.options}
    figures = {id: outcome.figures.get(id) for id in vote.figures}
    return {"result": outcome.result, "ballots": Decimal(outcome.ballots), "counts": counts, **figures}


def votes_in(workflow: Workflow, state: str) -> tuple[Vote, ...]:
    """The votes of a state, those of the one it is a part of too."""
    return tuple(vote for vote in workflow.votes.values() if vote.in_ in workflow.around(state))


def begun(workflow: Workflow, source: str | None, target: str) -> tuple[Vote, ...]:
    """The votes that begin as a dossier comes from one state to another: those of a state it was in already go on."""
    here = entered(workflow, source, target)
    return tuple(vote for vote in workflow.votes.values() if vote.in_ in here)


def member_known(name: str, email: str, roles: Sequence[str], interests: Sequence[str]) -> dict[str, object]:
    """What `steps_aside` knows as `member`."""
    return {"name": name, "email": email, "roles": list(roles), "interests": list(interests)}

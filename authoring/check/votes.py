"""Votes that leave a dossier where it is: an outcome nothing is done about."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.check.whole import Whole
from authoring.proofs import TRUE, Claim, Names, Standing, impossible
from authoring.proofs.domains import exactly
from engine.language.model import Action
from engine.language.vote_model import Vote
from engine.problems import Path, Problem


def check_votes(whole: Whole) -> Iterator[Problem]:
    """Tell each outcome of a vote after which no action leads out of its state."""
    for vote in whole.scheme.workflow.votes.values():
        path: Path = ("workflow", "votes", vote.id)
        here = whole.scheme.workflow.inside(vote.in_)
        if not whole.reached & set(here):
            continue
        ways = [one for one in whole.scheme.workflow.actions.values() if vote.in_ in one.sources]
        for result in vote.results:
            if not any(_is_open(whole, vote, result, action) for action in ways):
                yield whole.problem(
                    "vote_strands", path, "error", vote=vote.id, result=result, state=vote.in_
                )


def _is_open(whole: Whole, vote: Vote, result: str, action: Action) -> bool:
    """Whether an action may be done after this outcome, as far as its condition tells."""
    timed = any(
        one.do == action.id and vote.in_ in one.in_ for one in whole.scheme.workflow.deadlines.values()
    )
    if action.if_ is None:
        return action.by != ("system",) or timed
    standing = Standing(
        True, action.form, whole.scheme.workflow.inside(vote.in_), {(vote.id, "result"): exactly(result)}
    )
    return impossible(Names(whole.scheme, standing), [Claim(action.if_.compiled.tree.root, TRUE)]) is None

"""The votes of a dossier as its page shows them: the ballot to fill in, who has voted, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from admin.showing import language
from dossiers.services.office_views import CaseView
from dossiers.services.vote_views import VoterLine, VoteView
from engine.kinds import Json, kind_of
from engine.language.model import Field
from engine.language.vote_model import NO_MAJORITY, NO_QUORUM, TIE, Vote
from engine.problems import AnswerProblem
from renderers.catalogues import marked, say
from renderers.control_views import Control
from renderers.controls import Questions, controls, stored
from renderers.problem_list import ProblemLink, problem_list
from renderers.words import phrase

RESULTS = {
    TIE: marked("A tie: no option has most votes"),
    NO_QUORUM: marked("The quorum was not reached"),
    NO_MAJORITY: marked("No option has the majority asked for"),
}
MAJORITIES = {
    "absolute": marked("more than half of the votes cast"),
    "two thirds": marked("two thirds of the votes cast"),
    "absolute of members": marked("more than half of the members"),
    "two thirds of members": marked("two thirds of the members"),
}


@dataclass(frozen=True, slots=True)
class ShownVoter:
    """A member; `option` in words once the vote is closed, `words` what they proposed."""

    name: str
    voted: bool
    aside: bool
    option: str
    words: str
    holder: str


@dataclass(frozen=True, slots=True)
class ShownVote:
    """A vote with its ballot form, and its outcome in words."""

    view: VoteView
    option: str
    whose: str
    controls: tuple[Control, ...]
    problems: tuple[ProblemLink, ...]
    lines: tuple[ShownVoter, ...]
    result: str
    majority: str
    counts: tuple[tuple[str, int], ...]
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TypedBallot:
    """A ballot that had slips, to be shown again."""

    vote: str
    option: str
    whose: str
    typed: Mapping[str, Sequence[str]]
    problems: tuple[AnswerProblem, ...]


def shown_votes(case: CaseView, typed: TypedBallot) -> tuple[ShownVote, ...]:
    """The votes of a dossier, one of them as it was typed when it had slips."""
    return tuple(_shown(view, typed) for view in case.votes)


def _shown(view: VoteView, typed: TypedBallot) -> ShownVote:
    vote, outcome = view.vote, view.outcome
    again = typed.vote == vote.id
    given = typed.typed if again else stored(vote.form.values(), view.form)
    questions = Questions(language(), given, typed.problems if again else ())
    return ShownVote(
        view=view,
        option=typed.option if again else view.option or "",
        whose=typed.whose if again else "",
        controls=controls(vote.form.values(), questions) if view.open and view.votes else (),
        problems=problem_list(typed.problems, vote.form, language()) if again else (),
        lines=tuple(_line(vote, line) for line in view.lines),
        result=_result(vote, outcome.result) if outcome else "",
        majority=_majority(vote),
        counts=tuple(_counts(vote, outcome.counts)) if outcome else (),
        figures=tuple(_figures(vote, outcome.figures)) if outcome else (),
    )


def _result(vote: Vote, result: str) -> str:
    found = vote.options.get(result)
    return found.plain(language()) if found else say(language(), RESULTS[result])


def _majority(vote: Vote) -> str:
    found = MAJORITIES.get(vote.counting.majority)
    return say(language(), found) if found else ""


def _counts(vote: Vote, counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    yield from ((label.plain(language()), counts.get(id, 0)) for id, label in vote.options.items())


def _figures(vote: Vote, figures: Mapping[str, Decimal | None]) -> Iterator[tuple[str, str]]:
    for id, found in figures.items():
        if found is not None and id in vote.form:
            yield vote.form[id].label.plain(language()), _printed(vote.form[id], str(found))


def _printed(asked: Field, answer: Json) -> str:
    return phrase(kind_of(asked).printed(asked, answer, language()), language())


def _line(vote: Vote, line: VoterLine) -> ShownVoter:
    form = line.form or {}
    words = ", ".join(
        _printed(asked, form[id]) for id, asked in vote.form.items() if form.get(id) is not None
    )
    option = _result(vote, line.option) if line.option else ""
    return ShownVoter(line.name, line.voted, line.aside, option, words, line.holder)

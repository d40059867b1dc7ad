"""What members and secretaries read of votes: on a dossier, and all those that go on in a scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.kinds import Json
from engine.language import Scheme
from engine.language.vote_model import Vote
from workflows.votes import Outcome


@dataclass(frozen=True, slots=True)
class VoterLine:
    """One member: whether they have voted or step aside; `option` and `form` once the vote is closed; `holder`: who votes for
    them, by proxy."""

    name: str
    voted: bool
    aside: bool
    option: str | None = None
    form: Mapping[str, Json] | None = None
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody one may vote for, give a proxy to, or write one down of: by the public id of the account."""

    public_id: str
    name: str
    voted: bool = False


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies of a vote that goes on, as far as they are the viewer's: those they `hold`, who votes for them (`holder`, ""),
    whom they may give theirs to (`to`); for the secretary the members whose proxy may be written down (`of`)."""

    hold: tuple[Voice, ...] = ()
    holder: str = ""
    to: tuple[Voice, ...] = ()
    of: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class VoteView:
    """A vote on a dossier. `votes`, `closes`: whether the viewer may; `option` and `form`: their own ballot so far;
    `lines`: the members, for those who vote and for the secretary; `closes_on`: its last local day."""

    vote: Vote
    open: bool
    votes: bool
    closes: bool
    option: str | None
    form: Mapping[str, Json]
    ballots: int
    lines: tuple[VoterLine, ...]
    outcome: Outcome | None
    closes_on: date | None
    proxies: Proxies = Proxies()


@dataclass(frozen=True, slots=True)
class GoingOn:
    """A vote that goes on: `voted` says whether the viewer has, None when they have no ballot there."""

    public_id: str
    reference: str
    applicant: str
    vote: Vote
    since: datetime
    ballots: int
    closes_on: date | None
    voted: bool | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """The votes that go on in a scheme, as far as the viewer sees them; `more` than these there are."""

    slug: str
    scheme: Scheme
    rows: tuple[GoingOn, ...]
    more: bool

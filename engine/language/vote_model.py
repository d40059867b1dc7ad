"""What a vote in a state is made of: who votes, on which options, how it is counted, and who keeps out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.language.expressions import Expression, Text
from engine.language.form_model import Field
from engine.language.spans import Span

TIE, NO_QUORUM, NO_MAJORITY = "tie", "no_quorum", "no_majority"
Majority = Literal["simple", "absolute", "two thirds", "absolute of members", "two thirds of members"]
FIGURES = ("money", "decimal", "integer", "percentage")
WORDS = ("text", "long_text")


@dataclass(frozen=True, slots=True)
class Counting:
    """`quorum`: how many ballots there must be; `not_counted`: options that count for it and are no vote cast; `tie`: the
    role whose ballot settles a tie; `closes`: how long after the dossier's arrival; `majority`: what the first option needs, of
    the votes cast or of all the members; `proxies`: for how many others a member may vote; `present`: ballots given by
    proxy don't count for the quorum."""

    quorum: int = 1
    not_counted: tuple[str, ...] = ()
    tie: str | None = None
    closes: Span | None = None
    majority: Majority = "simple"
    proxies: int = 0
    present: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote of a state (`in`): each holder of one of the roles `members` has one ballot, `secretary` are the roles that
    follow it and may close it; who `steps_aside` neither votes nor sees the dossier."""

    id: str
    label: Text
    in_: str
    members: tuple[str, ...]
    options: Mapping[str, Text]
    counting: Counting
    secretary: tuple[str, ...] = ()
    steps_aside: Expression | None = None
    form: Mapping[str, Field] = field(default_factory=dict)

    @property
    def results(self) -> tuple[str, ...]:
        """What may come of it: an option that is counted, a tie, no quorum, and none that has the majority it needs."""
        counted = (one for one in self.options if one not in self.counting.not_counted)
        return (*counted, TIE, NO_QUORUM, *((NO_MAJORITY,) if self.counting.majority != "simple" else ()))

    @property
    def figures(self) -> tuple[str, ...]:
        """The fields of its form whose median the guards know."""
        return tuple(id for id, one in self.form.items() if one.kind in FIGURES)

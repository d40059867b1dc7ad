"""What the tests of a scheme are made of: scenarios with the steps of their walk, and tables of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from engine.language.spans import Span
from engine.problems import Path, Place

Facts: TypeAlias = Mapping[
    str, Mapping[str, object]
]  # what a test is given, by fact and part, as FEEL values


@dataclass(frozen=True, slots=True)
class Act:
    """`accept by supervisor`: `given` answers the action's own form, or corrects answers; `refused`: it must not be
    possible (`accept by instructor is refused`)."""

    action: str
    who: str
    given: Mapping[str, object] = field(default_factory=dict)
    refused: bool = False

    def __str__(self) -> str:
        return f"{self.action} by {self.who}"


@dataclass(frozen=True, slots=True)
class Wait:
    """`wait 15 working days`: time goes on by this span."""

    span: Span

    def __str__(self) -> str:
        return f"wait {self.span}"


@dataclass(frozen=True, slots=True)
class Until:
    """`on 2020-06-01`: time goes on to this day."""

    day: date

    def __str__(self) -> str:
        return f"on {self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Ballots:
    """`vote opinion: {member: [favourable, unfavourable], absent: 2}`: all the ballots, as (role, option, what it proposes), and
    how many members gave none; then the vote is closed."""

    vote: str
    given: tuple[tuple[str, str, Mapping[str, object]], ...]
    absent: int = 0

    def __str__(self) -> str:
        return f"vote {self.vote}"


@dataclass(frozen=True, slots=True)
class TaskDone:
    """`task legal_view by lawyer`: somebody says that their task is done."""

    task: str
    who: str

    def __str__(self) -> str:
        return f"task {self.task} by {self.who}"


@dataclass(frozen=True, slots=True)
class OpinionGiven:
    """`opinion architect is favourable`: somebody outside is asked and says this; `asked`: they have not answered yet."""

    kind: str
    answer: str

    def __str__(self) -> str:
        return f"opinion {self.kind} is {self.answer}"


@dataclass(frozen=True, slots=True)
class Edit:
    """`edit by applicant: {household: 3}`: the applicant changes what was filed and files it again; `refused`: it must not be
    possible (`edit by applicant is refused`)."""

    given: Mapping[str, object] = field(default_factory=dict)
    refused: bool = False

    def __str__(self) -> str:
        return "edit by applicant"


Step: TypeAlias = Act | Wait | Until | Ballots | TaskDone | OpinionGiven | Edit


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail or a letter that must have left, and phrases its text must contain."""

    name: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One story a scheme must tell right; `answers` as the file writes them, numbers as typed text.

    `expect` holds what is named, such as `eligible`, `amount`, `because` (rules, or rules with words people read),
    `asked`, `rules.NAME`. What stands from `end` on is told after the walk (`then`); None where nothing is said.
    `places`: where each part stands in its file, by its path under the test.
    """

    id: str
    today: date | None
    answers: Mapping[str, object]
    expect: Mapping[str, object]
    then: tuple[Step, ...] = ()
    end: str | None = None
    mails: tuple[Sent, ...] | None = None
    status: str | None = None
    letters: tuple[Sent, ...] | None = None
    reminded: tuple[str, ...] | None = None
    warned: tuple[str, ...] | None = None
    amounts: Mapping[str, Decimal | None] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    places: Mapping[Path, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CaseTable:
    """Many cases of few answers: each case has one value for every `given`, then one for every `expect`.

    `places` as in a scenario; the place of a case is `("cases", number from 0)`.
    """

    id: str
    today: date | None
    given: tuple[str, ...]
    expect: tuple[str, ...]
    cases: tuple[tuple[object, ...], ...]
    answers: Mapping[str, object] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    places: Mapping[Path, Place] = field(default_factory=dict, compare=False, repr=False)

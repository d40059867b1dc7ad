"""What a workflow is made of: states, actions between them, deadlines, and the few words the applicant reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.language.distribution_model import Distribution
from engine.language.expressions import Expression, Text
from engine.language.form_model import Field
from engine.language.opinion_model import OpinionKind
from engine.language.spans import Span
from engine.language.vote_model import Vote


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """What the applicant reads while the dossier is in one of these states."""

    id: str
    label: Text
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What one of the roles `by` does in a state while others do theirs."""

    id: str
    label: Text
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Where a dossier is; `due` is how long the office gives itself, `decision` what reaching it decides; `editable`: the
    applicant may change what was filed; `messages`: who may write to the other there; `part_of`: the state it is inside,
    whose kind, decision, tasks and items of the checklist are its own too."""

    id: str
    label: Text
    kind: Literal["start", "middle", "end"] = "middle"
    due: Span | None = None
    checklist: Mapping[str, Text] = field(default_factory=dict)
    legal_clock: Literal["running", "suspended"] = "running"
    decision: Literal["granted", "refused"] | None = None
    editable: bool = False
    messages: Literal["both", "office", "nobody"] = "both"
    tasks: Mapping[str, Task] = field(default_factory=dict)
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What happens with an action and may refuse it: `assign: me`, `reopen: FIELD OF THE FORM`."""

    kind: Literal["assign", "reopen"]
    value: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What leaves the building after an action: a mail or a letter, named after its text."""

    kind: Literal["mail", "letter"]
    name: str


@dataclass(frozen=True, slots=True)
class Action:
    """What may be done: from which states (`from`), to which, by whom ("applicant", "system" and parties too), if what.

    `batch`: it is the payment, done for many dossiers at once when the bank has paid.
    `proposes` names the field of its form that holds the amount it proposes.
    `together`: all those of `by` who are parties to the dossier must sign it before it is done; `signs` are the pages
    whose answers each of them signs. `listed_by`: the roles that may put it on a list which those of `by` sign.
    `amount`: what it grants, where that isn't what the award computes. `files`: the form asked later that is filed by it.
    `inherited`: the sources that are parts of a state it names; `stays`: it leads to the very state it leaves, so that a
    dossier in a part of it stays in that part.
    """

    id: str
    label: Text
    sources: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    if_: Expression | None = None
    otherwise: Text | None = None
    not_by_who_did: tuple[str, ...] = ()
    comment: Literal["required", "optional"] | None = None
    form: Mapping[str, Field] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    effects: tuple[Effect, ...] = ()
    together: bool = False
    signs: tuple[str, ...] = ()
    amount: Expression | None = None
    listed_by: tuple[str, ...] = ()
    proposes: str | None = None
    batch: Literal["sepa"] | None = None
    files: str = ""
    inherited: frozenset[str] = frozenset()
    stays: bool = False

    @property
    def amount_field(self) -> str | None:
        """The field of its form in which who acts may write another amount than the one that stands."""
        written = self.amount.text.strip() if self.amount else ""
        return written if written in self.form else self.proposes


@dataclass(frozen=True, slots=True)
class Deadline:
    """What happens when a dossier stays too long: `do` an action, `remind` the applicant, `warn` roles `before`.

    `or_on`: the date of an action's form that takes the place of `after` when it is given."""

    id: str
    in_: tuple[str, ...]
    after: Span
    do: str | None = None
    remind: tuple[Span, ...] = ()
    warn: tuple[str, ...] = ()
    before: Span | None = None
    legal: bool = False
    or_on: str = ""


@dataclass(frozen=True, slots=True)
class Workflow:
    """The states, the actions, the deadlines, the votes, the public statuses, who is given what arrives in a state, and the
    opinions that may be asked for outside."""

    public: Mapping[str, PublicStatus]
    states: Mapping[str, State]
    actions: Mapping[str, Action]
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    distribution: Mapping[str, Distribution] = field(default_factory=dict)
    opinions: Mapping[str, OpinionKind] = field(default_factory=dict)

    @property
    def start(self) -> State:
        """The state a draft is in."""
        return next(state for state in self.states.values() if state.kind == "start")

    def around(self, state: str) -> tuple[str, ...]:
        """A state, and the one it is a part of."""
        known = self.states.get(state)
        return (state,) if known is None or known.part_of is None else (state, known.part_of)

    def inside(self, state: str) -> tuple[str, ...]:
        """A state, and its parts."""
        return (state, *(one.id for one in self.states.values() if one.part_of == state))

    def named(self, states: Iterable[str]) -> tuple[str, ...]:
        """These states without the parts of those among them, as somebody would name them."""
        every = tuple(states)
        return tuple(one for one in every if not {*self.around(one)[1:]} & {*every})

    def target(self, action: Action, state: str) -> str:
        """The state an action leads to from another: a dossier in a part of a state it doesn't leave stays in that part."""
        outer = self.states[state].part_of
        stays = action.stays and state in action.inherited and outer in self.around(action.to)
        return state if stays else action.to

    def filed_from(self, state: str) -> str:
        """The form asked later that the applicant may file in a state; "" for none."""
        action = self.filing(state)
        return action.files if action else ""

    def filing(self, state: str) -> Action | None:
        """The action by which a form asked later is filed from a state."""
        return next((one for one in self.actions.values() if one.files and state in one.sources), None)

    def filed_by(self, who: str, state: str) -> Action | None:
        """The action by which somebody files from a state: the first one open to them that doesn't end the dossier."""
        for action in self.actions.values():
            if state in action.sources and who in action.by and self.states[action.to].kind != "end":
                return action
        return None

    def confirms(self, who: str) -> bool:
        """Whether a mail follows what somebody files."""
        every = (self.filed_by(who, state) for state in self.states)
        return any(effect.kind == "mail" for action in every if action for effect in action.effects)

    def public_of(self, state: str) -> PublicStatus | None:
        """What the applicant reads in a state; None for a draft."""
        return next((status for status in self.public.values() if state in status.states), None)

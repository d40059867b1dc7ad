"""What an action is judged by: who acts, where the dossier stands, what was answered, ticked and done before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from engine.eligibility import Verdict
from engine.kinds.kind import members
from engine.language import Scheme
from engine.language.model import APPLICANT
from engine.organisation import Organisation
from workflows import opinions, votes
from workflows.votes import Outcome


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `roles` are those of a staff member in this scheme; applicants and the system have none.

    A "party" is somebody the scheme names beside the applicant: `id` is the name it bears there.
    """

    kind: Literal["applicant", "party", "staff", "system"]
    id: str
    name: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Done:
    """One action done earlier on the dossier."""

    action: str
    actor_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Situation:
    """A dossier at the moment of an action.

    `values`: what the rules know (`Reading.values`); `checklist`: the items ticked; `history`: the actions done, oldest
    first; `now`: aware UTC; `awaited`: the file fields asked whose document isn't there and blocks the payment.
    `parties`: those there are now; `signed`: those whose signature stands.
    `outcomes`: what came of the votes that are closed; `decided_on`: the local day of the last decision;
    `tasks`: those said to be done; `opinions`: what those asked outside say, None while it is awaited, by kind.
    """

    scheme: Scheme
    state: str
    values: Mapping[str, object]
    verdict: Verdict | None
    checklist: Mapping[str, bool]
    history: tuple[Done, ...]
    now: datetime
    organisation: Organisation
    awaited: tuple[str, ...] = ()
    parties: tuple[str, ...] = (APPLICANT,)
    signed: frozenset[str] = frozenset()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    decided_on: date | None = None
    tasks: Mapping[str, bool] = field(default_factory=dict)
    opinions: opinions.Given = field(default_factory=dict)

    @property
    def unticked(self) -> tuple[str, ...]:
        """The items of the state's checklist still to be ticked."""
        items = self.scheme.workflow.states[self.state].checklist
        return tuple(item for item in items if not self.checklist.get(item, False))

    @property
    def left_to_do(self) -> tuple[str, ...]:
        """The tasks of the state that are not done yet."""
        return tuple(
            id for id in self.scheme.workflow.states[self.state].tasks if not self.tasks.get(id, False)
        )

    def known(self) -> dict[str, object]:
        """What the guard of an action may read."""
        verdict, items = self.verdict, self.scheme.workflow.states[self.state].checklist
        ticked: dict[str, object] = {item: self.checklist.get(item, False) for item in items}
        held = self.scheme.workflow.votes
        return {
            **self.values,
            **{id: votes.known(vote, self.outcomes.get(id)) for id, vote in held.items()},
            "eligible": verdict.eligible if verdict else None,
            "rules": dict(verdict.outcomes) if verdict else {},
            "warnings": list(verdict.warnings) if verdict else [],
            "tasks": {id: self.tasks.get(id, False) for id in self.scheme.workflow.states[self.state].tasks}
            | {"done": not self.left_to_do},
            "opinions": opinions.known(self.scheme.workflow.opinions, self.opinions),
            "checklist": ticked | {"done": not self.unticked},
            "dossier": {
                **members(self.values.get("dossier")),
                "state": self.state,
                "decided_on": self.decided_on,
            },
        }

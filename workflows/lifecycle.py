"""What may be done with a dossier, by whom, and what it leads to. The step is computed here and applied elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.kinds import Json
from engine.language.model import Action, Change, Effect, Workflow
from workflows import guards, machine
from workflows.guards import Attempt, Refusal
from workflows.situation import Actor, Done, Situation

__all__ = [
    "Actor",
    "Done",
    "Offer",
    "Refusal",
    "Situation",
    "Step",
    "automatic",
    "fire",
    "looked_at",
    "offers",
]

SYSTEM = Actor("system", "system", "")


@dataclass(frozen=True, slots=True)
class Step:
    """What an action comes to: changes are applied with it and may refuse it, effects leave the building after it.

    `decision` ("granted", "refused") is set when the step takes one: when the state it reaches carries a decision which
    the state it leaves did not carry already. `amount`: what it grants, when the action says so itself.
    """

    action: str
    source: str
    target: str
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    decision: str | None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An action someone may do from here; `refusal` says why not yet, or not they."""

    action: Action
    refusal: Refusal | None


def fire(
    situation: Situation,
    action: str,
    actor: Actor,
    *,
    comment: str = "",
    form: Mapping[str, Json] | None = None,
) -> Step | Refusal:
    """Do an action, or say why it can't be done.

    `form` holds the answers to the action's own form, already validated (`engine.validation.validate_fields`).
    """
    workflow = situation.scheme.workflow
    found = workflow.actions.get(action)
    if found is None:
        return Refusal("unknown_action", {"action": action})
    if situation.state not in found.sources:
        return Refusal("not_from_here", {"action": action, "state": situation.state})
    attempt = Attempt(situation, found, actor, comment, form or {})
    return _try(workflow, attempt)


def _try(workflow: Workflow, attempt: Attempt) -> Step | Refusal:
    """Let the machine move, each guard being a condition of its transition; the first that refuses is kept."""
    refusals: list[Refusal] = []

    def permit(guard: guards.Guard) -> machine.Permit:
        def asked() -> bool:
            refusal = guard(attempt)
            if refusal is not None:
                refusals.append(refusal)
            return refusal is None

        return asked

    source, action = attempt.situation.state, attempt.action
    target = machine.step(workflow, source, action, [permit(guard) for guard in guards.ALL])
    if target is None:
        return refusals[0]
    decision = _decision(workflow, source, target)
    amount = guards.amount_of(attempt)
    return Step(action.id, source, target, action.changes, action.effects, decision, amount)


def _decision(workflow: Workflow, source: str, target: str) -> str | None:
    before, after = workflow.states[source].decision, workflow.states[target].decision
    return after if after != before else None


def offers(situation: Situation, actor: Actor) -> tuple[Offer, ...]:
    """The actions this actor may ever do from here, in the scheme's order, each with what is missing now.

    A comment and the answers to an action's form are asked when it is done: their lack refuses no offer.
    """
    found = (
        Attempt(situation, action, actor, None, None)
        for action in situation.scheme.workflow.actions.values()
        if situation.state in action.sources
    )
    return tuple(
        Offer(attempt.action, guards.first_refusal(attempt))
        for attempt in found
        if guards.by_whom(attempt) is None
    )


def looked_at(situation: Situation, action: str, actor: Actor) -> Refusal | None:
    """Why an action of the scheme can't be done from here now; what is asked when it is done refuses nothing."""
    return guards.first_refusal(
        Attempt(situation, situation.scheme.workflow.actions[action], actor, None, None)
    )


def automatic(situation: Situation) -> str | None:
    """The action the system does by itself now: one `by: system` from here whose `if` holds, and no deadline's.

    The first in the scheme's order; an action without `if` waits for a deadline, it never goes by itself.
    """
    workflow = situation.scheme.workflow
    timed = {deadline.do for deadline in workflow.deadlines.values()}
    for action in workflow.actions.values():
        if situation.state not in action.sources or action.if_ is None or action.id in timed:
            continue
        if guards.first_refusal(Attempt(situation, action, SYSTEM, None, None)) is None:
            return action.id
    return None
